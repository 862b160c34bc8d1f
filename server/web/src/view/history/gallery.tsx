import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { fetchMore, found, more, scrolledTo } from '../../state/history';
import { text } from '../../text';
import { gridOf, windowOf, type Grid, type GridWindow } from './grid_window';
import { SessionCard } from './session_card';

const gap = 14;
const below = 52; // title and facts under a picture
const ahead = 3; // screens that are fetched before they are seen

const narrowest = () => (innerWidth >= 900 ? 200 : 156);

interface Sight {
  grid: Grid;
  window: GridWindow;
}

const none: Sight = { grid: { columns: 1, rowHeight: 1, rows: 0 }, window: { from: 0, to: 0, before: 0, height: 0 } };

function look(element: HTMLElement, count: number): Sight {
  const grid = gridOf(count, element.clientWidth, narrowest(), gap, below);
  return { grid, window: windowOf(grid, -element.getBoundingClientRect().top, innerHeight) };
}

const sameSight = (a: Sight, b: Sight) =>
  a.window.from === b.window.from && a.window.to === b.window.to && a.window.height === b.window.height && a.grid.rowHeight === b.grid.rowHeight;

// What of the grid is in sight, as the page is scrolled; one look a frame.
function useSight(element: { current: HTMLElement | null }, count: number): Sight {
  const [sight, setSight] = useState<Sight>(none);
  useLayoutEffect(() => {
    let frame = 0;
    const see = () => {
      frame = 0;
      if (!element.current) return;
      const now = look(element.current, count);
      setSight((old) => (sameSight(old, now) ? old : now));
      if (now.window.height - (now.window.before + innerHeight) < ahead * innerHeight) void fetchMore();
    };
    const soon = () => (frame ||= requestAnimationFrame(see));
    see();
    addEventListener('scroll', soon, { passive: true });
    addEventListener('resize', soon);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('scroll', soon);
      removeEventListener('resize', soon);
    };
  }, [count]);
  return sight;
}

// Where the reader was when the gallery was left.
function useMemory(): void {
  useEffect(() => {
    scrollTo(0, scrolledTo.y);
    const note = () => (scrolledTo.y = scrollY);
    addEventListener('scroll', note, { passive: true });
    return () => removeEventListener('scroll', note);
  }, []);
}

// A gallery of any length: only the cards in sight exist.
export function Gallery() {
  const frame = useRef<HTMLDivElement>(null);
  const sessions = found.value ?? [];
  const { grid, window } = useSight(frame, sessions.length);
  useMemory();
  return (
    <div class="gallery-frame" ref={frame} style={{ height: `${window.height}px` }}>
      <ul class="gallery" aria-label={text.history.title} style={{ transform: `translateY(${window.before}px)`, '--columns': String(grid.columns), '--row': `${grid.rowHeight - gap}px` }}>
        {sessions.slice(window.from, window.to).map((session) => <SessionCard key={session.id} session={session} />)}
      </ul>
      {more.value && <p class="sr-only" role="status">{text.history.more}</p>}
    </div>
  );
}

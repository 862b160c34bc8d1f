import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { SessionDocument } from '../../api/types';
import { covers } from '../../music/evidence';
import { drumName, isBlackKey, pitchName } from '../../music/pitch';
import { windowPhase, type RollWindow } from '../../music/roll';
import { barTicks, beatTicks, type Meter } from '../../music/time';
import type { TimelineNote } from '../../music/timeline';
import { editingNotes, focus } from '../../state/session';
import { text } from '../../text';
import { IconButton } from '../parts/icon_button';
import { usePlayhead } from '../parts/use_playhead';
import { beginDrag } from './roll_drag';
import { rollKey } from './roll_keys';
import { noteAt, noteBox, roomier, type RollSize } from './roll_layout';

interface Props {
  window: RollWindow;
  document: SessionDocument;
}

// While it is edited the roll has room, and its lanes stay under the hand: it may grow, and does not shrink.
function useSteadyWindow(shown: RollWindow, editing: boolean): RollWindow {
  const lanes = useRef<{ low: number; high: number } | null>(null);
  return useMemo(() => {
    if (!editing) {
      lanes.current = null;
      return shown;
    }
    const { low, high } = lanes.current ?? roomier(shown);
    lanes.current = { low: Math.min(low, shown.low), high: Math.max(high, shown.high) };
    return { ...shown, ...lanes.current };
  }, [editing, shown]);
}

export function PianoRoll({ window: shown, document }: Props) {
  const editing = editingNotes.value;
  const window = useSteadyWindow(shown, editing);
  const sheet = useRef<HTMLCanvasElement>(null);
  const lights = useRef<HTMLCanvasElement>(null);
  const head = useRef<HTMLSpanElement>(null);
  const palette = useRef<string[]>([]);
  const focused = focus.value;

  useEffect(() => {
    const canvas = sheet.current!;
    const repaint = () => {
      fit(canvas);
      fit(lights.current!);
      palette.current = colours(canvas, document);
      paintSheet(canvas, window, document, focused, editing);
    };
    const observer = new ResizeObserver(repaint);
    observer.observe(canvas);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', repaint);
    repaint();
    return () => {
      observer.disconnect();
      scheme.removeEventListener('change', repaint);
    };
  }, [window, document, focused, editing]);
  // A hand needs the whole of it in sight.
  useLayoutEffect(() => {
    if (editing) sheet.current!.parentElement!.scrollIntoView({ block: 'start' });
  }, [editing]);
  const show = (changed: RollWindow) => paintSheet(sheet.current!, changed, document, focused, true);

  usePlayhead((tick) => {
    if (!head.current || !lights.current) return;
    head.current.hidden = tick === null;
    const phase = tick === null ? -1 : windowPhase(window, tick);
    head.current.style.transform = `translateX(${phase * lights.current.clientWidth}px)`;
    paintLights(lights.current, window, palette.current, phase);
  });

  const tap = (event: MouseEvent) => {
    if (editing) return; // a hand that edits is followed from its touch on
    const area = sheet.current!.getBoundingClientRect();
    const note = noteAt(window, { width: area.width, height: area.height }, event.clientX - area.left, event.clientY - area.top);
    focus.value = note && note.pointer !== focus.value ? note.pointer : null;
  };
  return (
    <div class={`roll${editing ? ' is-editing' : ''}`} role="group" aria-label={editing ? `${text.session.roll}. ${text.edit.keys}` : text.session.roll} tabIndex={0}
      onKeyDown={(event) => event.target === event.currentTarget && rollKey(event, editing, window, document)}>
      <canvas ref={sheet} role="img" aria-label={describeNotes(window.notes, document)} onClick={tap}
        onPointerDown={(event) => editing && beginDrag(event, sheet.current!, window, document, show)} />
      <canvas ref={lights} class="lights" aria-hidden="true" />
      <span class="playhead" ref={head} hidden />
      <span class="roll-high" aria-hidden="true">{pitchName(window.high)}</span>
      <span class="roll-low" aria-hidden="true">{pitchName(window.low)}</span>
      {editing && focused === null && <p class="roll-hint">{text.edit.hint}</p>}
      <IconButton icon="draw" kind="roll-edit" label={editing ? text.edit.done : text.edit.notes} pressed={editing} onPress={() => (editingNotes.value = !editing)} />
    </div>
  );
}

function describeNotes(notes: TimelineNote[], document: SessionDocument): string {
  const name = (note: TimelineNote) => (document.tracks[note.track]?.role === 'drums' ? drumName(note.pitch) : pitchName(note.pitch));
  return `${text.session.roll}: ${notes.slice(0, 32).map(name).join(', ')}`;
}

function fit(canvas: HTMLCanvasElement): void {
  const scale = Math.min(2, devicePixelRatio || 1);
  canvas.width = Math.round(canvas.clientWidth * scale);
  canvas.height = Math.round(canvas.clientHeight * scale);
}

const sizeOf = (canvas: HTMLCanvasElement): RollSize => ({ width: canvas.width, height: canvas.height });

function colours(canvas: HTMLCanvasElement, document: SessionDocument): string[] {
  const style = getComputedStyle(canvas);
  return document.tracks.map((track) => style.getPropertyValue(`--role-${track.role}`).trim());
}

function paintSheet(canvas: HTMLCanvasElement, window: RollWindow, document: SessionDocument, focused: string | null, editing: boolean): void {
  const context = canvas.getContext('2d')!;
  const size = sizeOf(canvas);
  const style = getComputedStyle(canvas);
  context.clearRect(0, 0, size.width, size.height);
  paintLanes(context, window, size, style.getPropertyValue('--lane').trim());
  paintBeats(context, window, size, document.meter, style.getPropertyValue('--line').trim());
  const palette = colours(canvas, document);
  const lit = (note: TimelineNote) => focused !== null && covers(focused, note.pointer);
  const someLit = window.notes.some(lit);
  for (const note of window.notes) {
    const { x, y, width, height } = noteBox(window, size, note);
    context.globalAlpha = lit(note) ? 1 : someLit ? (editing ? 0.5 : 0.3) : 0.45 + 0.55 * (note.velocity / 127);
    context.fillStyle = palette[note.track] ?? '#888';
    context.beginPath();
    context.roundRect(x, y, width, height, Math.min(6, height / 2, width / 2));
    context.fill();
  }
  context.globalAlpha = 1;
}

function paintLanes(context: CanvasRenderingContext2D, window: RollWindow, size: RollSize, colour: string): void {
  const lane = size.height / (window.high - window.low + 1);
  context.fillStyle = colour;
  for (let pitch = window.low; pitch <= window.high; ++pitch) {
    if (isBlackKey(pitch)) context.fillRect(0, (window.high - pitch) * lane, size.width, lane);
  }
}

function paintBeats(context: CanvasRenderingContext2D, window: RollWindow, size: RollSize, meter: Meter, colour: string): void {
  context.fillStyle = colour;
  const beat = beatTicks(meter);
  for (let tick = beat; tick < window.length; tick += beat) {
    context.globalAlpha = tick % barTicks(meter) === 0 || window.length <= barTicks(meter) ? 1 : 0.4;
    context.fillRect(Math.round((tick / window.length) * size.width), 0, 1, size.height);
  }
  context.globalAlpha = 1;
}

function paintLights(canvas: HTMLCanvasElement, window: RollWindow, palette: string[], phase: number): void {
  const context = canvas.getContext('2d')!;
  const size = sizeOf(canvas);
  context.clearRect(0, 0, size.width, size.height);
  if (phase < 0) return;
  const tick = window.start + phase * window.length;
  for (const note of window.notes) {
    if (note.start > tick) break;
    if (tick >= note.start + note.duration) continue;
    const { x, y, width, height } = noteBox(window, size, note);
    context.fillStyle = palette[note.track] ?? '#888';
    context.shadowColor = context.fillStyle;
    context.shadowBlur = 18;
    context.beginPath();
    context.roundRect(x, y - 1, width, height + 2, Math.min(6, height / 2, width / 2));
    context.fill();
  }
  context.shadowBlur = 0;
}

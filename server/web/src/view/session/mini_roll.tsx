import { useMemo } from 'preact/hooks';
import type { SessionDocument } from '../../api/types';
import { roleClass } from '../../music/roles';
import { rollWindow } from '../../music/roll';
import { expandTimeline } from '../../music/timeline';

const most = 400;
const width = 120;
const height = 48;

interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
  track: number;
}

// All notes of the first cycle of the fullest section, drums at the bottom.
function barsOf(document: SessionDocument): Bar[] {
  const timeline = expandTimeline(document);
  const fullest = timeline.sections.reduce((best, section) =>
    (document.arrangement[section.index]!.parts.length > document.arrangement[best.index]!.parts.length ? section : best), timeline.sections[0]!);
  const window = rollWindow(document, timeline, fullest);
  const inside = timeline.notes.filter((note) => note.start >= window.start && note.start < window.start + window.length).slice(0, most);
  const rows = window.high - window.low + 1;
  return inside.map((note) => {
    const drums = document.tracks[note.track]!.role === 'drums';
    return {
      x: ((note.start - window.start) / window.length) * width,
      width: Math.max(1.5, (Math.min(note.duration, window.length) / window.length) * width - 0.6),
      y: drums ? height - 4 - (note.pitch % 4) * 2 : ((window.high - note.pitch) / rows) * (height - 12),
      height: drums ? 1.6 : Math.max(1.6, (height - 12) / rows),
      track: note.track,
    };
  });
}

// A session at a glance, in the colours of its parts.
export function MiniRoll({ document }: { document: SessionDocument }) {
  const bars = useMemo(() => barsOf(document), [document]);
  return (
    <svg class="mini-roll" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {document.tracks.map((track, index) => (
        <path key={track.id} class={roleClass(track.role)}
          d={bars.filter((bar) => bar.track === index).map((bar) => `M${bar.x.toFixed(1)} ${bar.y.toFixed(1)}h${bar.width.toFixed(1)}v${bar.height.toFixed(1)}h-${bar.width.toFixed(1)}z`).join('')} />
      ))}
    </svg>
  );
}

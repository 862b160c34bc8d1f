// Where notes lie on the roll, and which one lies under a finger. Pure.
import type { RollWindow } from '../../music/roll';
import type { TimelineNote } from '../../music/timeline';

export interface RollSize {
  width: number;
  height: number;
}

export interface RollBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

export function noteBox(window: RollWindow, size: RollSize, note: TimelineNote): RollBox {
  const lane = size.height / (window.high - window.low + 1);
  const x = ((note.start - window.start) / window.length) * size.width;
  const width = Math.max(3, (Math.min(note.duration, window.length - (note.start - window.start)) / window.length) * size.width - 1.5);
  return { x, y: (window.high - note.pitch) * lane + lane * 0.08, width, height: lane * 0.84 };
}

// The nearest note within a finger's width of the place, or null.
export function noteAt(window: RollWindow, size: RollSize, x: number, y: number, reach = 18): TimelineNote | null {
  let best: TimelineNote | null = null;
  let nearest = reach;
  for (const note of window.notes) {
    const box = noteBox(window, size, note);
    const dx = Math.max(box.x - x, 0, x - box.x - box.width);
    const dy = Math.max(box.y - y, 0, y - box.y - box.height);
    const distance = Math.hypot(dx, dy);
    if (distance < nearest) {
      best = note;
      nearest = distance;
    }
  }
  return best;
}

export const pitchAt = (window: RollWindow, size: RollSize, y: number) =>
  Math.min(window.high, Math.max(window.low, window.high - Math.floor((y / size.height) * (window.high - window.low + 1))));
export const ticksOf = (window: RollWindow, size: RollSize, x: number) => (x / size.width) * window.length;

// Whether a hand at `x` holds a note by its end. A short note is mostly body; beyond its end a finger means the end.
export function holdsEnd(box: RollBox, x: number): boolean {
  return x > box.x + box.width - Math.min(14, box.width * 0.35);
}

// Room above and below to move notes into.
export function roomier(window: RollWindow, semitones = 4): RollWindow {
  return { ...window, low: Math.max(0, window.low - semitones), high: Math.min(127, window.high + semitones) };
}

// A tap is heard: the notes that a region or a note of the roll stands for, once, when nothing else plays here.
import { effect } from '@preact/signals';
import { notePlace } from '../music/notes';
import { covers, trackOfPointer } from '../music/evidence';
import { soundOnce, hearing } from './hearing';
import { desk, focus, timeline } from './session';
import { nowPlaying } from './playing';

const most = 16;

// The notes that a pointer stands for: itself, or the first time round of what lies below it.
export function notesBelow(pointer: string, all: { pointer: string; start: number }[]): number[] {
  const seen = new Set<string>();
  const indices: number[] = [];
  all.forEach((note, index) => {
    if (!covers(pointer, note.pointer) || seen.has(note.pointer) || indices.length >= most) return;
    seen.add(note.pointer);
    indices.push(index);
  });
  return indices;
}

export function listenToTaps(): void {
  effect(() => {
    const pointer = focus.value;
    if (!pointer || hearing.peek() || nowPlaying.peek()) return;
    const document = desk.peek();
    const laidOut = timeline.peek();
    const track = trackOfPointer(pointer);
    if (!document || !laidOut || track === null) return;
    const whole = notePlace(pointer) ? pointer : `/tracks/${track}`;
    const notes = notesBelow(whole, laidOut.notes).map((index) => laidOut.notes[index]!);
    if (notes.length > 0) void soundOnce(document, notes);
  });
}

// The roll by keys: arrows choose a note; while it is edited they move the chosen one, with Shift they make it longer or
// shorter, Enter adds one after it, Delete takes it away.
import type { SessionDocument } from '../../api/types';
import { addNote, changeNote, moved, noteOf, notePlace, removeNote, stretched } from '../../music/notes';
import type { RollWindow } from '../../music/roll';
import { ticksPerStep } from '../../music/time';
import { change, focus, takeEdited } from '../../state/session';

const ways: Record<string, [number, number]> = { ArrowLeft: [-ticksPerStep, 0], ArrowRight: [ticksPerStep, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function choose(window: RollWindow, by: number): void {
  const at = window.notes.findIndex((note) => note.pointer === focus.value);
  const next = window.notes[at < 0 ? 0 : Math.min(window.notes.length - 1, Math.max(0, at + by))];
  focus.value = next?.pointer ?? null;
}

function edit(key: string, shift: boolean, document: SessionDocument, pointer: string): boolean {
  const note = noteOf(document, pointer);
  const place = notePlace(pointer);
  if (!note || !place) return false;
  const [track, pattern] = place;
  const { length } = document.tracks[track]!.patterns[pattern]!;
  const way = ways[key];
  if (way) takeEdited(changeNote(document, pointer, shift ? stretched(note, length, way[0]) : moved(note, length, ...way)));
  else if (key === 'Enter') takeEdited(addNote(document, track, pattern, moved({ ...note }, length, Math.max(note.duration, ticksPerStep), 0)));
  else if (key === 'Delete' || key === 'Backspace') {
    focus.value = null;
    change(removeNote(document, pointer));
  } else return false;
  return true;
}

export function rollKey(event: KeyboardEvent, editing: boolean, window: RollWindow, document: SessionDocument): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const chosen = focus.value;
  if (editing && chosen !== null && edit(event.key, event.shiftKey, document, chosen)) event.preventDefault();
  else if (ways[event.key]) {
    event.preventDefault();
    choose(window, event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 1);
  }
}

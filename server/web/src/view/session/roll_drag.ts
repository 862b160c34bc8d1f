// A hand on the roll while it is edited: a note is moved, made longer, or begun where there was none. Nothing is changed
// until the hand is lifted; meanwhile `show` is told how the roll would look.
import type { Note, SessionDocument } from '../../api/types';
import { addNote, changeNote, moved, noteOf, notePlace, patternIn, stepAt, stretched } from '../../music/notes';
import type { RollWindow } from '../../music/roll';
import { ticksPerStep } from '../../music/time';
import type { TimelineNote } from '../../music/timeline';
import { focus, sectionIndex, takeEdited, trackIndex } from '../../state/session';
import { holdsEnd, noteAt, noteBox, pitchAt, ticksOf, type RollSize } from './roll_layout';

interface Grip {
  now: (ticks: number, semitones: number) => Note; // the note after so much of a way
  seen: (note: Note) => RollWindow; // the roll with it
  end: (note: Note) => void;
  isNew: boolean;
}

const newVelocity = 96;

function patternLength(document: SessionDocument, track: number, pattern: number): number {
  return document.tracks[track]!.patterns[pattern]!.length;
}

// A pattern may come several times in a window: all of its rounds move.
function movedIn(window: RollWindow, pointer: string, before: Note, after: Note): RollWindow {
  const follow = (note: TimelineNote): TimelineNote => (note.pointer !== pointer ? note : {
    ...note, start: note.start + after.start - before.start, pitch: after.pitch, duration: note.duration + after.duration - before.duration,
  });
  return { ...window, notes: window.notes.map(follow) };
}

function gripOf(document: SessionDocument, window: RollWindow, size: RollSize, hit: TimelineNote, x: number): Grip {
  const before = noteOf(document, hit.pointer)!;
  const [track, pattern] = notePlace(hit.pointer)!;
  const length = patternLength(document, track, pattern);
  const byEnd = holdsEnd(noteBox(window, size, hit), x);
  return {
    isNew: false,
    now: (ticks, semitones) => (byEnd ? stretched(before, length, ticks) : moved(before, length, ticks, semitones)),
    seen: (note) => movedIn(window, hit.pointer, before, note),
    end: (note) => takeEdited(changeNote(document, hit.pointer, note)),
  };
}

// The track that is looked at where it has notes here, else the first that has.
export function trackToDraw(document: SessionDocument): number | null {
  const melodic = (track: number) => document.tracks[track]?.role !== 'drums' && patternIn(document, sectionIndex.value, track) >= 0;
  if (melodic(trackIndex.value)) return trackIndex.value;
  const first = document.tracks.findIndex((_, track) => melodic(track));
  return first < 0 ? null : first;
}

function gripNew(document: SessionDocument, window: RollWindow, size: RollSize, x: number, y: number): Grip | null {
  const track = trackToDraw(document);
  if (track === null) return null;
  const pattern = patternIn(document, sectionIndex.value, track);
  const length = patternLength(document, track, pattern);
  const at = stepAt(ticksOf(window, size, x), document.swing) * ticksPerStep;
  const note = { start: at % length, duration: Math.min(ticksPerStep, length - (at % length)), pitch: pitchAt(window, size, y), velocity: newVelocity };
  return {
    isNew: true,
    now: (ticks) => stretched(note, length, ticks),
    seen: (grown) => ({ ...window, notes: [...window.notes, { ...grown, start: window.start + at, track, pointer: '' }] }),
    end: (grown) => takeEdited(addNote(document, track, pattern, grown)),
  };
}

const slip = 4; // pixels that a tap may move

export function beginDrag(start: PointerEvent, canvas: HTMLCanvasElement, window: RollWindow, document: SessionDocument, show: (window: RollWindow) => void): void {
  if (start.button !== 0 || !start.isPrimary) return;
  const area = canvas.getBoundingClientRect();
  const size = { width: area.width, height: area.height };
  const [x, y] = [start.clientX - area.left, start.clientY - area.top];
  const hit = noteAt(window, size, x, y, start.pointerType === 'touch' ? 18 : 5);
  const grip = hit ? gripOf(document, window, size, hit, x) : gripNew(document, window, size, x, y);
  if (!grip) return;
  canvas.setPointerCapture(start.pointerId);
  const lane = size.height / (window.high - window.low + 1);
  const noteNow = (event: PointerEvent) => grip.now(ticksOf(window, size, event.clientX - start.clientX), (start.clientY - event.clientY) / lane);
  const slipped = (event: PointerEvent) => Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > slip;
  let dragging = grip.isNew;
  const move = (event: PointerEvent) => {
    dragging ||= slipped(event);
    if (dragging) show(grip.seen(noteNow(event)));
  };
  const end = (event: PointerEvent) => {
    for (const name of ['pointermove', 'pointerup', 'pointercancel'] as const) canvas.removeEventListener(name, name === 'pointermove' ? move : end);
    show(window);
    if (event.type === 'pointercancel') return;
    if (dragging) grip.end(noteNow(event));
    else focus.value = hit && hit.pointer !== focus.value ? hit.pointer : null;
  };
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerup', end);
  canvas.addEventListener('pointercancel', end);
  if (dragging) show(grip.seen(noteNow(start)));
}

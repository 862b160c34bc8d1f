// Changes to the notes of a session. Each gives a new document; the old one stays as it is. A pattern keeps its notes in
// the order of start, then pitch; evidence and locks follow the notes they point at, and go with them. Pure.
import type { Note, SessionDocument } from '../api/types';
import { clamp } from './parameters';
import { ticksPerStep } from './time';

export interface Edited {
  document: SessionDocument;
  pointer: string; // of the note, where it lies now
}

// '/tracks/0/patterns/1/notes/5' -> [0, 1, 5], or null.
export function notePlace(pointer: string): [number, number, number] | null {
  const match = /^\/tracks\/(\d+)\/patterns\/(\d+)\/notes\/(\d+)$/.exec(pointer);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : null;
}

export function noteOf(document: SessionDocument, pointer: string): Note | null {
  const place = notePlace(pointer);
  return place ? (document.tracks[place[0]]?.patterns[place[1]]?.notes[place[2]] ?? null) : null;
}

// The pattern that a track plays in a section, as an index, or -1.
export function patternIn(document: SessionDocument, section: number, track: number): number {
  const owner = document.tracks[track];
  const part = document.arrangement[section]?.parts.find((candidate) => candidate.track === owner?.id);
  return owner?.patterns.findIndex((pattern) => pattern.id === part?.pattern) ?? -1;
}

interface Placed {
  note: Note;
  was: number; // index before, -1: new
}

const placed = (notes: Note[]): Placed[] => notes.map((note, was) => ({ note, was }));
const notesIn = (document: SessionDocument, track: number, pattern: number) => document.tracks[track]?.patterns[pattern]?.notes ?? [];
const basePointer = (track: number, pattern: number) => `/tracks/${track}/patterns/${pattern}/notes/`;

function withNotes(document: SessionDocument, track: number, pattern: number, all: Placed[]): SessionDocument {
  const sorted = [...all].sort((a, b) => a.note.start - b.note.start || a.note.pitch - b.note.pitch);
  const base = basePointer(track, pattern);
  const nowAt = new Map(sorted.map(({ was }, index) => [was, index]));
  const follow = (pointer: string): string | null => {
    if (!pointer.startsWith(base)) return pointer;
    const [index, ...rest] = pointer.slice(base.length).split('/');
    const now = nowAt.get(Number(index));
    return now === undefined ? null : [base + now, ...rest].join('/');
  };
  const notes = sorted.map(({ note }) => note);
  return {
    ...document,
    tracks: document.tracks.map((owner, at) => (at !== track ? owner
      : { ...owner, patterns: owner.patterns.map((old, index) => (index === pattern ? { ...old, notes } : old)) })),
    ...(document.evidence && { evidence: document.evidence.flatMap((item) => { const pointer = follow(item.pointer); return pointer === null ? [] : [{ ...item, pointer }]; }) }),
    ...(document.locks && { locks: document.locks.flatMap((lock) => follow(lock) ?? []) }),
  };
}

export function addNote(document: SessionDocument, track: number, pattern: number, note: Note): Edited {
  const made = withNotes(document, track, pattern, [...placed(notesIn(document, track, pattern)), { note, was: -1 }]);
  return { document: made, pointer: `${basePointer(track, pattern)}${notesIn(made, track, pattern).indexOf(note)}` };
}

export function changeNote(document: SessionDocument, pointer: string, change: Partial<Note>): Edited {
  const place = notePlace(pointer);
  const old = noteOf(document, pointer);
  if (!place || !old) return { document, pointer };
  const [track, pattern, index] = place;
  const note = { ...old, ...change };
  const made = withNotes(document, track, pattern, placed(notesIn(document, track, pattern)).map((one) => (one.was === index ? { note, was: index } : one)));
  return { document: made, pointer: `${basePointer(track, pattern)}${notesIn(made, track, pattern).indexOf(note)}` };
}

export function removeNote(document: SessionDocument, pointer: string): SessionDocument {
  const place = notePlace(pointer);
  if (!place) return document;
  const [track, pattern, index] = place;
  return withNotes(document, track, pattern, placed(notesIn(document, track, pattern)).filter(({ was }) => was !== index));
}

// A hit where there was none, none where there was one. `step` counts sixteenths of the pattern.
export function toggleHit(document: SessionDocument, track: number, pattern: number, step: number, pitch: number): SessionDocument {
  const all = placed(notesIn(document, track, pattern));
  const kept = all.filter(({ note }) => note.pitch !== pitch || Math.floor(note.start / ticksPerStep) !== step);
  if (kept.length < all.length) return withNotes(document, track, pattern, kept);
  return addNote(document, track, pattern, { start: step * ticksPerStep, duration: ticksPerStep / 2, pitch, velocity: 100 }).document;
}

const shortest = ticksPerStep / 4;

// A note moved by whole sixteenths and semitones, within its pattern.
export function moved(note: Note, length: number, ticks: number, semitones: number): Note {
  const steps = Math.round(ticks / ticksPerStep) * ticksPerStep;
  const latest = Math.max(0, length - Math.min(note.duration, ticksPerStep));
  return { ...note, start: clamp(note.start + steps, 0, Math.max(note.start, latest)), pitch: clamp(note.pitch + Math.round(semitones), 0, 127) };
}

// A note made longer or shorter by whole sixteenths; never nothing, never past the end of its pattern.
export function stretched(note: Note, length: number, ticks: number): Note {
  const steps = Math.round(ticks / ticksPerStep) * ticksPerStep;
  return { ...note, duration: clamp(note.duration + steps, Math.min(shortest, note.duration), Math.max(note.duration, length - note.start)) };
}

// The sixteenth that a moment falls into, where `swing` delays every other one.
export function stepAt(tick: number, swing: number): number {
  const pair = 2 * ticksPerStep;
  return 2 * Math.floor(tick / pair) + (tick % pair >= (pair * swing) / 100 ? 1 : 0);
}

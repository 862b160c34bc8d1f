// Changes to a session document. Each gives a new document; the old one stays as it is. Pure.
import type { Note, Pattern, SessionDocument, Track } from '../api/types';
import { clamp } from './parameters';

function withTrack(document: SessionDocument, index: number, change: (track: Track) => Track): SessionDocument {
  return { ...document, tracks: document.tracks.map((track, at) => (at === index ? change(track) : track)) };
}

function withPattern(document: SessionDocument, track: number, pattern: number, change: (pattern: Pattern) => Pattern): SessionDocument {
  return withTrack(document, track, (old) => ({
    ...old,
    patterns: old.patterns.map((candidate, at) => (at === pattern ? change(candidate) : candidate)),
  }));
}

const inOrder = (notes: Note[]) => [...notes].sort((a, b) => a.start - b.start || a.pitch - b.pitch);

export const setTempo = (document: SessionDocument, bpm: number): SessionDocument => ({
  ...document, tempo_bpm: clamp(Math.round(bpm), 20, 400),
});
export const setSwing = (document: SessionDocument, swing: number): SessionDocument => ({
  ...document, swing: clamp(Math.round(swing), 50, 75),
});

// A hit where there was none, none where there was one. `step` counts sixteenths of the pattern.
export function toggleHit(document: SessionDocument, track: number, pattern: number, step: number, pitch: number): SessionDocument {
  const start = step * 240;
  return withPattern(document, track, pattern, (old) => {
    const kept = old.notes.filter((note) => note.pitch !== pitch || Math.floor(note.start / 240) !== step);
    const notes = kept.length < old.notes.length ? kept : inOrder([...kept, { start, duration: 120, pitch, velocity: 100 }]);
    return { ...old, notes };
  });
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

export function changeNote(document: SessionDocument, pointer: string, change: Partial<Note>): SessionDocument {
  const place = notePlace(pointer);
  if (!place) return document;
  return withPattern(document, place[0], place[1], (old) => ({
    ...old, notes: old.notes.map((note, at) => (at === place[2] ? { ...note, ...change } : note)),
  }));
}

export function removeNote(document: SessionDocument, pointer: string): SessionDocument {
  const place = notePlace(pointer);
  if (!place) return document;
  return withPattern(document, place[0], place[1], (old) => ({ ...old, notes: old.notes.filter((_, at) => at !== place[2]) }));
}

// Its targets follow when the session is laid out for playing.
export const setMacro = (document: SessionDocument, index: number, value: number): SessionDocument => ({
  ...document,
  macros: (document.macros ?? []).map((macro, at) => (at === index ? { ...macro, value: clamp(value) } : macro)),
});

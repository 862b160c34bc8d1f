// Changes to a session document as a whole; those of notes are in notes.ts. Each gives a new document; the old one stays as it is. Pure.
import type { SessionDocument } from '../api/types';
import { clamp } from './parameters';

export const setTempo = (document: SessionDocument, bpm: number): SessionDocument => ({
  ...document, tempo_bpm: clamp(Math.round(bpm), 20, 400),
});
export const setSwing = (document: SessionDocument, swing: number): SessionDocument => ({
  ...document, swing: clamp(Math.round(swing), 50, 75),
});

// Its targets follow when the session is laid out for playing.
export const setMacro = (document: SessionDocument, index: number, value: number): SessionDocument => ({
  ...document,
  macros: (document.macros ?? []).map((macro, at) => (at === index ? { ...macro, value: clamp(value) } : macro)),
});

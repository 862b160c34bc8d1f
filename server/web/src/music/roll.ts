// What a piano roll shows: one cycle of a section, so that its x axis can be the picture's.
import type { SessionDocument } from '../api/types';
import { lowerBound, type Timeline, type TimelineNote, type TimelineSection } from './timeline';

export interface RollWindow {
  start: number; // ticks of the timeline
  length: number;
  low: number; // pitches shown
  high: number;
  notes: TimelineNote[];
}

// Ticks after which everything in the section has come round: its longest pattern.
export function cycleOf(document: SessionDocument, section: TimelineSection): number {
  const lengths = document.arrangement[section.index]!.parts.map((part) => {
    const track = document.tracks.find((candidate) => candidate.id === part.track);
    return track?.patterns.find((pattern) => pattern.id === part.pattern)?.length ?? 0;
  });
  const longest = Math.max(0, ...lengths);
  return longest > 0 ? Math.min(longest, section.length) : section.length;
}

const drumTracks = (document: SessionDocument) =>
  new Set(document.tracks.flatMap((track, index) => (track.role === 'drums' ? [index] : [])));

export function rollWindow(document: SessionDocument, timeline: Timeline, section: TimelineSection): RollWindow {
  const length = cycleOf(document, section);
  const drums = drumTracks(document);
  const first = lowerBound(timeline.notes, section.start, (note) => note.start);
  const last = lowerBound(timeline.notes, section.start + length, (note) => note.start);
  const notes = timeline.notes.slice(first, last).filter((note) => !drums.has(note.track));
  const pitches = notes.map((note) => note.pitch);
  const low = pitches.length > 0 ? pitches.reduce((a, b) => Math.min(a, b)) : 60;
  const high = pitches.length > 0 ? pitches.reduce((a, b) => Math.max(a, b)) : 72;
  const margin = Math.max(1, Math.ceil((12 - (high - low)) / 2));
  return { start: section.start, length, low: Math.max(0, low - margin), high: Math.min(127, high + margin), notes };
}

// 0..1 along the window, for a tick anywhere in the section.
export const windowPhase = (window: RollWindow, tick: number) =>
  window.length > 0 ? ((((tick - window.start) % window.length) + window.length) % window.length) / window.length : 0;

export interface DrumRow {
  pitch: number;
  name: string;
  hits: number[]; // velocity 0..127 a step
  pointers: (string | null)[];
}

export interface DrumGrid {
  track: number;
  steps: number;
  rows: DrumRow[];
}

// The drum tracks of a section as rows of sixteenths, the lowest note at the bottom.
export function drumGrids(document: SessionDocument, timeline: Timeline, section: TimelineSection): DrumGrid[] {
  const length = cycleOf(document, section);
  const steps = Math.max(1, Math.round(length / 240));
  return [...drumTracks(document)].flatMap((track) => {
    const notes = timeline.notes.filter(
      (note) => note.track === track && note.start >= section.start && note.start < section.start + length,
    );
    if (notes.length === 0) return [];
    const pitches = [...new Set(notes.map((note) => note.pitch))].sort((a, b) => b - a);
    const pads = document.tracks[track]!.pads ?? [];
    const rows = pitches.map((pitch): DrumRow => {
      const pad = pads.find((candidate) => candidate.pitch === pitch);
      const row: DrumRow = { pitch, name: pad?.role.replace(/_/g, ' ') ?? '', hits: Array(steps).fill(0), pointers: Array(steps).fill(null) };
      for (const note of notes.filter((candidate) => candidate.pitch === pitch)) {
        const step = Math.min(steps - 1, Math.floor((note.start - section.start) / 240));
        row.hits[step] = note.velocity;
        row.pointers[step] = note.pointer;
      }
      return row;
    });
    return [{ track, steps, rows }];
  });
}

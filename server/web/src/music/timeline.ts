// A session laid out for playing: what sounds when, over the whole arrangement. Pure.
import type { Note, Pattern, SessionDocument } from '../api/types';
import { laneEvents, type ParameterEvent } from './lanes';
import { barTicks, swung } from './time';

export interface TimelineNote extends Note {
  track: number; // index into the document's tracks
  pointer: string; // JSON Pointer of the note in the document
}

export interface TimelineSection {
  name: string;
  start: number;
  length: number;
  index: number;
}

export interface Timeline {
  length: number;
  sections: TimelineSection[];
  notes: TimelineNote[]; // ascending start
  parameters: ParameterEvent[]; // ascending tick
}

export function layoutSections(document: SessionDocument): TimelineSection[] {
  const bar = barTicks(document.meter);
  let start = 0;
  return document.arrangement.map((section, index) => {
    const length = section.bars * bar;
    const placed = { name: section.name, start, length, index };
    start += length;
    return placed;
  });
}

// One part of a section: its pattern again and again, delayed by the swing and cut at the section's end.
function partNotes(document: SessionDocument, section: TimelineSection, track: number, pattern: number): TimelineNote[] {
  const source: Pattern = document.tracks[track]!.patterns[pattern]!;
  const until = section.start + section.length;
  const notes: TimelineNote[] = [];
  for (let at = section.start; at < until; at += source.length) {
    source.notes.forEach((note: Note, index) => {
      const start = swung(at + note.start, document.swing);
      const end = Math.min(until, swung(at + note.start + note.duration, document.swing));
      if (start >= until || end <= start) return;
      notes.push({ ...note, start, duration: end - start, track, pointer: `/tracks/${track}/patterns/${pattern}/notes/${index}` });
    });
  }
  return notes;
}

function sectionNotes(document: SessionDocument, section: TimelineSection): TimelineNote[] {
  return document.arrangement[section.index]!.parts.flatMap((part) => {
    const track = document.tracks.findIndex((candidate) => candidate.id === part.track);
    const pattern = document.tracks[track]?.patterns.findIndex((candidate) => candidate.id === part.pattern) ?? -1;
    return pattern < 0 ? [] : partNotes(document, section, track, pattern);
  });
}

export function expandTimeline(document: SessionDocument): Timeline {
  const sections = layoutSections(document);
  const last = sections.at(-1);
  const length = last ? last.start + last.length : 0;
  const notes = sections.flatMap((section) => sectionNotes(document, section));
  notes.sort((a, b) => a.start - b.start || a.track - b.track || a.pitch - b.pitch);
  const parameters = laneEvents(document, sections, length);
  return { length, sections, notes, parameters };
}

export const sectionAt = (timeline: Timeline, tick: number) =>
  timeline.sections.find((section) => tick >= section.start && tick < section.start + section.length);

// First index of `items` (ascending by `key`) that is not below `value`.
export function lowerBound<T>(items: T[], value: number, key: (item: T) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(items[middle]!) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const notesBetween = (timeline: Timeline, from: number, to: number) =>
  timeline.notes.slice(
    lowerBound(timeline.notes, from, (note) => note.start),
    lowerBound(timeline.notes, to, (note) => note.start),
  );
export const parametersBetween = (timeline: Timeline, from: number, to: number) =>
  timeline.parameters.slice(
    lowerBound(timeline.parameters, from, (event) => event.tick),
    lowerBound(timeline.parameters, to, (event) => event.tick),
  );

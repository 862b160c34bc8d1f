// A session laid out for playing: what sounds when, over the whole arrangement. Pure.
import type { Automation, LfoShape, Note, Pattern, SessionDocument, Track } from '../api/types';
import { clamp, toUnit } from './parameters';
import { barTicks, swung, ticksPerStep } from './time';

export interface TimelineNote extends Note {
  track: number; // index into the document's tracks
  pointer: string; // JSON Pointer of the note in the document
}

export interface ParameterEvent {
  tick: number;
  track: number;
  parameter: string;
  value: number; // 0..1
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

const automationStep = ticksPerStep / 4;

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

// The notes of a pattern that repeats until `length`; what would ring beyond the end is cut there.
export function repeatPattern(pattern: Pattern, length: number): (Note & { index: number })[] {
  const notes: (Note & { index: number })[] = [];
  for (let offset = 0; offset < length; offset += pattern.length) {
    pattern.notes.forEach((note, index) => {
      const start = offset + note.start;
      if (note.start >= pattern.length || start >= length) return;
      notes.push({ ...note, index, start, duration: Math.min(note.duration, length - start) });
    });
  }
  return notes;
}

function sectionNotes(document: SessionDocument, section: TimelineSection): TimelineNote[] {
  const parts = document.arrangement[section.index]!.parts;
  return parts.flatMap((part) => {
    const track = document.tracks.findIndex((candidate) => candidate.id === part.track);
    const patternIndex = document.tracks[track]?.patterns.findIndex((pattern) => pattern.id === part.pattern) ?? -1;
    const pattern = document.tracks[track]?.patterns[patternIndex];
    if (!pattern) return [];
    return repeatPattern(pattern, section.length).map(({ index, ...note }) => {
      const start = section.start + swung(note.start, document.swing);
      const end = section.start + swung(note.start + note.duration, document.swing);
      const pointer = `/tracks/${track}/patterns/${patternIndex}/notes/${index}`;
      return { ...note, start, duration: Math.max(1, end - start), track, pointer };
    });
  });
}

export function automationValue(automation: Automation, tick: number): number {
  const { points } = automation;
  const after = points.findIndex((point) => point.tick > tick);
  if (after === 0) return points[0]!.value;
  const left = points[after < 0 ? points.length - 1 : after - 1]!;
  const right = after < 0 ? undefined : points[after];
  if (!right || automation.interpolation === 'step') return left.value;
  return left.value + ((right.value - left.value) * (tick - left.tick)) / (right.tick - left.tick);
}

// A drawn cycle at `phase` 0..1, straight lines between its samples, the last leading back to the first.
export function lfoValue(samples: number[], phase: number): number {
  const place = (phase - Math.floor(phase)) * samples.length;
  const left = Math.floor(place) % samples.length;
  const right = (left + 1) % samples.length;
  return samples[left]! + (samples[right]! - samples[left]!) * (place - Math.floor(place));
}

// Where a parameter of a track stands before anything moves it, 0..1.
export function restValue(track: Track, parameter: string): number {
  const patch = track.patch;
  switch (parameter) {
    case 'cutoff':
      return toUnit('cutoff', patch?.filter.cutoff_hz ?? 20000);
    case 'resonance':
      return patch?.filter.resonance ?? 0;
    case 'noise':
    case 'drive':
    case 'reverb':
    case 'delay':
      return patch?.[parameter] ?? 0;
    case 'level':
      return 0.8;
    default:
      return 0.5;
  }
}

function lfoEvents(document: SessionDocument, lfo: LfoShape, length: number): ParameterEvent[] {
  const track = document.tracks.findIndex((candidate) => candidate.id === lfo.track);
  if (track < 0 || lfo.cycle <= 0) return [];
  const rest = restValue(document.tracks[track]!, lfo.parameter);
  const events: ParameterEvent[] = [];
  for (let tick = 0; tick < length; tick += automationStep) {
    const value = clamp(rest + (lfoValue(lfo.samples, tick / lfo.cycle) * lfo.depth) / 2);
    events.push({ tick, track, parameter: lfo.parameter, value });
  }
  return events;
}

function automationEvents(document: SessionDocument, section: TimelineSection): ParameterEvent[] {
  return document.arrangement[section.index]!.parts.flatMap((part) => {
    const track = document.tracks.findIndex((candidate) => candidate.id === part.track);
    const pattern = document.tracks[track]?.patterns.find((candidate) => candidate.id === part.pattern);
    return (pattern?.automation ?? []).flatMap((automation) => {
      const events: ParameterEvent[] = [];
      if (!pattern || automation.points.length === 0) return events;
      for (let tick = 0; tick < section.length; tick += automationStep) {
        const value = automationValue(automation, tick % pattern.length);
        events.push({ tick: section.start + tick, track, parameter: automation.parameter, value });
      }
      return events;
    });
  });
}

export function expandTimeline(document: SessionDocument): Timeline {
  const sections = layoutSections(document);
  const last = sections.at(-1);
  const length = last ? last.start + last.length : 0;
  const notes = sections.flatMap((section) => sectionNotes(document, section));
  notes.sort((a, b) => a.start - b.start || a.track - b.track || a.pitch - b.pitch);
  const parameters = [
    ...sections.flatMap((section) => automationEvents(document, section)),
    ...(document.lfos ?? []).flatMap((lfo) => lfoEvents(document, lfo, length)),
  ].sort((a, b) => a.tick - b.tick);
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

import { describe, expect, it } from 'vitest';
import { addNote, changeNote, moved, noteOf, patternIn, removeNote, stepAt, stretched } from '../src/music/notes';
import { swung } from '../src/music/time';
import { holdsEnd, pitchAt, roomier, ticksOf } from '../src/view/session/roll_layout';
import { exampleSession } from '../../../tests/web/example_session.mjs';
import type { SessionDocument } from '../src/api/types';

const song = () => exampleSession('Song') as SessionDocument;
const notes = (document: SessionDocument) => document.tracks[0]!.patterns[0]!.notes;
const at = (index: number) => `/tracks/0/patterns/0/notes/${index}`;

describe('notes', () => {
  it('lie in the order of their starts, wherever they are moved, and are found again', () => {
    const { document, pointer } = changeNote(song(), at(0), { start: 3600 });
    expect(noteOf(document, pointer)).toEqual({ ...notes(song())[0], start: 3600 });
    expect(pointer).not.toBe(at(0));
    const starts = notes(document).map(({ start }) => start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  it('keep the places in the picture that they came from when others move past them', () => {
    const before = { ...song(), evidence: [0, 1].map((index) => ({ pointer: at(index), reading: `point ${index}`, rule: 'r' })), locks: [`${at(1)}/pitch`] };
    const second = notes(before)[1];
    const { document, pointer } = changeNote(before, at(0), { start: 3600 });
    expect(document.evidence![0]!.pointer).toBe(pointer);
    expect(noteOf(document, document.evidence![1]!.pointer)).toEqual(second);
    expect(document.locks).toEqual([`${document.evidence![1]!.pointer}/pitch`]);
  });

  it('take their evidence with them when they go, and leave that of the others', () => {
    const before = { ...song(), evidence: [0, 1].map((index) => ({ pointer: at(index), reading: '', rule: '' })) };
    const second = notes(before)[1];
    const after = removeNote(before, at(0));
    expect(after.evidence).toHaveLength(1);
    expect(noteOf(after, after.evidence![0]!.pointer)).toEqual(second);
  });

  it('are added in their place', () => {
    const note = { start: 480, duration: 240, pitch: 99, velocity: 90 };
    const { document, pointer } = addNote(song(), 0, 0, note);
    expect(noteOf(document, pointer)).toEqual(note);
    expect(notes(document)).toHaveLength(notes(song()).length + 1);
  });

  it('move by whole sixteenths and keep what they are off the grid', () => {
    const note = { start: 250, duration: 200, pitch: 60, velocity: 90 };
    expect(moved(note, 3840, 300, 1.6)).toMatchObject({ start: 490, pitch: 62 });
    expect(moved(note, 3840, -9999, -99)).toMatchObject({ start: 0, pitch: 0 });
    expect(moved(note, 3840, 99999, 0).start).toBe(3640);
  });

  it('never become nothing, nor longer than their pattern', () => {
    const note = { start: 3000, duration: 480, pitch: 60, velocity: 90 };
    expect(stretched(note, 3840, 250).duration).toBe(720);
    expect(stretched(note, 3840, -9999).duration).toBe(60);
    expect(stretched(note, 3840, 9999).duration).toBe(840);
  });
});

it('says which sixteenth a place in swung time is', () => {
  for (let step = 0; step < 16; ++step) expect(stepAt(swung(step * 240, 62) + 3, 62)).toBe(step);
});

it('knows what a track plays in a section', () => {
  const document = song();
  expect(patternIn(document, 1, 0)).toBeGreaterThanOrEqual(0);
  expect(patternIn(document, 99, 0)).toBe(-1);
});

describe('a hand on the roll', () => {
  const window = { start: 0, length: 3840, low: 60, high: 71, notes: [] };
  const size = { width: 384, height: 120 };
  it('is at a pitch and a moment', () => {
    expect([pitchAt(window, size, 1), pitchAt(window, size, 119), pitchAt(window, size, 500)]).toEqual([71, 60, 60]);
    expect(ticksOf(window, size, 96)).toBe(960);
  });
  it('holds a note by its body or by its end', () => {
    const box = { x: 10, y: 0, width: 60, height: 8 };
    expect([holdsEnd(box, 30), holdsEnd(box, 60), holdsEnd(box, 75)]).toEqual([false, true, true]);
  });
  it('has room to move notes into, within what MIDI has', () => {
    expect(roomier({ ...window, low: 2, high: 126 })).toMatchObject({ low: 0, high: 127 });
  });
});

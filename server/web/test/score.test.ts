import { describe, expect, it } from 'vitest';
import { setMacro } from '../src/music/edit';
import { changeNote, noteOf, removeNote, toggleHit } from '../src/music/notes';
import { regionFor, regionsOf, regionTouches } from '../src/music/evidence';
import { placeName } from '../src/music/place_name';
import { cycleOf, drumGrids, rollWindow, windowPhase } from '../src/music/roll';
import { expandTimeline } from '../src/music/timeline';
import { filterGain, samplesPath } from '../src/music/curves';
import { noteAt, noteBox } from '../src/view/session/roll_layout';
import { exampleSession } from '../../../tests/web/example_session.mjs';
import type { SessionDocument } from '../src/api/types';

const song = () => exampleSession('Song') as SessionDocument;

describe('the roll', () => {
  const document = song();
  const timeline = expandTimeline(document);
  const body = timeline.sections[1]!;

  it('shows one cycle of a section without its drums', () => {
    expect(cycleOf(document, body)).toBe(3840);
    const window = rollWindow(document, timeline, body);
    expect(window.start).toBe(7680);
    expect(window.notes.every((note) => note.track !== 2 && note.start < 7680 + 3840)).toBe(true);
    expect(window.low).toBeLessThanOrEqual(38);
    expect(window.high).toBeGreaterThanOrEqual(76);
  });

  it('comes round with every cycle', () => {
    const window = rollWindow(document, timeline, body);
    expect(windowPhase(window, 7680 + 3840 + 960)).toBeCloseTo(0.25);
  });

  it('finds the note under a finger, and none in empty places', () => {
    const window = rollWindow(document, timeline, timeline.sections[0]!);
    const size = { width: 400, height: 200 };
    const note = window.notes[5]!;
    const box = noteBox(window, size, note);
    expect(noteAt(window, size, box.x + 2, box.y + 2)).toBe(note);
    expect(noteAt(window, size, 399, 199)).toBeNull();
  });

  it('shows drums as rows of sixteenths, named by their pads', () => {
    const [grid] = drumGrids(document, timeline, body);
    expect(grid!.steps).toBe(16);
    expect(grid!.rows.map((row) => row.name)).toEqual(['', 'snare', 'kick']);
    expect(grid!.rows[2]!.hits.map((hit) => (hit > 0 ? 1 : 0)).join('')).toBe('1000100010011000');
  });
});

describe('evidence', () => {
  const regions = regionsOf(song().evidence!);
  it('lays small places over large ones', () => {
    const sizes = regions.map((region) => region.box[2] * region.box[3]);
    expect([...sizes].sort((a, b) => b - a)).toEqual(sizes);
  });
  it('leads from a note to its place and back', () => {
    const region = regionFor(regions, '/tracks/0/patterns/0/notes/3')!;
    expect(region.items[0]!.rule).toBe('curve_height_to_pitch');
    expect(regionTouches(region, '/tracks/0')).toBe(true);
    expect(regionTouches(region, '/tracks/0/patterns/0/notes/33')).toBe(false);
    expect(regionFor(regions, '/tempo_bpm')).toBeNull();
  });
});

describe('a change', () => {
  it('leaves the session that it came from alone', () => {
    const before = song();
    const text = JSON.stringify(before);
    const after = removeNote(changeNote(before, '/tracks/0/patterns/0/notes/0', { pitch: 70 }).document, '/tracks/1/patterns/0/notes/0');
    expect(JSON.stringify(before)).toBe(text);
    expect(noteOf(after, '/tracks/0/patterns/0/notes/0')!.pitch).toBe(70);
    expect(after.tracks[1]!.patterns[0]!.notes).toHaveLength(3);
  });
  it('sets and takes away a hit', () => {
    const more = toggleHit(song(), 2, 0, 2, 36);
    expect(more.tracks[2]!.patterns[0]!.notes.some((note) => note.start === 480 && note.pitch === 36)).toBe(true);
    expect(toggleHit(more, 2, 0, 2, 36).tracks[2]!.patterns[0]!.notes).toEqual(song().tracks[2]!.patterns[0]!.notes);
  });
  it('keeps a macro within its knob', () => {
    expect(setMacro(song(), 1, 1.7).macros![1]!.value).toBe(1);
  });
});

it('says where a pointer points in words', () => {
  expect(placeName(song(), '/tracks/0/patterns/0/notes/4')).toBe('B4 at 1.2.1 in Lead');
  expect(placeName(song(), '/tracks/0/patch/filter/cutoff_hz')).toBe('the filter cutoff hz of Lead');
  expect(placeName(song(), '/tempo_bpm')).toBe('the tempo, 92 BPM');
});

describe('curves', () => {
  it('rise upwards on the screen', () => expect(samplesPath([-1, 1], 10, 20)).toBe('M0.0 20.0L10.0 0.0'));
  it('let a lowpass pass what is low', () => {
    const filter = { type: 'lowpass' as const, cutoff_hz: 1000, resonance: 0 };
    expect(filterGain(filter, 50)).toBeCloseTo(1, 1);
    expect(filterGain(filter, 10000)).toBeLessThan(0.02);
  });
});

import { describe, expect, it } from 'vitest';
import type { SessionDocument } from '../src/api/types';
import { automationValue, lfoCycle, lfoMove, lfoValue } from '../src/music/lanes';
import { expandTimeline, notesBetween, parametersBetween } from '../src/music/timeline';
import { positionName, swung } from '../src/music/time';

const note = (start: number, pitch = 60, duration = 240) => ({ start, duration, pitch, velocity: 100 });

export const document = (change: Partial<SessionDocument> = {}): SessionDocument => ({
  format: 'doodled.session', version: 1, title: 'Two bars', mode: 'doodle', seed: 1, tempo_bpm: 120,
  meter: { numerator: 4, denominator: 4 }, key: { tonic: 'C', scale: 'major' }, swing: 50,
  tracks: [{ id: 'lead', name: 'Lead', role: 'lead', channel: 1, patterns: [{ id: 'a', length: 1920, notes: [note(0), note(960, 64)] }] }],
  arrangement: [{ name: 'A', bars: 1, parts: [{ track: 'lead', pattern: 'a' }] }],
  ...change,
});

const patch = {
  name: '', oscillators: [{ wave: 'saw' as const, detune_cents: 0, level: 1, octave: 0 }], noise: 0,
  filter: { type: 'lowpass' as const, cutoff_hz: 632.4555, resonance: 0.25 },
  envelope: { attack_ms: 5, decay_ms: 100, sustain: 0.5, release_ms: 200 }, drive: 0, reverb: 0, delay: 0, modulation: [],
};

describe('a timeline', () => {
  it('repeats a pattern that is shorter than its section', () => {
    const timeline = expandTimeline(document());
    expect(timeline.length).toBe(3840);
    expect(timeline.notes.map((n) => n.start)).toEqual([0, 960, 1920, 2880]);
    expect(timeline.notes[3]!.pointer).toBe('/tracks/0/patterns/0/notes/1');
  });

  it('lays sections one after the other', () => {
    const parts = [{ track: 'lead', pattern: 'a' }];
    const timeline = expandTimeline(document({ arrangement: [{ name: 'A', bars: 1, parts: [] }, { name: 'B', bars: 2, parts }] }));
    expect(timeline.sections.map((section) => [section.name, section.start, section.length])).toEqual([['A', 0, 3840], ['B', 3840, 7680]]);
    expect(timeline.notes[0]!.start).toBe(3840);
  });

  it('cuts what would ring beyond the end of its section', () => {
    const tracks = [{ id: 'lead', name: 'Lead', role: 'pad' as const, channel: 1, patterns: [{ id: 'a', length: 3840, notes: [note(1920, 60, 5000)] }] }];
    expect(expandTimeline(document({ tracks })).notes[0]!.duration).toBe(1920);
  });

  it('finds the notes of a stretch without those at its end', () => {
    const timeline = expandTimeline(document());
    expect(notesBetween(timeline, 960, 1920).map((n) => n.start)).toEqual([960]);
  });

  it('starts every parameter of a patch at its value, moved by macros around their middle', () => {
    const tracks = [{ ...document().tracks[0]!, patch }];
    const macros = [{ id: 'macro_1', name: 'M', group: '', cell: 1, value: 1, targets: [{ track: 'lead', parameter: 'resonance', amount: 0.5 }] }];
    const first = parametersBetween(expandTimeline(document({ tracks, macros })), 0, 1);
    expect(first.find((event) => event.parameter === 'cutoff')!.value).toBeCloseTo(0.5, 4);
    expect(first.find((event) => event.parameter === 'resonance')!.value).toBeCloseTo(0.5);
  });

  it('adds half the depth of an LFO to where a parameter rests', () => {
    const lfos = [{ id: 'l', name: 'L', samples: [0, 1, 0, -1], cycle: 3840, track: 'lead', parameter: 'level', depth: 0.5 }];
    const events = expandTimeline(document({ lfos })).parameters;
    expect(Math.max(...events.map((event) => event.value))).toBeCloseTo(0.75);
    expect(Math.min(...events.map((event) => event.value))).toBeCloseTo(0.25);
    expect(events.every((event) => event.tick % 60 === 0)).toBe(true);
  });
});

describe('swing', () => {
  it('delays the second of two sixteenths', () => {
    expect([0, 240, 480, 720].map((tick) => swung(tick, 66))).toEqual([0, 317, 480, 797]);
  });
  it('leaves straight time alone', () => {
    expect([1, 239, 241, 479].map((tick) => swung(tick, 50))).toEqual([1, 239, 241, 479]);
  });
});

describe('moving values', () => {
  const points = [{ tick: 0, value: 0 }, { tick: 100, value: 1 }];
  it('go straight from point to point', () => {
    expect(automationValue({ parameter: 'cutoff', interpolation: 'linear', points }, 25)).toBe(0.25);
    expect(automationValue({ parameter: 'cutoff', interpolation: 'linear', points }, 500)).toBe(1);
  });
  it('stand still between points when they step', () => {
    expect(automationValue({ parameter: 'cutoff', interpolation: 'step', points }, 99)).toBe(0);
  });
  it('lead from the last sample of a cycle back to its first', () => {
    expect(lfoValue([0, 1], 0.75)).toBeCloseTo(0.5);
    expect(lfoValue([0, 1], 1)).toBeCloseTo(0);
    expect(lfoValue([0, 1], 0.25, 'step')).toBe(0);
    expect(lfoValue([0, 1], 0.125, 'smooth')).toBeCloseTo(0.1464);
  });
  it('lets an LFO run in seconds, and upwards only', () => {
    const lfo = { id: 'l', name: '', samples: [-1, 1], cycle: 960, track: 't', parameter: 'cutoff', depth: 0.5 };
    expect(lfoCycle({ ...lfo, seconds: 2 }, 120)).toBeCloseTo(3840);
    expect(lfoMove(lfo, 0, 120)).toBeCloseTo(-0.25);
    expect(lfoMove({ ...lfo, unipolar: true }, 0, 120)).toBeCloseTo(0);
    expect(lfoMove({ ...lfo, unipolar: true }, 480, 120)).toBeCloseTo(0.5);
  });
});

it('names positions as bar, beat and sixteenth from one', () => {
  expect(positionName(3840 + 960 + 480, { numerator: 4, denominator: 4 })).toBe('2.2.3');
});

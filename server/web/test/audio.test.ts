import { describe, expect, it } from 'vitest';
import { loopPieces, tickAt, timeAt, withTempo } from '../src/audio/clock';
import { effectivePatch } from '../src/audio/effective_patch';
import { exampleSession } from '../../../tests/web/example_session.mjs';
import type { SessionDocument } from '../src/api/types';

describe('the clock', () => {
  const clock = { tick: 0, time: 10, tempo: 60 };
  it('counts 960 ticks a quarter note', () => {
    expect(tickAt(clock, 11)).toBe(960);
    expect(timeAt(clock, 1920)).toBe(12);
  });
  it('keeps its place when the tempo changes', () => {
    const faster = withTempo(clock, 12, 120);
    expect(tickAt(faster, 12)).toBe(1920);
    expect(tickAt(faster, 13)).toBe(3840);
  });
  it('cuts a stretch at the ends of the loop', () => {
    expect(loopPieces(90, 210, 100)).toEqual([{ from: 90, to: 100, origin: 0 }, { from: 0, to: 100, origin: 100 }, { from: 0, to: 10, origin: 200 }]);
  });
});

describe('the patch as it sounds', () => {
  const patch = (exampleSession('S') as SessionDocument).tracks[0]!.patch!;
  it('is its own while nothing moves', () => expect(effectivePatch(patch, {})).toEqual(patch));
  it('follows what moves, in its units', () => {
    const moved = effectivePatch(patch, { cutoff: 1, sustain: 0.9, pitch: 1 });
    expect(moved.filter.cutoff_hz).toBeCloseTo(20000);
    expect(moved.envelope.sustain).toBe(0.9);
    expect(moved.oscillators[1]!.detune_cents).toBe(2407);
  });
});

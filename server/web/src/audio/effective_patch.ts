// The patch as it sounds now: its own values, overlaid by what automation, LFOs and macros say. Pure.
import type { Patch } from '../api/types';
import { fromUnit } from '../music/parameters';

export type Live = Readonly<Record<string, number>>; // parameter -> 0..1

export function effectivePatch(patch: Patch, live: Live): Patch {
  const unit = (name: string, otherwise: number) => live[name] ?? otherwise;
  const scaled = (name: string, otherwise: number) => (live[name] === undefined ? otherwise : fromUnit(name, live[name]!));
  const { filter, envelope, oscillators } = patch;
  const turn = live.detune === undefined ? 0 : fromUnit('detune', live.detune) - (oscillators[0]?.detune_cents ?? 0);
  const bend = live.pitch === undefined ? 0 : fromUnit('pitch', live.pitch) * 100;
  return {
    ...patch,
    oscillators: oscillators.map((oscillator) => ({ ...oscillator, detune_cents: oscillator.detune_cents + turn + bend })),
    noise: unit('noise', patch.noise),
    filter: { ...filter, cutoff_hz: scaled('cutoff', filter.cutoff_hz), resonance: unit('resonance', filter.resonance) },
    envelope: {
      attack_ms: scaled('attack', envelope.attack_ms), decay_ms: scaled('decay', envelope.decay_ms),
      sustain: unit('sustain', envelope.sustain), release_ms: scaled('release', envelope.release_ms),
    },
    drive: unit('drive', patch.drive), reverb: unit('reverb', patch.reverb), delay: unit('delay', patch.delay),
  };
}

// A patch by its knobs: every value as 0..1 of its range, in words, and changed. Pure.
import type { Patch, SessionDocument, Wave } from '../api/types';
import { clamp, fromUnit, toUnit } from './parameters';

export const patchKnobs = ['cutoff', 'resonance', 'attack', 'decay', 'sustain', 'release', 'noise', 'drive', 'delay', 'reverb'] as const;
export type PatchKnob = (typeof patchKnobs)[number];

const waves: Wave[] = ['sine', 'triangle', 'saw', 'square', 'wavetable', 'noise'];
export const nextWave = (wave: Wave): Wave => waves[(waves.indexOf(wave) + 1) % waves.length]!;

export function knobValue(patch: Patch, knob: PatchKnob): number {
  switch (knob) {
    case 'cutoff':
      return toUnit('cutoff', patch.filter.cutoff_hz);
    case 'resonance':
      return patch.filter.resonance;
    case 'attack':
    case 'decay':
    case 'release':
      return toUnit(knob, patch.envelope[`${knob}_ms`]);
    case 'sustain':
      return patch.envelope.sustain;
    default:
      return patch[knob];
  }
}

export function turnKnob(patch: Patch, knob: PatchKnob, unit: number): Patch {
  const value = clamp(unit);
  switch (knob) {
    case 'cutoff':
      return { ...patch, filter: { ...patch.filter, cutoff_hz: Math.round(fromUnit('cutoff', value)) } };
    case 'resonance':
      return { ...patch, filter: { ...patch.filter, resonance: value } };
    case 'attack':
    case 'decay':
    case 'release':
      return { ...patch, envelope: { ...patch.envelope, [`${knob}_ms`]: Math.round(fromUnit(knob, value)) } };
    case 'sustain':
      return { ...patch, envelope: { ...patch.envelope, sustain: value } };
    default:
      return { ...patch, [knob]: value };
  }
}

const hertz = (hz: number) => (hz >= 1000 ? `${(hz / 1000).toFixed(1)} kHz` : `${Math.round(hz)} Hz`);
const milliseconds = (ms: number) => (ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms)} ms`);

export function knobText(patch: Patch, knob: PatchKnob): string {
  switch (knob) {
    case 'cutoff':
      return hertz(patch.filter.cutoff_hz);
    case 'attack':
    case 'decay':
    case 'release':
      return milliseconds(patch.envelope[`${knob}_ms`]);
    default:
      return `${Math.round(knobValue(patch, knob) * 100)} %`;
  }
}

export function withPatch(document: SessionDocument, track: number, change: (patch: Patch) => Patch): SessionDocument {
  return {
    ...document,
    tracks: document.tracks.map((old, at) => (at === track && old.patch ? { ...old, patch: change(old.patch) } : old)),
  };
}

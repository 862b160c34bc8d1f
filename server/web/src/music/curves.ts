// The shapes that the panel draws, as SVG paths in a box of `width` x `height`. Pure.
import type { Envelope, Filter } from '../api/types';
import { clamp, toUnit } from './parameters';

const point = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;

export function pathOf(points: [number, number][]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${point(x, y)}`).join('');
}

// Samples of -1..1 from left to right.
export function samplesPath(samples: number[], width: number, height: number): string {
  const last = Math.max(1, samples.length - 1);
  return pathOf(samples.map((value, index) => [(index / last) * width, ((1 - clamp(value, -1, 1)) / 2) * height]));
}

export function wavePath(wave: string, width: number, height: number): string {
  const steps = 48;
  const samples = Array.from({ length: steps + 1 }, (_, index) => waveAt(wave, index / steps, index));
  return samplesPath(samples.map((value) => value * 0.9), width, height);
}

function waveAt(wave: string, phase: number, index: number): number {
  switch (wave) {
    case 'sine':
      return Math.sin(2 * Math.PI * phase);
    case 'triangle':
      return 1 - 4 * Math.abs(((phase + 0.75) % 1) - 0.5);
    case 'saw':
      return 1 - 2 * phase;
    case 'square':
      return phase < 0.5 ? 1 : -1;
    case 'noise':
      return Math.sin(index * 12.9898) * Math.cos(index * 78.233);
    default:
      return 0.7 * Math.sin(2 * Math.PI * phase) + 0.3 * Math.sin(6 * Math.PI * phase);
  }
}

// Attack, decay and release share the width by their times, compressed so that a short one is still seen.
export function envelopePoints(envelope: Envelope, width: number, height: number): [number, number][] {
  const share = (ms: number) => Math.sqrt(clamp(ms, 0, 20000) / 20000) * 0.9 + 0.06;
  const times = [share(envelope.attack_ms), share(envelope.decay_ms), 0.35, share(envelope.release_ms)];
  const total = times.reduce((sum, time) => sum + time, 0);
  const x = times.map((_, index) => (times.slice(0, index + 1).reduce((sum, time) => sum + time, 0) / total) * width);
  const hold = (1 - clamp(envelope.sustain)) * height;
  return [[0, height], [x[0]!, 0], [x[1]!, hold], [x[2]!, hold], [width, height]];
}

// Gain of a second-order filter at `hz`, as a factor.
export function filterGain(filter: Filter, hz: number): number {
  const q = 0.5 + 10 * clamp(filter.resonance) ** 2;
  const r = hz / filter.cutoff_hz;
  const below = 1 - r * r;
  const bottom = Math.sqrt(below * below + (r / q) ** 2);
  switch (filter.type) {
    case 'highpass':
      return (r * r) / bottom;
    case 'bandpass':
      return r / q / bottom;
    case 'notch':
      return Math.abs(below) / bottom;
    default:
      return 1 / bottom;
  }
}

// 20 Hz..20 kHz from left to right, -36..+18 dB from bottom to top.
export function filterPoints(filter: Filter, width: number, height: number): [number, number][] {
  const steps = 64;
  return Array.from({ length: steps + 1 }, (_, index): [number, number] => {
    const hz = 20 * 1000 ** (index / steps);
    const decibel = 20 * Math.log10(Math.max(1e-4, filterGain(filter, hz)));
    return [(index / steps) * width, (1 - clamp((decibel + 36) / 54)) * height];
  });
}

export const cutoffX = (filter: Filter, width: number) => toUnit('cutoff', filter.cutoff_hz) * width;

// A cable that hangs a little, as a cable does.
export function cablePath(from: [number, number], to: [number, number]): string {
  const sag = Math.max(14, Math.hypot(to[0] - from[0], to[1] - from[1]) * 0.28);
  return `M${point(...from)}C${point(from[0], from[1] + sag)} ${point(to[0], to[1] + sag)} ${point(...to)}`;
}

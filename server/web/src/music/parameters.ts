// The continuous parameters of a patch in their units, and their way to 0..1: the same table as the daemon's.
export interface ParameterRange {
  min: number;
  max: number;
  log: boolean;
}

const ranges: Record<string, ParameterRange> = {
  cutoff: { min: 20, max: 20000, log: true },
  attack: { min: 1, max: 20000, log: true },
  decay: { min: 1, max: 20000, log: true },
  release: { min: 1, max: 20000, log: true },
  detune: { min: -50, max: 50, log: false },
  pitch: { min: -24, max: 24, log: false },
  pan: { min: -1, max: 1, log: false },
  lfo_rate: { min: 0.01, max: 100, log: true },
};
const plain: ParameterRange = { min: 0, max: 1, log: false };

export const rangeOf = (parameter: string) => ranges[parameter] ?? plain;
export const clamp = (value: number, low = 0, high = 1) => Math.min(high, Math.max(low, value));

export function toUnit(parameter: string, value: number): number {
  const { min, max, log } = rangeOf(parameter);
  if (log) return clamp(Math.log(Math.max(value, min) / min) / Math.log(max / min));
  return clamp((value - min) / (max - min));
}

export function fromUnit(parameter: string, unit: number): number {
  const { min, max, log } = rangeOf(parameter);
  const x = clamp(unit);
  return log ? min * (max / min) ** x : min + (max - min) * x;
}

export const ticksPerQuarter = 960;
export const ticksPerStep = 240; // a sixteenth

export interface Meter {
  numerator: number;
  denominator: number;
}

export const barTicks = (meter: Meter) => (ticksPerQuarter * 4 * meter.numerator) / meter.denominator;
export const beatTicks = (meter: Meter) => (ticksPerQuarter * 4) / meter.denominator;
export const tickSeconds = (tempo: number) => 60 / tempo / ticksPerQuarter;

// Off-beat sixteenths move later: at `swing` per cent the second of a pair starts there. In between, ticks are
// stretched with it, so that no two notes change their order.
export function swung(tick: number, swing: number): number {
  const pair = 2 * ticksPerStep;
  const within = tick % pair;
  const middle = Math.round((pair * swing) / 100);
  const moved =
    within <= ticksPerStep
      ? (within * middle) / ticksPerStep
      : middle + ((within - ticksPerStep) * (pair - middle)) / ticksPerStep;
  return tick - within + Math.round(moved);
}

// 1.1.1-style position for people: bar, beat and sixteenth, counted from one.
export function positionName(tick: number, meter: Meter): string {
  const bar = Math.floor(tick / barTicks(meter));
  const inBar = tick - bar * barTicks(meter);
  const beat = Math.floor(inBar / beatTicks(meter));
  const step = Math.floor((inBar - beat * beatTicks(meter)) / ticksPerStep);
  return `${bar + 1}.${beat + 1}.${step + 1}`;
}

// From the seconds of the sound card to ticks and back, through changes of tempo. Pure.
import { tickSeconds } from '../music/time';

export interface Clock {
  tick: number; // at `time`
  time: number; // seconds
  tempo: number;
}

export const tickAt = (clock: Clock, time: number) => clock.tick + (time - clock.time) / tickSeconds(clock.tempo);
export const timeAt = (clock: Clock, tick: number) => clock.time + (tick - clock.tick) * tickSeconds(clock.tempo);
export const withTempo = (clock: Clock, time: number, tempo: number): Clock =>
  tempo === clock.tempo ? clock : { tick: tickAt(clock, time), time, tempo };

// Cuts [from, to) of running ticks at the ends of a loop of `length`: pieces of the loop, each with the running
// tick at which its loop began.
export function loopPieces(from: number, to: number, length: number): { from: number; to: number; origin: number }[] {
  const pieces = [];
  for (let at = from; at < to; ) {
    const origin = Math.floor(at / length) * length;
    const end = Math.min(to, origin + length);
    pieces.push({ from: at - origin, to: end - origin, origin });
    at = end;
  }
  return pieces;
}

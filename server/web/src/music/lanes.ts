// How the parameters move over a timeline: patch values and macros at its start, automation that replaces them,
// LFOs that are added. The same arithmetic as the daemon's, so that both sound alike. Pure.
import type { Automation, Interpolation, LfoShape, Patch, SessionDocument } from '../api/types';
import { clamp, toUnit } from './parameters';
import { tickSeconds, ticksPerQuarter } from './time';

export interface ParameterEvent {
  tick: number;
  track: number;
  parameter: string;
  value: number; // 0..1
}

interface Placed {
  start: number;
  length: number;
  index: number;
}

interface Lane {
  track: number;
  parameter: string;
  rest: number;
  setAtStart: boolean;
  automation: { from: number; until: number; source: Automation }[];
  lfos: LfoShape[];
}

const finestGrid = ticksPerQuarter / 16;
const mostEvents = 400000;
const smallestMove = 1 / 1024;

export function automationValue(automation: Automation, tick: number): number {
  const { points } = automation;
  const after = points.findIndex((point) => point.tick > tick);
  if (after === 0) return points[0]!.value;
  const left = points[after < 0 ? points.length - 1 : after - 1]!;
  const right = after < 0 ? undefined : points[after];
  return right ? between(left.value, right.value, (tick - left.tick) / (right.tick - left.tick), automation.interpolation) : left.value;
}

function between(low: number, high: number, part: number, interpolation: Interpolation): number {
  if (interpolation === 'step') return low;
  const eased = interpolation === 'smooth' ? (1 - Math.cos(part * Math.PI)) / 2 : part;
  return low * (1 - eased) + high * eased;
}

// A drawn cycle at `phase` 0..1 by its interpolation between samples, the last leading back to the first.
export function lfoValue(samples: number[], phase: number, interpolation: Interpolation = 'linear'): number {
  const place = (phase - Math.floor(phase)) * samples.length;
  const left = Math.floor(place) % samples.length;
  const right = (left + 1) % samples.length;
  return between(samples[left]!, samples[right]!, place - Math.floor(place), interpolation);
}

// Ticks of one cycle; one in seconds has more of them the faster the music is.
export const lfoCycle = (lfo: LfoShape, tempo: number) => (lfo.seconds ? lfo.seconds / tickSeconds(tempo) : lfo.cycle);

// What the LFO adds to its parameter at a tick.
export function lfoMove(lfo: LfoShape, tick: number, tempo: number): number {
  const sample = lfoValue(lfo.samples, tick / lfoCycle(lfo, tempo), lfo.interpolation);
  return (lfo.unipolar ? (sample + 1) / 2 : sample / 2) * lfo.depth;
}

function patchValues(patch: Patch): [string, number][] {
  const { filter, envelope } = patch;
  return [
    ['cutoff', toUnit('cutoff', filter.cutoff_hz)], ['resonance', filter.resonance],
    ['attack', toUnit('attack', envelope.attack_ms)], ['decay', toUnit('decay', envelope.decay_ms)],
    ['sustain', envelope.sustain], ['release', toUnit('release', envelope.release_ms)],
    ['drive', patch.drive], ['noise', patch.noise],
    ['detune', toUnit('detune', patch.oscillators[0]?.detune_cents ?? 0)],
    ['reverb', patch.reverb], ['delay', patch.delay],
  ];
}

class Lanes {
  private readonly lanes = new Map<string, Lane>();

  constructor(private readonly document: SessionDocument) {
    document.tracks.forEach((track, index) => {
      if (track.patch) for (const [parameter, value] of patchValues(track.patch)) this.rest(index, parameter, value);
    });
    for (const macro of document.macros ?? []) {
      for (const target of macro.targets) {
        const track = this.trackOf(target.track);
        const lane = this.lane(track, target.parameter);
        this.rest(track, target.parameter, (lane.setAtStart ? lane.rest : 0.5) + target.amount * (macro.value - 0.5));
      }
    }
    for (const lfo of document.lfos ?? []) this.lane(this.trackOf(lfo.track), lfo.parameter).lfos.push(lfo);
  }

  placeAutomation(sections: Placed[]): void {
    for (const section of sections) {
      for (const part of this.document.arrangement[section.index]!.parts) {
        const track = this.trackOf(part.track);
        const pattern = this.document.tracks[track]?.patterns.find((candidate) => candidate.id === part.pattern);
        const until = section.start + section.length;
        if (!pattern?.automation?.length) continue;
        for (let from = section.start; from < until; from += pattern.length) {
          for (const source of pattern.automation) {
            this.lane(track, source.parameter).automation.push({ from, until: Math.min(until, from + pattern.length), source });
          }
        }
      }
    }
  }

  all(): Lane[] {
    return [...this.lanes.values()].filter((lane) => lane.track >= 0);
  }

  private trackOf(id: string): number {
    return this.document.tracks.findIndex((track) => track.id === id);
  }

  private lane(track: number, parameter: string): Lane {
    const key = `${track} ${parameter}`;
    let lane = this.lanes.get(key);
    if (!lane) this.lanes.set(key, (lane = { track, parameter, rest: 0.5, setAtStart: false, automation: [], lfos: [] }));
    return lane;
  }

  private rest(track: number, parameter: string, value: number): void {
    Object.assign(this.lane(track, parameter), { rest: clamp(value), setAtStart: true });
  }
}

const moves = (lane: Lane) => lane.automation.length > 0 || lane.lfos.length > 0;

function walk(lane: Lane, length: number, step: number, tempo: number): ParameterEvent[] {
  const events: ParameterEvent[] = [];
  let sent = -1;
  let piece = 0;
  for (let tick = 0; tick < (moves(lane) ? length : 1); tick += step) {
    while (piece < lane.automation.length && lane.automation[piece]!.until <= tick) ++piece;
    const now = lane.automation[piece];
    let value = now && tick >= now.from ? automationValue(now.source, tick - now.from) : lane.rest;
    for (const lfo of lane.lfos) value += lfoMove(lfo, tick, tempo);
    value = clamp(value);
    if (Math.abs(value - sent) < smallestMove) continue;
    events.push({ tick, track: lane.track, parameter: lane.parameter, value });
    sent = value;
  }
  return events;
}

export function laneEvents(document: SessionDocument, sections: Placed[], length: number): ParameterEvent[] {
  const lanes = new Lanes(document);
  lanes.placeAutomation(sections);
  const all = lanes.all();
  let step = finestGrid;
  while ((length / step) * all.filter(moves).length > mostEvents) step *= 2;
  return all.flatMap((lane) => walk(lane, length, step, document.tempo_bpm)).sort((a, b) => a.tick - b.tick);
}

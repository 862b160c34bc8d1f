// One note: oscillators and noise through a filter and an envelope. Gone by itself after its release.
import * as Tone from 'tone';
import type { Patch, Wave } from '../api/types';
import { clamp } from '../music/parameters';
import { frequency } from '../music/pitch';

interface Sounding {
  pitch: number;
  velocity: number;
  time: number;
  seconds: number;
}

const shapes: Record<Wave, 'sine' | 'triangle' | 'sawtooth' | 'square' | 'custom' | null> = {
  sine: 'sine', triangle: 'triangle', saw: 'sawtooth', square: 'square', wavetable: 'custom', noise: null,
};
const wavetablePartials = [1, 0.2, 0.45, 0.1, 0.3, 0.05, 0.2];
const qualityOf = (resonance: number) => 0.5 + 14 * clamp(resonance) ** 2;

export class Voice {
  private readonly filter: Tone.Filter;
  private readonly amp: Tone.AmplitudeEnvelope;
  private readonly loudness: Tone.Gain;
  private readonly oscillators: Tone.Oscillator[] = [];
  private readonly noises: Tone.Noise[] = [];
  private readonly ends: number;
  private readonly opened: number; // octaves that this note's envelope and velocity open the filter
  private disposed = false;

  constructor(private readonly patch: Patch, private readonly note: Sounding, output: Tone.ToneAudioNode) {
    const { envelope } = patch;
    const release = Math.max(0.01, envelope.release_ms / 1000);
    this.loudness = new Tone.Gain((note.velocity / 127) ** 1.4 / Math.sqrt(Math.max(1, patch.oscillators.length))).connect(output);
    this.amp = new Tone.AmplitudeEnvelope({
      attack: Math.max(0.002, envelope.attack_ms / 1000), decay: Math.max(0.005, envelope.decay_ms / 1000),
      sustain: clamp(envelope.sustain), release,
    }).connect(this.loudness);
    this.filter = new Tone.Filter({ type: patch.filter.type, frequency: patch.filter.cutoff_hz, Q: qualityOf(patch.filter.resonance) }).connect(this.amp);
    this.opened = this.depthOf('velocity') * (note.velocity / 127) * 4;
    this.ends = note.time + note.seconds + release + 0.05;
    this.startSources();
    this.sweep();
    this.amp.triggerAttackRelease(Math.max(0.01, note.seconds), note.time);
  }

  over(now: number): boolean {
    if (!this.disposed && now > this.ends) this.dispose();
    return this.disposed;
  }

  // Follows the patch while it sounds; a note that has not begun yet keeps what it was made with.
  bend(patch: Patch, time: number): void {
    if (this.disposed || time > this.ends || time < this.note.time) return;
    this.oscillators.forEach((oscillator, index) => {
      oscillator.detune.setTargetAtTime(patch.oscillators[index]?.detune_cents ?? 0, time, 0.01);
    });
    if (this.depthOf('envelope') !== 0) return;
    this.filter.frequency.setTargetAtTime(this.cutoff(patch.filter.cutoff_hz, this.opened), time, 0.012);
    this.filter.Q.setTargetAtTime(qualityOf(patch.filter.resonance), time, 0.012);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    for (const node of [...this.oscillators, ...this.noises, this.filter, this.amp, this.loudness]) node.dispose();
  }

  private depthOf(source: string): number {
    return this.patch.modulation
      .filter((cable) => cable.source === source && cable.destination === 'cutoff')
      .reduce((sum, cable) => sum + cable.depth, 0);
  }

  private cutoff(hz: number, octaves: number): number {
    return clamp(hz * 2 ** octaves, 20, 18000);
  }

  // An envelope on the cutoff: up within the attack, down to the sustain within the decay.
  private sweep(): void {
    const depth = this.depthOf('envelope') * 4;
    const { time } = this.note;
    const base = this.cutoff(this.patch.filter.cutoff_hz, this.opened);
    this.filter.frequency.setValueAtTime(base, time);
    if (depth === 0) return;
    const { attack_ms, decay_ms, sustain } = this.patch.envelope;
    const top = time + Math.max(0.002, attack_ms / 1000);
    this.filter.frequency.exponentialRampToValueAtTime(this.cutoff(base, depth), top);
    this.filter.frequency.exponentialRampToValueAtTime(this.cutoff(base, depth * sustain), top + Math.max(0.01, decay_ms / 1000));
  }

  private startSources(): void {
    for (const source of this.patch.oscillators) {
      const shape = shapes[source.wave];
      if (shape === null) this.addNoise(source.level);
      else this.addOscillator(shape, source.level, source.detune_cents, source.octave);
    }
    if (this.patch.noise > 0.01) this.addNoise(this.patch.noise * 0.5);
  }

  private addOscillator(shape: 'sine' | 'triangle' | 'sawtooth' | 'square' | 'custom', level: number, detune: number, octave: number): void {
    const oscillator = new Tone.Oscillator({ frequency: frequency(this.note.pitch + 12 * octave), detune, volume: Tone.gainToDb(Math.max(0.0001, level * 0.6)) });
    if (shape === 'custom') oscillator.partials = wavetablePartials;
    else oscillator.type = shape;
    oscillator.connect(this.filter).start(this.note.time).stop(this.ends);
    this.oscillators.push(oscillator);
  }

  private addNoise(level: number): void {
    const noise = new Tone.Noise({ type: 'white', volume: Tone.gainToDb(Math.max(0.0001, level * 0.4)) });
    noise.connect(this.filter).start(this.note.time).stop(this.ends);
    this.noises.push(noise);
  }
}

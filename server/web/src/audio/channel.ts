// One track's sound: its voices, then drive, echo, level and pan, with a send into the shared room.
import * as Tone from 'tone';
import type { Patch, SessionDocument, Track } from '../api/types';
import { fromUnit } from '../music/parameters';
import { DrumKit } from './drums';
import { effectivePatch } from './effective_patch';
import { Voice } from './voice';

const maxVoices = 16;
const plainPatch: Patch = {
  name: '', oscillators: [{ wave: 'triangle', detune_cents: 0, level: 1, octave: 0 }], noise: 0,
  filter: { type: 'lowpass', cutoff_hz: 6000, resonance: 0.1 },
  envelope: { attack_ms: 5, decay_ms: 120, sustain: 0.7, release_ms: 200 }, drive: 0, reverb: 0.15, delay: 0, modulation: [],
};
const drumLevel = 0.8;
const tuneLevel = 0.42;

export class Channel {
  private readonly input = new Tone.Gain(1);
  private readonly drive = new Tone.Distortion({ distortion: 0.6, wet: 0 });
  private readonly echo = new Tone.FeedbackDelay({ delayTime: 0.33, feedback: 0.35, wet: 0 });
  private readonly level = new Tone.Gain(tuneLevel);
  private readonly pan = new Tone.Panner(0);
  private readonly gate = new Tone.Gain(1);
  private readonly send = new Tone.Gain(0);
  private kit: DrumKit | null = null;
  private voices: Voice[] = [];
  private patch: Patch = plainPatch;
  private live: Record<string, number> = {};

  constructor(track: Track, document: SessionDocument, output: Tone.ToneAudioNode, room: Tone.ToneAudioNode) {
    this.input.chain(this.drive, this.echo, this.level, this.pan, this.gate, output);
    this.gate.connect(this.send);
    this.send.connect(room);
    this.setTrack(track, document);
    this.level.gain.value = track.role === 'drums' ? drumLevel : tuneLevel;
    this.drive.wet.value = this.driveMix(this.patch.drive);
    this.echo.wet.value = this.patch.delay * 0.5;
    this.send.gain.value = this.patch.reverb * 0.8;
  }

  setTrack(track: Track, document: SessionDocument): void {
    this.patch = track.patch ?? plainPatch;
    if (track.role === 'drums') this.kit ??= new DrumKit(this.input);
    this.live = {};
    this.echo.delayTime.value = Math.min(0.9, 45 / document.tempo_bpm); // a dotted eighth
  }

  mute(on: boolean): void {
    this.gate.gain.rampTo(on ? 0 : 1, 0.02);
  }

  play(pitch: number, velocity: number, time: number, seconds: number): void {
    if (this.kit) {
      this.kit.play(pitch, velocity, time);
      return;
    }
    const now = Tone.immediate();
    this.voices = this.voices.filter((voice) => !voice.over(now));
    if (this.voices.length >= maxVoices) this.voices.shift()?.dispose();
    this.voices.push(new Voice(effectivePatch(this.patch, this.live), { pitch, velocity, time, seconds }, this.input));
  }

  setParameter(parameter: string, value: number, time: number): void {
    this.live[parameter] = value;
    switch (parameter) {
      case 'cutoff':
      case 'resonance':
      case 'pitch':
      case 'detune':
        this.bend(time);
        break;
      case 'level':
        this.level.gain.setTargetAtTime(value * (this.kit ? 1 : 0.6), time, 0.01);
        break;
      case 'pan':
        this.pan.pan.setTargetAtTime(fromUnit('pan', value), time, 0.01);
        break;
      case 'reverb':
        this.send.gain.setTargetAtTime(value * 0.8, time, 0.02);
        break;
      case 'delay':
        this.echo.wet.setTargetAtTime(value * 0.5, time, 0.02);
        break;
      case 'drive':
        this.drive.wet.setTargetAtTime(this.driveMix(value), time, 0.02);
        break;
    }
  }

  dispose(): void {
    for (const voice of this.voices) voice.dispose();
    this.kit?.dispose();
    for (const node of [this.input, this.drive, this.echo, this.level, this.pan, this.gate, this.send]) node.dispose();
  }

  private bend(time: number): void {
    const patch = effectivePatch(this.patch, this.live);
    for (const voice of this.voices) voice.bend(patch, time);
  }

  // Below a hundredth the shaper is out of the way altogether.
  private driveMix(drive: number): number {
    return drive < 0.01 ? 0 : Math.min(1, 0.1 + drive);
  }
}

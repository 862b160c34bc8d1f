// A small synthetic kit for the General MIDI drum notes.
import * as Tone from 'tone';

type Kind = 'kick' | 'tom' | 'snare' | 'clap' | 'closed' | 'open' | 'cymbal' | 'tick';

export function drumKind(pitch: number): Kind {
  if (pitch === 35 || pitch === 36) return 'kick';
  if (pitch === 38 || pitch === 40) return 'snare';
  if (pitch === 39) return 'clap';
  if (pitch === 42 || pitch === 44 || pitch === 69 || pitch === 70 || pitch === 82) return 'closed';
  if (pitch === 46) return 'open';
  if ([49, 51, 52, 53, 55, 57, 59].includes(pitch)) return 'cymbal';
  if ([41, 43, 45, 47, 48, 50, 60, 61, 62, 63, 64].includes(pitch)) return 'tom';
  return 'tick';
}

export class DrumKit {
  private readonly bright = new Tone.Filter(7000, 'highpass');
  private readonly body = new Tone.Filter(1800, 'bandpass');
  private readonly kick = new Tone.MembraneSynth({ pitchDecay: 0.045, octaves: 6, envelope: { attack: 0.001, decay: 0.38, sustain: 0, release: 0.1 } });
  private readonly tom = new Tone.MembraneSynth({ pitchDecay: 0.06, octaves: 3, volume: -4, envelope: { attack: 0.001, decay: 0.3, sustain: 0, release: 0.1 } });
  private readonly snare = new Tone.NoiseSynth({ volume: -5, envelope: { attack: 0.001, decay: 0.17, sustain: 0 } });
  private readonly clap = new Tone.NoiseSynth({ volume: -4, noise: { type: 'pink' }, envelope: { attack: 0.012, decay: 0.16, sustain: 0 } });
  private readonly hat = new Tone.NoiseSynth({ volume: -12, envelope: { attack: 0.001, decay: 0.045, sustain: 0 } });
  private readonly open = new Tone.NoiseSynth({ volume: -13, envelope: { attack: 0.001, decay: 0.32, sustain: 0 } });
  private readonly cymbal = new Tone.NoiseSynth({ volume: -14, envelope: { attack: 0.002, decay: 1.1, sustain: 0 } });
  private readonly stick = new Tone.Synth({ volume: -10, oscillator: { type: 'triangle' }, envelope: { attack: 0.001, decay: 0.05, sustain: 0, release: 0.02 } });
  // A voice with one sound at a time must be asked in the order of time.
  private readonly last = new Map<Kind, number>();

  constructor(output: Tone.ToneAudioNode) {
    this.bright.connect(output);
    this.body.connect(output);
    for (const low of [this.kick, this.tom, this.stick]) low.connect(output);
    for (const high of [this.hat, this.open, this.cymbal]) high.connect(this.bright);
    this.snare.connect(output);
    this.clap.connect(this.body);
  }

  play(pitch: number, velocity: number, time: number): void {
    const kind = drumKind(pitch);
    const at = Math.max(time, (this.last.get(kind) ?? 0) + 0.001);
    this.last.set(kind, at);
    const loud = (velocity / 127) ** 1.3;
    switch (kind) {
      case 'kick': this.kick.triggerAttackRelease('C1', 0.3, at, loud); break;
      case 'tom': this.tom.triggerAttackRelease(90 + (pitch - 41) * 11, 0.25, at, loud); break;
      case 'snare': this.snare.triggerAttackRelease(0.17, at, loud); break;
      case 'clap': this.clap.triggerAttackRelease(0.16, at, loud); break;
      case 'closed': this.hat.triggerAttackRelease(0.05, at, loud); break;
      case 'open': this.open.triggerAttackRelease(0.3, at, loud); break;
      case 'cymbal': this.cymbal.triggerAttackRelease(1, at, loud); break;
      case 'tick': this.stick.triggerAttackRelease(700 + (pitch % 12) * 60, 0.04, at, loud); break;
    }
  }

  dispose(): void {
    const nodes = [this.kick, this.tom, this.snare, this.clap, this.hat, this.open, this.cymbal, this.stick, this.bright, this.body];
    for (const node of nodes) node.dispose();
  }
}

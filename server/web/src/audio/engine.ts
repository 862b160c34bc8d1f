// Plays a session in the browser: looks a little ahead on the sound card's clock and hands notes to channels.
import * as Tone from 'tone';
import type { SessionDocument } from '../api/types';
import type { ParameterEvent } from '../music/lanes';
import { notesBetween, parametersBetween, type Timeline, type TimelineNote } from '../music/timeline';
import { tickSeconds } from '../music/time';
import { Channel } from './channel';
import { loopPieces, tickAt, timeAt, withTempo, type Clock } from './clock';

export interface HearOptions {
  loop: boolean;
  muted: ReadonlySet<string>;
  tempo: number;
}

const ahead = 0.18; // seconds
const interval = 0.05;

export class Engine {
  private document: SessionDocument | null = null;
  private timeline: Timeline | null = null;
  private options: HearOptions = { loop: true, muted: new Set(), tempo: 120 };
  private clock: Clock = { tick: 0, time: 0, tempo: 120 };
  private scheduledTo = 0;
  private channels: Channel[] = [];
  private master: Tone.Limiter | null = null;
  private room: Tone.Reverb | null = null;
  private timer: number | null = null;

  constructor(private readonly onEnd: () => void) {}

  async start(document: SessionDocument, timeline: Timeline, options: HearOptions): Promise<void> {
    await this.wake();
    this.document = document;
    this.timeline = timeline;
    this.options = options;
    this.build();
    this.clock = { tick: 0, time: Tone.now() + 0.12, tempo: options.tempo };
    this.scheduledTo = 0;
    this.timer = Tone.getContext().setInterval(() => this.advance(), interval);
    this.advance();
  }

  stop(): void {
    this.silence();
  }

  // Plays `notes` as they lie to each other, from the first on, and nothing else.
  async once(document: SessionDocument, notes: TimelineNote[]): Promise<void> {
    await this.wake();
    this.document = document;
    this.build();
    const begin = Tone.now() + 0.05;
    const second = tickSeconds(document.tempo_bpm);
    for (const note of notes) {
      const at = begin + (note.start - notes[0]!.start) * second;
      this.channels[note.track]?.play(note.pitch, note.velocity, at, note.duration * second);
    }
  }

  private async wake(): Promise<void> {
    await Tone.start();
    this.silence();
    this.master ??= new Tone.Limiter(-1).toDestination();
    this.room ??= new Tone.Reverb({ decay: 2.8, wet: 1 }).connect(this.master);
  }

  // Ticks into the session, as heard now.
  tick(): number | null {
    if (this.timer === null || !this.timeline) return null;
    const tick = tickAt(this.clock, Tone.immediate());
    return tick < 0 ? 0 : tick % this.timeline.length;
  }

  update(document: SessionDocument, timeline: Timeline, options: HearOptions): void {
    if (this.timer === null) return;
    const rebuilt = document.tracks.length !== this.channels.length;
    this.clock = withTempo(this.clock, Math.max(Tone.now(), this.clock.time), options.tempo);
    this.document = document;
    this.timeline = timeline;
    this.options = options;
    if (rebuilt) this.build();
    else this.channels.forEach((channel, index) => channel.setTrack(document.tracks[index]!, document));
    this.chase(timeline);
    this.applyMutes();
  }

  private build(): void {
    this.disposeChannels();
    const { document } = this;
    if (!document || !this.master || !this.room) return;
    this.channels = document.tracks.map((track) => new Channel(track, document, this.master!, this.room!));
    this.applyMutes();
  }

  private applyMutes(): void {
    this.document?.tracks.forEach((track, index) => this.channels[index]?.mute(this.options.muted.has(track.id)));
  }

  private advance(): void {
    const { timeline } = this;
    if (!timeline || timeline.length === 0) return;
    const to = tickAt(this.clock, Tone.immediate() + ahead);
    // What was missed while the browser slept stays silent; all of it at once would be a bang.
    this.scheduledTo = Math.max(this.scheduledTo, tickAt(this.clock, Tone.immediate() - ahead));
    if (to > this.scheduledTo) {
      for (const piece of loopPieces(this.scheduledTo, to, timeline.length)) this.schedule(timeline, piece);
      this.scheduledTo = to;
    }
    const over = !this.options.loop && tickAt(this.clock, Tone.immediate()) >= timeline.length;
    if (over) {
      this.silence();
      this.onEnd();
    }
  }

  private schedule(timeline: Timeline, piece: { from: number; to: number; origin: number }): void {
    if (piece.origin > 0 && !this.options.loop) return;
    const at = (tick: number) => Math.max(Tone.immediate(), timeAt(this.clock, piece.origin + tick));
    const parameters = parametersBetween(timeline, piece.from, piece.to);
    let next = 0;
    const moveTo = (tick: number) => {
      for (; next < parameters.length && parameters[next]!.tick <= tick; ++next) {
        const event = parameters[next]!;
        this.channels[event.track]?.setParameter(event.parameter, event.value, at(event.tick));
      }
    };
    const second = tickSeconds(this.clock.tempo);
    for (const note of notesBetween(timeline, piece.from, piece.to)) {
      moveTo(note.start);
      this.channels[note.track]?.play(note.pitch, note.velocity, at(note.start), note.duration * second);
    }
    moveTo(piece.to);
  }

  // Says anew what was said before the place where a changed session goes on.
  private chase(timeline: Timeline): void {
    const here = timeline.length > 0 ? this.scheduledTo % timeline.length : 0;
    const last = new Map<string, ParameterEvent>();
    for (const event of parametersBetween(timeline, 0, here)) last.set(`${event.track} ${event.parameter}`, event);
    const now = Tone.now();
    for (const event of last.values()) this.channels[event.track]?.setParameter(event.parameter, event.value, now);
  }

  private silence(): void {
    if (this.timer !== null) Tone.getContext().clearInterval(this.timer);
    this.timer = null;
    this.disposeChannels();
  }

  private disposeChannels(): void {
    for (const channel of this.channels) channel.dispose();
    this.channels = [];
  }
}

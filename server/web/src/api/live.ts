// The box's live socket: strokes out, readings and sessions in. It comes back by itself, to the drawing it had.
import type { Drawn } from '../draw/wire';
import type { LiveReading, SessionDocument } from './types';
import { reconnectDelay, type Connection } from './events';

export type Quantise = 'step' | 'bar';

export interface LiveWish {
  mode: string;
  quantise: Quantise;
  canvas: { width: number; height: number };
}

export type LiveChange =
  | { type: 'stroke'; stroke: Drawn }
  | { type: 'erase'; strokes: number[] }
  | { type: 'change'; mode?: string; quantise?: Quantise }
  | { type: 'play'; devices?: string[] }
  | { type: 'stop' }
  | { type: 'keep' }
  | { type: 'close' };

export type LiveAnswer =
  | { type: 'opened'; drawing: string; resumed: boolean; strokes: number[]; play_id: string | null }
  | { type: 'reading'; seq: number | null; strokes: number; reading: LiveReading; read_ms: number }
  | { type: 'session'; seq: number | null; document: SessionDocument; swapped: boolean }
  | { type: 'playing'; play_id: string; session_id: string }
  | { type: 'stopped'; play_id: string }
  | { type: 'kept'; session: { id: string; title: string } }
  | { type: 'closed'; session_id: string | null }
  | { type: 'error'; seq: number | null; code: string; message: string; errors: { pointer?: string; message: string }[] };

export interface LiveSocketOptions {
  wish: () => LiveWish; // asked at each connection
  onAnswer: (answer: LiveAnswer) => void;
  onConnection: (state: Connection) => void;
  open?: (url: string) => WebSocket;
  later?: (callback: () => void, milliseconds: number) => void;
}

export const liveUrl = (origin: string) => origin.replace(/^http/, 'ws') + '/api/v1/live';

export class LiveSocket {
  private socket: WebSocket | null = null;
  private drawing: string | null = null;
  private opened = false;
  private over = false;
  private failures = 0;
  private seq = 0;

  constructor(
    private readonly origin: string,
    private readonly options: LiveSocketOptions,
  ) {}

  start(): void {
    const open = this.options.open ?? ((url: string) => new WebSocket(url));
    this.options.onConnection('connecting');
    const socket = open(liveUrl(this.origin));
    this.socket = socket;
    socket.onopen = () => {
      const resume = this.drawing === null ? {} : { resume: this.drawing };
      socket.send(JSON.stringify({ type: 'open', ...this.options.wish(), ...resume }));
    };
    socket.onmessage = (message) => this.receive(JSON.parse(String(message.data)) as LiveAnswer);
    socket.onclose = () => this.lost();
  }

  // The number that comes back with what came of it; null while there is no connection.
  send(change: LiveChange): number | null {
    if (!this.opened || !this.socket) return null;
    this.socket.send(JSON.stringify({ ...change, seq: ++this.seq }));
    return this.seq;
  }

  // Ends the drawing; the box answers `closed` with the session it became. Without a connection nothing more comes.
  close(): void {
    if (this.send({ type: 'close' }) !== null) return;
    this.over = true;
    this.socket?.close();
  }

  private receive(answer: LiveAnswer): void {
    if (answer.type === 'opened') {
      this.drawing = answer.drawing;
      this.opened = true;
      this.failures = 0;
      this.options.onConnection('online');
    }
    if (answer.type === 'closed') this.over = true;
    this.options.onAnswer(answer);
  }

  private lost(): void {
    this.opened = false;
    if (this.over) return;
    this.options.onConnection('offline');
    const later = this.options.later ?? ((callback, ms) => void setTimeout(callback, ms));
    later(() => {
      if (!this.over) this.start();
    }, reconnectDelay(this.failures++));
  }
}

// The daemon's events over one WebSocket that comes back by itself and asks for what it missed.
import type { BusEvent } from './types';

export type Connection = 'connecting' | 'online' | 'offline';

export interface EventStreamOptions {
  onEvent: (event: BusEvent) => void;
  onConnection: (state: Connection) => void;
  // A socket for a URL; tests give their own.
  open?: (url: string) => WebSocket;
  later?: (callback: () => void, milliseconds: number) => void;
}

// 0.3 s at first, doubling to 5 s: a box that restarts is found again within seconds.
export const reconnectDelay = (failures: number) => Math.min(5000, 300 * 2 ** failures);

export const eventsUrl = (origin: string, since: number | null) => {
  const base = origin.replace(/^http/, 'ws') + '/api/v1/events';
  return since === null ? base : `${base}?since=${since}`;
};

export class EventStream {
  private last: number | null = null;
  private failures = 0;
  private socket: WebSocket | null = null;
  private closed = false;

  constructor(
    private readonly origin: string,
    private readonly options: EventStreamOptions,
  ) {}

  start(): void {
    const open = this.options.open ?? ((url: string) => new WebSocket(url));
    this.options.onConnection('connecting');
    const socket = open(eventsUrl(this.origin, this.last));
    this.socket = socket;
    socket.onopen = () => {
      this.failures = 0;
      this.options.onConnection('online');
    };
    socket.onmessage = (message) => this.receive(String(message.data));
    socket.onclose = () => this.lost();
  }

  stop(): void {
    this.closed = true;
    this.socket?.close();
  }

  private receive(text: string): void {
    const event = JSON.parse(text) as BusEvent;
    if (typeof event.seq === 'number') this.last = event.seq;
    this.options.onEvent(event);
  }

  private lost(): void {
    if (this.closed) return;
    this.options.onConnection('offline');
    const later = this.options.later ?? ((callback, ms) => void setTimeout(callback, ms));
    later(() => {
      if (!this.closed) this.start();
    }, reconnectDelay(this.failures++));
  }
}

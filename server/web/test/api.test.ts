import { afterEach, describe, expect, it, vi } from 'vitest';
import { api, pageFrom } from '../src/api/client';
import { eventsUrl, EventStream, reconnectDelay } from '../src/api/events';
import { ApiError, describe as words, fieldName, problemFrom } from '../src/api/problem';
import { retryDelay, worthRetrying } from '../src/api/upload';

afterEach(() => vi.unstubAllGlobals());

const answers = (status: number, body: string, type = 'application/json') => {
  const asked = vi.fn().mockResolvedValue(new Response(body === '' ? null : body, { status, headers: { 'content-type': type } }));
  vi.stubGlobal('fetch', asked);
  return asked;
};

describe('a call', () => {
  it('sends JSON below /api/v1 and gives what is answered', async () => {
    const asked = answers(201, '{"id":"p1"}');
    expect(await api.play('a b', { devices: ['max'], loops: 0, quantise: 'none' })).toEqual({ id: 'p1' });
    expect(asked.mock.calls[0]![0]).toBe('/api/v1/sessions/a%20b/play');
    expect(JSON.parse(asked.mock.calls[0]![1].body)).toEqual({ devices: ['max'], loops: 0, quantise: 'none' });
  });

  it('takes an empty answer', async () => {
    answers(204, '');
    expect(await api.cancelJob('j')).toBeUndefined();
  });

  it('asks for a page of a list without empty words', async () => {
    const asked = answers(200, '{"items":[{"id":"s"}],"next_cursor":"c"}');
    expect(await api.sessions({ q: '', limit: 2 })).toEqual({ items: [{ id: 's' }], next: 'c' });
    expect(asked.mock.calls[0]![0]).toBe('/api/v1/sessions?limit=2');
  });

  it('fails with the reason and the field that the daemon names', async () => {
    answers(400, '{"title":"Bad request","detail":"no such mode","errors":[{"pointer":"/mode","message":"is unknown"}]}', 'application/problem+json');
    await expect(api.transport()).rejects.toThrow('no such mode\nmode: is unknown');
  });

  it('says so when nobody answers', async () => {
    vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('failed')));
    await expect(api.transport()).rejects.toMatchObject({ status: 0 } satisfies Partial<ApiError>);
  });
});

it('finds the list in an answer under any name, and its last page', () => {
  expect(pageFrom({ devices: [1], next_cursor: null })).toEqual({ items: [1] });
  expect(pageFrom([2])).toEqual({ items: [2] });
});

describe('a problem', () => {
  it('counts from one and leaves the slashes out', () => {
    expect(fieldName('/tracks/0/patch/cutoff_hz')).toBe('tracks 1, patch, cutoff hz');
  });
  it('does with the status line when the body is no problem', () => {
    expect(problemFrom(502, 'text/html', '<h1>').title).toBe('The box answered 502');
  });
  it('does not say the same twice', () => {
    expect(words({ title: 'Gone', detail: 'Gone', errors: [{ pointer: '/image', message: 'Gone' }] })).toBe('Gone');
  });
});

describe('an upload', () => {
  it('is tried again only where that can help, later each time', () => {
    expect([0, 429, 503].every(worthRetrying)).toBe(true);
    expect([-1, 400, 413, 500].some(worthRetrying)).toBe(false);
    expect([2, 3, 4, 9].map(retryDelay)).toEqual([500, 1000, 2000, 8000]);
  });
});

describe('the stream of events', () => {
  class Socket {
    onopen: () => void = () => undefined;
    onmessage: (message: { data: string }) => void = () => undefined;
    onclose: () => void = () => undefined;
    close = () => this.onclose();
    constructor(readonly url: string) {}
  }

  it('comes back by itself and asks for what it missed', () => {
    const sockets: Socket[] = [];
    const waits: number[] = [];
    const states: string[] = [];
    const seen: number[] = [];
    const stream = new EventStream('http://box', {
      onEvent: (event) => seen.push(event.seq),
      onConnection: (state) => states.push(state),
      open: (url) => {
        const socket = new Socket(url);
        sockets.push(socket);
        return socket as unknown as WebSocket;
      },
      later: (again, milliseconds) => {
        waits.push(milliseconds);
        again();
      },
    });
    stream.start();
    sockets[0]!.onopen();
    sockets[0]!.onmessage({ data: '{"seq":7,"topic":"jobs","type":"job.changed","data":{}}' });
    sockets[0]!.onclose();
    expect(seen).toEqual([7]);
    expect(sockets.map((socket) => socket.url)).toEqual(['ws://box/api/v1/events', 'ws://box/api/v1/events?since=7']);
    expect(states).toEqual(['connecting', 'online', 'offline', 'connecting']);
    stream.stop();
    expect(sockets).toHaveLength(2);
    expect(waits).toEqual([300]);
  });

  it('waits longer after each failure, but not for ever', () => {
    expect([0, 1, 2, 10].map(reconnectDelay)).toEqual([300, 600, 1200, 5000]);
    expect(eventsUrl('https://box', null)).toBe('wss://box/api/v1/events');
  });
});

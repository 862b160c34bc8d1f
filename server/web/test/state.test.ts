import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '../src/api/client';
import type { BusEvent, Job } from '../src/api/types';
import { applyEvent, box, currentPlay, emptyBox, position, withPlay } from '../src/state/box';
import { nudgeTempo, tempo } from '../src/state/playing';
import { receive } from '../src/state/receive';
import { refresh } from '../src/state/refresh';
import { hashOf, parseRoute } from '../src/state/route';

const event = (topic: BusEvent['topic'], type: string, data: unknown): BusEvent => ({ seq: 1, at: '', topic, type, data });

describe('what the box says', () => {
  beforeEach(() => {
    box.value = { ...emptyBox, transport: { tempo_bpm: 60, playing: true } };
    position.value = null;
  });

  it('replaces a job by its newer state', () => {
    const first = applyEvent(emptyBox, event('jobs', 'job.changed', { id: 'j', state: 'queued' } as Job));
    const second = applyEvent(first, event('jobs', 'job.changed', { id: 'j', state: 'done' } as Job));
    expect(second.jobs.j!.state).toBe('done');
  });

  it('keeps what it knows of a device that only changes in part', () => {
    const known = { ...emptyBox, devices: [{ id: 'max', driver: 'osc', enabled: true, state: 'ready' }] };
    expect(applyEvent(known, event('devices', 'device.changed', { id: 'max', state: 'failed' })).devices).toEqual([
      { id: 'max', driver: 'osc', enabled: true, state: 'failed' },
    ]);
  });

  it('forgets a play that is over', () => {
    receive(event('plays', 'play.changed', { id: 'p', session_id: 's', state: 'playing', tick: 5 }), 0);
    expect(currentPlay(box.value)!.id).toBe('p');
    receive(event('plays', 'play.changed', { id: 'p', session_id: 's', state: 'stopped' }), 0);
    expect(currentPlay(box.value)).toBeUndefined();
  });

  it('goes on from where the old tempo has brought it', () => {
    receive(event('plays', 'play.changed', { id: 'p', session_id: 's', state: 'playing', tick: 0, loop: 0 }), 1000);
    receive(event('transport', 'transport.changed', { tempo_bpm: 120, playing: true }), 3000);
    expect(position.value).toEqual({ play_id: 'p', tick: 1920, loop: 0, heard: 3000 });
  });

  it('takes no harm from an event without data', () => {
    for (const topic of ['jobs', 'plays', 'devices'] as const) expect(applyEvent(emptyBox, event(topic, 'x', null))).toBe(emptyBox);
  });
});

describe('what the box answers late', () => {
  const play = { id: 'p', session_id: 's', state: 'playing' as const, loop: 0, tick: 0 };
  const transport = (tempo_bpm: number) => ({ tempo_bpm, playing: true });
  const answer = <T>() => {
    let give!: (value: T) => void;
    return { promise: new Promise<T>((resolve) => (give = resolve)), give: (value: T) => give(value) };
  };

  beforeEach(() => {
    box.value = { ...emptyBox };
    vi.spyOn(api, 'devices').mockResolvedValue({ items: [] });
    vi.spyOn(api, 'plays').mockResolvedValue({ items: [play] });
  });
  afterEach(() => vi.restoreAllMocks());

  it('does not undo what it said meanwhile', async () => {
    const late = answer<ReturnType<typeof transport>>();
    vi.spyOn(api, 'transport').mockReturnValue(late.promise);
    const done = refresh();
    receive(event('transport', 'transport.changed', transport(93)), 0);
    receive(event('plays', 'play.changed', { ...play, state: 'stopped' }), 0);
    late.give(transport(92));
    await done;
    expect(box.value.transport!.tempo_bpm).toBe(93);
    expect(currentPlay(box.value)).toBeUndefined();
  });

  it('does not let a play that has ended begin again', () => {
    receive(event('plays', 'play.changed', { ...play, state: 'done' }), 0);
    expect(currentPlay(withPlay(box.value, play))).toBeUndefined();
    expect(currentPlay(withPlay(emptyBox, play))!.id).toBe('p');
  });

  it('is waited for before a tempo that is not known yet is changed', async () => {
    const late = answer<ReturnType<typeof transport>>();
    vi.spyOn(api, 'transport').mockReturnValue(late.promise);
    const asked = vi.spyOn(api, 'changeTransport').mockImplementation(async () => transport(93));
    box.value = { ...box.value, plays: { p: play } };
    const done = nudgeTempo(1);
    late.give(transport(92));
    await done;
    expect(asked).toHaveBeenCalledWith({ tempo_bpm: 93 });
  });

  it('does not keep presses in a row from adding up, and a refusal takes them back', async () => {
    box.value = { ...box.value, plays: { p: play }, transport: transport(92) };
    const asked = vi.spyOn(api, 'changeTransport').mockResolvedValue(transport(0));
    await Promise.all([nudgeTempo(1), nudgeTempo(1)]);
    expect(asked.mock.calls).toEqual([[{ tempo_bpm: 93 }], [{ tempo_bpm: 94 }]]);
    asked.mockRejectedValue(new Error('a clock leads'));
    await nudgeTempo(5);
    expect(tempo.value).toBe(94);
  });
});

it('finds its way by the address and back', () => {
  for (const hash of ['#/', '#/history', '#/devices', '#/session/a%2Fb']) expect(hashOf(parseRoute(hash))).toBe(hash);
  expect(parseRoute('#/nowhere')).toEqual({ view: 'capture' });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { BusEvent, Job } from '../src/api/types';
import { applyEvent, box, currentPlay, emptyBox, position } from '../src/state/box';
import { receive } from '../src/state/receive';
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

it('finds its way by the address and back', () => {
  for (const hash of ['#/', '#/history', '#/devices', '#/session/a%2Fb']) expect(hashOf(parseRoute(hash))).toBe(hash);
  expect(parseRoute('#/nowhere')).toEqual({ view: 'capture' });
});

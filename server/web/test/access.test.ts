import { afterEach, describe, expect, it, vi } from 'vitest';
import { api } from '../src/api/client';
import { refused } from '../src/api/refused';
import { access, askAccess, asksToPair, codeIn, deviceName, invitedBy, may, stranger, waiting } from '../src/state/access';
import { claim, collect } from '../src/state/claim';
import { answerTheDoor, atTheDoor, lookAtTheDoor } from '../src/state/door';

afterEach(() => {
  vi.unstubAllGlobals();
  access.value = null;
  invitedBy.value = '';
  waiting.value = null;
  atTheDoor.value = [];
});

type Answer = [status: number, body: unknown];
const answers = (...all: Answer[]) => {
  const asked = vi.fn();
  for (const [status, body] of all) {
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    asked.mockResolvedValueOnce(new Response(body === null ? null : JSON.stringify(body), { status, headers: { 'content-type': type } }));
  }
  vi.stubGlobal('fetch', asked);
  return asked;
};
const client = (kind: string, scope: string, id: string | null = null) => ({ client: { id, kind, name: '', scope }, encrypted: false, box: 'studio' });
const ticket = { ticket: 'doodled_t', name: 'Anna', address: '192.168.1.23', expires_at: '2026-11-26T06:13:17.030Z' };
const knock = (id: string, state: string) => ({ id, scope: 'create', state, created_at: '', expires_at: '', claimant: { name: 'Anna', address: '192.168.1.23' }, token: null });
const refusal = { type: 'urn:doodled:pairing-required', title: 'Unauthorized', status: 401, code: 'pairing_required', detail: 'this device is not paired yet', errors: [] };

describe('a device', () => {
  it('takes the code out of a link, however it is written', () => {
    expect(codeIn('#pair=7K4PXW2M')).toBe('7K4P-XW2M');
    expect(codeIn('#pair=7k4p-xw2m')).toBe('7K4P-XW2M');
    expect([codeIn('#/history'), codeIn('#pair='), codeIn('')]).toEqual(['', '', '']);
  });

  it('is called after what it is', () => {
    expect(deviceName('Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)')).toBe('iPhone');
    expect(deviceName('Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/126.0 Mobile Safari/537.36')).toBe('Android phone');
    expect(deviceName('Mozilla/5.0 (X11; Linux x86_64)')).toBe('Linux PC');
  });

  it('is asked for a code while it is a stranger, and is in at once where yes was said ahead', async () => {
    const asked = answers([200, client('stranger', 'none')], [201, { token: { id: 't' } }], [200, client('device', 'play', 't')]);
    await askAccess();
    expect([stranger.value, asksToPair.value, may('play')]).toEqual([true, true, false]);
    expect(await claim('7K4P-XW2M', 'Anna')).toBeNull();
    expect(asked.mock.calls[1]![0]).toBe('/api/v1/pairing/claim');
    expect(JSON.parse(asked.mock.calls[1]![1].body)).toEqual({ code: '7K4P-XW2M', name: 'Anna' });
    expect([stranger.value, may('play'), may('create')]).toEqual([false, true, false]);
  });

  it('waits once its code was right, and is in after a yes', async () => {
    const asked = answers([202, ticket], [202, ticket], [201, { token: { id: 't' } }], [200, client('device', 'play', 't')]);
    invitedBy.value = '7K4P-XW2M';
    expect(await claim('7K4P-XW2M', 'Anna')).toBeNull();
    expect([waiting.value, asksToPair.value]).toEqual([ticket, true]);
    expect(await collect()).toBeNull();
    expect(waiting.value).toEqual(ticket);
    expect(await collect()).toBeNull();
    expect([asked.mock.calls[2]![0], JSON.parse(asked.mock.calls[2]![1].body)]).toEqual(['/api/v1/pairing/collect', { ticket: 'doodled_t' }]);
    expect([waiting.value, asksToPair.value, may('play')]).toEqual([null, false, true]);
  });

  it('hears a no, and goes on waiting where the box just does not answer', async () => {
    waiting.value = ticket;
    answers([503, { title: 'Busy', status: 503 }], [403, { title: 'Forbidden', status: 403, code: 'pairing_refused', detail: 'who invited this device said no to it', errors: [] }]);
    expect([await collect(), waiting.value]).toEqual([null, ticket]);
    expect([await collect(), waiting.value]).toEqual(['who invited this device said no to it', null]);
    expect(await collect()).toBeNull();
  });

  it('collects one at a time, since the second would find nothing left', async () => {
    waiting.value = ticket;
    const asked = answers([201, { token: { id: 't' } }], [200, client('device', 'play', 't')]);
    expect(await Promise.all([collect(), collect()])).toEqual([null, null]);
    expect(asked.mock.calls.map(([path]) => path)).toEqual(['/api/v1/pairing/collect', '/api/v1/access']);
  });

  it('hears why a code was refused', async () => {
    answers([403, { title: 'Forbidden', status: 403, code: 'wrong_code', detail: 'that code is not good', errors: [{ pointer: '/code', message: 'that code is not good' }] }]);
    expect(await claim('x', 'Anna')).toBe('that code is not good');
  });

  it('that is trusted needs no code, and lets the link go', async () => {
    invitedBy.value = '7K4P-XW2M';
    answers([200, client('trusted', 'admin')]);
    await askAccess();
    expect([invitedBy.value, asksToPair.value, may('admin')]).toEqual(['', false, true]);
  });

  it('may do everything on a box that asks nobody', async () => {
    answers([404, { title: 'Not found', status: 404 }]);
    await askAccess();
    expect([access.value, may('admin')]).toEqual([null, true]);
  });
});

describe('who may come in', () => {
  it('is asked, changed and sent away by the calls of the box', async () => {
    const asked = answers([201, { id: 'i' }], [200, { items: [] }], [200, { id: 'a b' }], [204, null], [204, null]);
    await api.invite('play');
    await api.tokens();
    await api.renameToken('a b', 'Stage');
    await api.revokeToken('a b');
    await api.withdraw('i');
    const calls = asked.mock.calls.map(([path, { method, body }]) => [method, path, body].filter(Boolean).join(' '));
    expect(calls).toEqual([
      'POST /api/v1/pairing {"scope":"play"}', 'GET /api/v1/tokens', 'PATCH /api/v1/tokens/a%20b {"name":"Stage"}', 'DELETE /api/v1/tokens/a%20b', 'DELETE /api/v1/pairing/i',
    ]);
  });

  it('stands at the door until it is answered', async () => {
    access.value = client('trusted', 'admin') as typeof access.value;
    const asked = answers([200, { items: [knock('a', 'open'), knock('b', 'waiting'), knock('c', 'confirmed')] }], [200, knock('b', 'confirmed')], [200, { items: [] }]);
    await lookAtTheDoor();
    expect(atTheDoor.value.map(({ id }) => id)).toEqual(['b']);
    await answerTheDoor('b', true);
    expect(asked.mock.calls.map(([path, { method }]) => `${method} ${path}`)).toEqual(['GET /api/v1/pairing', 'POST /api/v1/pairing/b/confirm', 'GET /api/v1/pairing']);
    expect(atTheDoor.value).toEqual([]);
  });

  it('is no question for a device that may only play', async () => {
    access.value = client('device', 'play', 't') as typeof access.value;
    atTheDoor.value = [knock('b', 'waiting')] as typeof atTheDoor.value;
    const asked = answers();
    await lookAtTheDoor();
    expect([atTheDoor.value, asked.mock.calls]).toEqual([[], []]);
  });

  it('is asked anew when a call is refused', async () => {
    refused.tell = vi.fn();
    answers([401, refusal], [403, { ...refusal, status: 403, code: 'scope_too_small' }]);
    await expect(api.sessions()).rejects.toThrow('not paired yet');
    await expect(api.sessions()).rejects.toThrow();
    expect(refused.tell).toHaveBeenCalledTimes(1);
  });
});

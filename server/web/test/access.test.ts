import { afterEach, describe, expect, it, vi } from 'vitest';
import { api } from '../src/api/client';
import { refused } from '../src/api/refused';
import { access, askAccess, asksToPair, claim, codeIn, deviceName, invitedBy, may, stranger } from '../src/state/access';

afterEach(() => {
  vi.unstubAllGlobals();
  access.value = null;
  invitedBy.value = '';
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

  it('is asked for a code while it is a stranger, and is in once the code was right', async () => {
    const asked = answers([200, client('stranger', 'none')], [201, { token: { id: 't' } }], [200, client('device', 'play', 't')]);
    await askAccess();
    expect([stranger.value, asksToPair.value, may('play')]).toEqual([true, true, false]);
    expect(await claim('7K4P-XW2M', 'Anna')).toBeNull();
    expect(asked.mock.calls[1]![0]).toBe('/api/v1/pairing/claim');
    expect(JSON.parse(asked.mock.calls[1]![1].body)).toEqual({ code: '7K4P-XW2M', name: 'Anna' });
    expect([stranger.value, may('play'), may('create')]).toEqual([false, true, false]);
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

  it('is asked anew when a call is refused', async () => {
    refused.tell = vi.fn();
    answers([401, refusal], [403, { ...refusal, status: 403, code: 'scope_too_small' }]);
    await expect(api.sessions()).rejects.toThrow('not paired yet');
    await expect(api.sessions()).rejects.toThrow();
    expect(refused.tell).toHaveBeenCalledTimes(1);
  });
});

// Who this browser is to the box: a stranger first, then a paired device. The secret lies in a cookie that no script sees.
import { computed, signal } from '@preact/signals';
import { api } from '../api/client';
import { ApiError } from '../api/problem';
import type { Access, Scope, Waiting } from '../api/types';
import { text } from '../text';
import { complain, say } from './notices';

export const access = signal<Access | null>(null); // null: not known, or a box that asks nobody
// From the link of an invitation.
export const invitedBy = signal('');
// After a code was right: until somebody who is in says yes.
export const waiting = signal<Waiting | null>(null);
export const stranger = computed(() => access.value?.client.kind === 'stranger');
export const asksToPair = computed(() => stranger.value || invitedBy.value !== '' || waiting.value !== null);

const scopes: Scope[] = ['none', 'play', 'create', 'admin'];
export const may = (scope: Scope) => scopes.indexOf(access.value?.client.scope ?? 'admin') >= scopes.indexOf(scope);

// '#pair=7K4PXW2M' -> '7K4P-XW2M'; anything else: none. Pure.
export function codeIn(hash: string): string {
  const code = /^#pair=([0-9a-z-]{4,16})$/i.exec(hash)?.[1]?.replace(/-/g, '').toUpperCase() ?? '';
  return code.length === 8 ? `${code.slice(0, 4)}-${code.slice(4)}` : code;
}

// What a device is called at first, by what its browser says of itself. Pure.
export function deviceName(agent: string): string {
  const kinds: [RegExp, string][] = [
    [/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Android.*Mobile/, 'Android phone'], [/Android/, 'Android tablet'],
    [/Macintosh/, 'Mac'], [/Windows/, 'Windows PC'], [/CrOS/, 'Chromebook'], [/Linux/, 'Linux PC'],
  ];
  return kinds.find(([pattern]) => pattern.test(agent))?.[1] ?? text.access.someDevice;
}

// Takes the code out of the address, where others could read it over a shoulder or in a history.
export function takeInvitation(): void {
  const code = codeIn(location.hash);
  if (code === '') return;
  invitedBy.value = code;
  history.replaceState(null, '', location.pathname);
}

export async function askAccess(): Promise<void> {
  try {
    access.value = await api.access();
  } catch (error) {
    // A box without this question lets everybody in.
    if (error instanceof ApiError && error.status === 404) access.value = null;
  }
  const kind = access.value?.client.kind;
  if (invitedBy.value === '' || kind === 'stranger' || kind === 'device') return;
  if (access.value) say(text.access.inAlready);
  invitedBy.value = '';
}

export async function leave(): Promise<void> {
  try {
    await api.leave();
    await askAccess();
  } catch (error) {
    complain(error);
  }
}

// Who stands at the door: devices with a good code that nobody has said yes or no to. Shown to who may say it.
import { computed, effect, signal, untracked } from '@preact/signals';
import { api } from '../api/client';
import type { Invitation } from '../api/types';
import { access, may } from './access';
import { box, connection } from './box';
import { complain } from './notices';

export const atTheDoor = signal<Invitation[]>([]);
const changes = computed(() => box.value.accessChanged);
let asked = 0;

export async function lookAtTheDoor(): Promise<void> {
  const mine = ++asked;
  const seen = access.value && may('create') ? await api.invitations().catch(() => null) : { items: [] };
  if (seen && mine === asked) atTheDoor.value = seen.items.filter(({ state }) => state === 'waiting');
}

export async function answerTheDoor(id: string, yes: boolean): Promise<void> {
  try {
    await (yes ? api.confirm(id) : api.refuse(id));
  } catch (error) {
    complain(error);
  }
  await lookAtTheDoor();
}

export function watchTheDoor(): void {
  effect(() => {
    void changes.value; // asked anew at each
    if (access.value && connection.value === 'online') void untracked(lookAtTheDoor);
  });
}

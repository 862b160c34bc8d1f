// How this device comes in: by a code, and the yes of somebody who is in already.
import { effect } from '@preact/signals';
import { api } from '../api/client';
import { ApiError, messageOf } from '../api/problem';
import type { Claim, Waiting } from '../api/types';
import { askAccess, invitedBy, waiting } from './access';

const shelf = 'doodled.waiting';
let collecting = false;

// A phone drops pages that are not looked at; the ticket is good all the same when it comes back.
export function keepWaiting(): void {
  try {
    waiting.value = JSON.parse(sessionStorage.getItem(shelf) ?? 'null') as Waiting | null;
  } catch {
    // Nothing kept, or nothing that can be read: the code will be asked for.
  }
  effect(() => {
    const kept = waiting.value;
    try {
      if (kept) sessionStorage.setItem(shelf, JSON.stringify(kept));
      else sessionStorage.removeItem(shelf);
    } catch {
      // Without a place to keep it this page has to stay open.
    }
  });
}

async function take(claim: Claim): Promise<void> {
  if (!('token' in claim)) {
    waiting.value = claim;
    return;
  }
  waiting.value = null;
  invitedBy.value = '';
  await askAccess();
}

// Why not, in words, or null when this device waits or is in.
export async function claim(code: string, name: string): Promise<string | null> {
  try {
    await take(await api.claim(code, name));
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

// Asked until there is an answer. Why this device waits no longer, in words, or null.
export async function collect(): Promise<string | null> {
  const held = waiting.value;
  if (!held || collecting) return null; // a second answer would be that there is nothing left to collect
  collecting = true;
  try {
    await take(await api.collect(held.ticket));
    return null;
  } catch (error) {
    if (!(error instanceof ApiError) || ![403, 404, 409].includes(error.status)) return null;
    waiting.value = null;
    return error.problem.detail ?? error.message;
  } finally {
    collecting = false;
  }
}

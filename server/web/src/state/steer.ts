// Steering: candidates made from the session on the desk, listened to side by side, one kept. They are only looked at
// until one is kept or played out, so that the history holds what somebody wanted.
import { batch, effect, signal } from '@preact/signals';
import { api } from '../api/client';
import type { Variation, VariationRequest } from '../api/types';
import { operationOf, type Move, type Operation } from '../music/steer';
import { hearing, startHearing } from './hearing';
import { complain, say } from './notices';
import { nowPlaying } from './playing';
import { go } from './route';
import { audition, changed, desk, keep, openSession, put, session, stored } from './session';
import { text } from '../text';

export interface Candidate extends Variation {
  id?: string; // once it is stored
  passing?: boolean; // stored only to be played out
}

export const steerPart = signal<number | null>(null); // a track, null: everything
export const amount = signal(0.3);
export const locks = signal<ReadonlySet<string>>(new Set());
export const candidates = signal<Candidate[]>([]);
export const chosen = signal(0); // 0: the session itself, n: candidate n
export const asking = signal(false);
const howMany = 3;
let wish: VariationRequest | null = null;
let lockedIn: string | null = null; // the session that the locks belong to

export function toggleLock(pointer: string): void {
  const next = new Set(locks.value);
  if (!next.delete(pointer)) next.add(pointer);
  locks.value = next;
}

export const steer = (move: Move) =>
  ask([operationOf(move, amount.value, steerPart.value === null ? null : `/tracks/${steerPart.value}`)], howMany);
export const reroll = (track: number) => ask([operationOf('reroll', 1, `/tracks/${track}`)], howMany);
export const changeKey = (key: string) => ask([{ op: 'key', key }], 1);
export const arrange = (bars: number) => ask([{ op: 'bars', bars }], howMany);

async function ask(operations: Operation[], count: number): Promise<void> {
  if (!stored.value || !session.value || asking.value) return;
  asking.value = true;
  try {
    if (chosen.value > 0) await keepChosen();
    if (changed.value) await keep();
    const request = { operations, locks: [...locks.value], seed: Math.floor(Math.random() * 2 ** 31), count, store: false };
    const { items } = await api.vary(session.value.id, request);
    wish = request;
    candidates.value = items;
    await choose(1);
  } catch (error) {
    complain(error);
  } finally {
    asking.value = false;
  }
}

async function stores(candidate: Candidate): Promise<string> {
  if (candidate.id) return candidate.id;
  const { items } = await api.vary(session.value!.id, { ...wish!, seed: candidate.seed, count: 1, store: true });
  const id = items[0]!.id!;
  candidates.value = candidates.value.map((other) => (other === candidate ? { ...candidate, id, passing: true } : other));
  return id;
}

// Heard at once: here where nothing plays, on the devices at their next bar where they do.
export async function choose(index: number): Promise<void> {
  const candidate = candidates.value[index - 1];
  batch(() => {
    chosen.value = candidate ? index : 0;
    audition(candidate?.document ?? null);
  });
  const play = nowPlaying.value;
  try {
    if (play) {
      const id = candidate ? await stores(candidate) : session.value!.id;
      await api.play(id, { ...(play.devices?.length ? { devices: play.devices } : {}), loops: 0, quantise: 'bar' });
    } else if (!hearing.value) {
      await startHearing();
    }
  } catch (error) {
    complain(error);
  }
}

// The sessions that one job made, side by side: the first on the desk, the others beside it.
export async function compare(ids: string[]): Promise<void> {
  const [first, ...others] = ids;
  await openSession(first!);
  const made = await Promise.all(others.map((id) => api.session(id)));
  if (session.value?.id !== first) return;
  candidates.value = made.map(({ id, seed, document, interpreter }) => ({ id, seed, document, changes: [interpreter ?? ''] }));
}

// Makes the chosen candidate the session on the desk. With what was changed on it since, as a session of its own.
export async function keepChosen(): Promise<void> {
  const candidate = candidates.value[chosen.value - 1];
  if (!candidate || !session.value) return;
  try {
    const draft = changed.value ? desk.value : null;
    const id = draft ? (await api.createSession(draft, session.value.id)).id : await stores(candidate);
    const kept = await api.session(id);
    await forgetOthers(id);
    lockedIn = id;
    batch(() => {
      if (hearing.value) hearing.value = id;
      put(kept);
      clear();
    });
    go({ view: 'session', id });
  } catch (error) {
    complain(error);
  }
}

export async function letGo(): Promise<void> {
  if (chosen.value > 0) await choose(0);
  await forgetOthers(null).catch(complain);
  clear();
}

// Those that were stored only to be played out leave the list again.
async function forgetOthers(kept: string | null): Promise<void> {
  const ids = candidates.value.flatMap((candidate) => (candidate.id && candidate.passing && candidate.id !== kept ? [candidate.id] : []));
  await Promise.all(ids.map((id) => api.deleteSession(id)));
}

function clear(): void {
  candidates.value = [];
  chosen.value = 0;
}

// A new session with what an earlier one holds; nothing is lost on the way.
export async function goBackTo(id: string): Promise<void> {
  if (!session.value) return;
  try {
    const made = await api.revertSession(session.value.id, id);
    lockedIn = made.id;
    await openSession(made.id);
    go({ view: 'session', id: made.id });
    say(text.steer.wentBack);
  } catch (error) {
    complain(error);
  }
}

// Candidates belong to one session, and so do locks unless it was made from the one before.
export function watchTheDesk(): void {
  effect(() => {
    const id = session.value?.id ?? null;
    if (id === lockedIn) return;
    lockedIn = id;
    batch(() => {
      clear();
      locks.value = new Set();
      steerPart.value = null;
    });
  });
}

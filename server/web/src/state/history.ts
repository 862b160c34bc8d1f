// The history as it is searched and leafed through. What is found stays when another view is looked at meanwhile.
import { batch, effect, signal } from '@preact/signals';
import { api, type SessionQuery } from '../api/client';
import type { SessionSummary } from '../api/types';
import { text } from '../text';
import { box } from './box';
import { complain, say } from './notices';

export interface HistoryFilter {
  words: string;
  mode: string; // empty: all
  starred: boolean;
  tag: string;
  key: string;
  tempo_from: string;
  tempo_to: string;
  interpreter: string;
  device: string; // its id; that it was played on
  from: string; // days, 2026-11-23
  to: string;
}

export const noFilter: HistoryFilter = {
  words: '', mode: '', starred: false, tag: '', key: '', tempo_from: '', tempo_to: '', interpreter: '', device: '', from: '', to: '',
};
export const filter = signal<HistoryFilter>(noFilter);
export const found = signal<SessionSummary[] | null>(null); // null: not asked yet
export const more = signal<string | undefined>(undefined);
export const scrolledTo = { y: 0 };
const pageSize = 96;
const patience = 6000; // to undo
let asked = 0;
const leaving = new Map<string, { forget: boolean; timer: number }>();
const staying = (sessions: SessionSummary[]) => sessions.filter(({ id }) => !leaving.has(id));
let fetching = false;

// The day after, since `created_before` leaves its own moment out.
function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + 1);
  return date.toISOString();
}

export function queryOf(wanted: HistoryFilter): SessionQuery {
  const { words, starred, from, to, ...rest } = wanted;
  return {
    q: words.trim(), limit: pageSize, ...rest, starred: starred ? 'true' : '',
    created_from: from ? new Date(`${from}T00:00:00`).toISOString() : '', created_before: to ? dayAfter(to) : '',
  };
}

export const filtered = (wanted: HistoryFilter) => JSON.stringify(wanted) !== JSON.stringify(noFilter);

export async function search(): Promise<void> {
  const mine = ++asked;
  try {
    const page = await api.sessions(queryOf(filter.value));
    if (mine !== asked) return;
    batch(() => {
      found.value = staying(page.items);
      more.value = page.next;
    });
  } catch (error) {
    complain(error);
  }
}

export async function fetchMore(): Promise<void> {
  if (fetching || !more.value) return;
  fetching = true;
  const mine = asked;
  try {
    const page = await api.sessions({ ...queryOf(filter.value), cursor: more.value });
    if (mine !== asked) return;
    batch(() => {
      found.value = [...(found.value ?? []), ...page.items];
      more.value = page.next;
    });
  } catch (error) {
    complain(error);
  } finally {
    fetching = false;
  }
}

// The first page anew, before what was found further back. What is gone from it is gone. Pure.
export function merged(old: SessionSummary[], first: SessionSummary[], all: boolean): SessionSummary[] {
  if (all) return first;
  const known = new Set(first.map((session) => session.id));
  const oldest = first.at(-1)?.created_at ?? '';
  return [...first, ...old.filter((session) => !known.has(session.id) && session.created_at < oldest)];
}

async function refresh(): Promise<void> {
  if (found.value === null) return search();
  const mine = asked;
  const page = await api.sessions(queryOf(filter.value));
  if (mine !== asked) return;
  found.value = staying(merged(found.value, page.items, !page.next));
}

export function change(update: Partial<HistoryFilter>): void {
  filter.value = { ...filter.value, ...update };
  scrolledTo.y = 0;
}

export function update(id: string, change: Partial<SessionSummary>): void {
  found.value = found.value?.map((session) => (session.id === id ? { ...session, ...change } : session)) ?? null;
}


function leave(id: string): void {
  const deed = leaving.get(id);
  if (!deed) return;
  clearTimeout(deed.timer);
  leaving.delete(id);
  api.deleteSession(id, deed.forget).catch(complain);
}

// Out of sight at once, gone when nobody took it back.
export function removeSoon(session: SessionSummary, forget: boolean): void {
  const timer = window.setTimeout(() => leave(session.id), patience);
  leaving.set(session.id, { forget, timer });
  found.value = found.value?.filter((other) => other.id !== session.id) ?? null;
  say(forget ? text.history.forgotten : text.history.deleted, 'good', {
    label: text.history.takeBack,
    run: () => {
      clearTimeout(timer);
      leaving.delete(session.id);
      void search();
    },
  });
}

export function watchTheHistory(): void {
  let version = box.value.sessionsChanged;
  effect(() => {
    const now = box.value.sessionsChanged;
    if (now !== version) void refresh().catch(complain);
    version = now;
  });
  addEventListener('pagehide', () => [...leaving.keys()].forEach(leave));
}

// The session on the desk, and what was changed on it since: a draft. Stored sessions never change; keeping a
// draft makes a new one.
import { batch, computed, signal } from '@preact/signals';
import { api } from '../api/client';
import type { Session, SessionDocument } from '../api/types';
import type { Edited } from '../music/notes';
import { expandTimeline } from '../music/timeline';
import { complain } from './notices';
import { go } from './route';

// The session of a drawing that is still being made: the box has it, its history has not.
export const liveId = 'live';
export const session = signal<Session | null>(null);
export const stored = computed(() => session.value !== null && session.value.id !== liveId);
export const loading = signal(false);
const drafts = signal<SessionDocument[]>([]);
// Drafts that were taken back, the last one last; a new change forgets them.
const undone = signal<SessionDocument[]>([]);
// A candidate that is listened to in the session's place.
export const auditioned = signal<SessionDocument | null>(null);

export const desk = computed<SessionDocument | null>(() => drafts.value.at(-1) ?? auditioned.value ?? session.value?.document ?? null);
export const changed = computed(() => drafts.value.length > 0);
export const takenBack = computed(() => undone.value.length > 0);
export const timeline = computed(() => (desk.value ? expandTimeline(desk.value) : null));
export const sectionIndex = signal(0);
export const trackIndex = signal(0);
// The part of the session that is looked at, as a JSON Pointer; its region and notes light up.
export const focus = signal<string | null>(null);
// Whether a hand on the roll changes notes, or only looks.
export const editingNotes = signal(false);

function forgetDrafts(): void {
  drafts.value = [];
  undone.value = [];
}

export function put(next: Session | null): void {
  session.value = next;
  forgetDrafts();
  auditioned.value = null;
  sectionIndex.value = 0;
  trackIndex.value = 0;
  focus.value = null;
  if (next === null) editingNotes.value = false;
}

export async function openSession(id: string): Promise<void> {
  if (session.value?.id === id) return;
  loading.value = true;
  try {
    put(await api.session(id));
  } catch (error) {
    put(null);
    complain(error);
  } finally {
    loading.value = false;
  }
}

export async function openLatest(): Promise<void> {
  if (session.value) return;
  const newest = (await api.sessions({ limit: 1 })).items[0];
  if (newest && !session.value) await openSession(newest.id);
}

// Listens to a candidate, null to the session itself; what was changed on the desk is let go.
export function audition(document: SessionDocument | null): void {
  batch(() => {
    forgetDrafts();
    auditioned.value = document;
    const sections = (document ?? session.value?.document)?.arrangement.length ?? 1;
    if (sectionIndex.value >= sections) sectionIndex.value = 0;
  });
}

// One step of change; `merge` replaces the step before, as while a knob is turned.
export function change(next: SessionDocument, merge = false): void {
  undone.value = [];
  drafts.value = merge && drafts.value.length > 0 ? [...drafts.value.slice(0, -1), next] : [...drafts.value, next];
}

// A note that was changed; the look stays on it, wherever it lies now.
export function takeEdited({ document, pointer }: Edited): void {
  batch(() => {
    change(document);
    focus.value = pointer;
  });
}

// Moves the last step of one list to the other.
function step(from: typeof drafts, to: typeof drafts): void {
  const last = from.value.at(-1);
  if (!last) return;
  batch(() => {
    from.value = from.value.slice(0, -1);
    to.value = [...to.value, last];
  });
}

export const undoChange = () => step(drafts, undone);
export const redoChange = () => step(undone, drafts);
export const revert = () => batch(() => {
  while (changed.value) undoChange();
});

export async function keep(): Promise<void> {
  if (!desk.value) return;
  try {
    const kept = await api.createSession(desk.value, stored.value ? session.value?.id : undefined);
    put(kept.document ? kept : await api.session(kept.id));
    go({ view: 'session', id: kept.id });
  } catch (error) {
    complain(error);
  }
}

export async function rename(title: string): Promise<void> {
  await patch({ title });
}

export async function patch(update: { title?: string; starred?: boolean; tags?: string[] }): Promise<void> {
  const id = session.value?.id;
  if (!id || !stored.value) return;
  try {
    const answer = await api.changeSession(id, update);
    if (session.value?.id === id) session.value = { ...session.value, ...update, ...(answer ?? {}), document: session.value.document };
  } catch (error) {
    complain(error);
  }
}


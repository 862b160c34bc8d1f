// Hearing the session in this browser. The sound library is fetched at the first wish to hear something.
import { effect, signal } from '@preact/signals';
import type { Engine } from '../audio/engine';
import type { SessionDocument } from '../api/types';
import type { TimelineNote } from '../music/timeline';
import { text } from '../text';
import { say } from './notices';
import { desk, session, timeline } from './session';
import { loop } from './playing';

// The session that sounds here, by its id.
export const hearing = signal<string | null>(null);
export const muted = signal<ReadonlySet<string>>(new Set());
let engine: Engine | null = null;

async function loadEngine(): Promise<Engine> {
  if (!engine) {
    const { Engine: Loaded } = await import('../audio/engine');
    engine = new Loaded(() => (hearing.value = null));
  }
  return engine;
}

// A few notes, once, without the transport.
export async function soundOnce(document: SessionDocument, notes: TimelineNote[]): Promise<void> {
  try {
    await (await loadEngine()).once(document, notes);
  } catch {
    // A tap that stays silent still shows what it leads to.
  }
}

export async function toggleHearing(): Promise<void> {
  if (hearing.value) stopHearing();
  else await startHearing();
}

export async function startHearing(): Promise<void> {
  const id = session.value?.id;
  if (!id || !desk.value || !timeline.value) return;
  try {
    const sound = await loadEngine();
    await sound.start(desk.value, timeline.value, { loop: loop.value, muted: muted.value, tempo: desk.value.tempo_bpm });
    hearing.value = id;
  } catch {
    say(text.session.hearFailed, 'bad');
  }
}

export function stopHearing(): void {
  engine?.stop();
  hearing.value = null;
}

export const hearTick = (): number | null => engine?.tick() ?? null;

export function toggleMute(track: string): void {
  const next = new Set(muted.value);
  if (!next.delete(track)) next.add(track);
  muted.value = next;
}

// What is changed while it sounds is heard at the next notes.
effect(() => {
  const document = desk.value;
  const laidOut = timeline.value;
  const quiet = muted.value;
  const looping = loop.value;
  if (engine && hearing.peek() && document && laidOut) {
    if (session.value?.id !== hearing.peek()) stopHearing();
    else engine.update(document, laidOut, { loop: looping, muted: quiet, tempo: document.tempo_bpm });
  }
});

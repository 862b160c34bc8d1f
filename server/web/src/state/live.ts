// Draw while it plays: each stroke is read anew, and what it became goes on sounding in the place of what was
// before. The sessions in between are taken off the list again; the last one stays.
import { batch, effect, signal } from '@preact/signals';
import { api } from '../api/client';
import { pageAsPng } from '../draw/render';
import { strokesOf } from '../draw/strokes';
import { drawing, finished, know, mode } from './capture';
import { hearing, startHearing } from './hearing';
import { complain } from './notices';
import { loop, nowPlaying } from './playing';
import { put } from './session';

export const live = signal(false);
export const understanding = signal(false);
// The session that shows what was understood of the page.
export const understood = signal<string | null>(null);

const patience = 350; // milliseconds after a stroke, so that two quick ones are read together
let waiting = 0;
let again = false;

async function replacePlay(id: string): Promise<void> {
  const before = nowPlaying.value;
  if (!before) return;
  await api.play(id, { ...(before.devices?.length ? { devices: before.devices } : {}), loops: loop.value ? 0 : 1, quantise: 'beat' });
}

async function takeOver(id: string): Promise<void> {
  const next = await api.session(id);
  const previous = understood.value;
  batch(() => {
    if (hearing.value) hearing.value = id;
    put(next);
    understood.value = id;
  });
  if (nowPlaying.value) await replacePlay(id);
  else if (!hearing.value) await startHearing();
  if (previous) await api.deleteSession(previous);
}

async function understand(): Promise<void> {
  if (understanding.value) {
    again = true;
    return;
  }
  understanding.value = true;
  try {
    const image = await pageAsPng(strokesOf(drawing.value));
    const job = await api.createJob({ image, filename: 'drawing.png', mode: mode.value });
    know(job);
    const done = await finished(job.id);
    const first = done.session_ids[0];
    if (live.value && first) await takeOver(first);
  } catch (error) {
    live.value = false;
    complain(error);
  } finally {
    understanding.value = false;
    if (again && live.value) {
      again = false;
      void understand();
    }
  }
}

export function watchThePen(): void {
  effect(() => {
    const strokes = strokesOf(drawing.value);
    if (!live.value || strokes.length === 0) return;
    clearTimeout(waiting);
    waiting = window.setTimeout(() => void understand(), patience);
  });
  // What was made before the pen was put down stays in the history.
  effect(() => {
    if (!live.value) understood.value = null;
  });
}

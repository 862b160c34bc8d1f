// From a picture in the hand to a job in the box.
import { signal } from '@preact/signals';
import { api } from '../api/client';
import type { Job } from '../api/types';
import { describe, messageOf } from '../api/problem';
import { emptyDrawing, type Drawing, type Pen } from '../draw/strokes';
import type { Template } from '../draw/templates';
import { text } from '../text';
import { box } from './box';
import { complain } from './notices';
import { go } from './route';

export interface Picture {
  blob: Blob;
  name: string;
  url: string; // for showing
}

export type Sending =
  | { state: 'idle' }
  | { state: 'sending'; fraction: number; abort: AbortController }
  | { state: 'reading'; jobId: string }
  | { state: 'failed'; message: string };

export const source = signal<'draw' | 'picture'>('draw');
export const drawing = signal<Drawing>(emptyDrawing);
export const pen = signal<Pen>('line');
export const template = signal<Template>('blank');
export const picture = signal<Picture | null>(null);
export const mode = signal('auto');
export const sending = signal<Sending>({ state: 'idle' });

export function takePicture(file: Blob & { name?: string }): void {
  if (file.type !== '' && !file.type.startsWith('image/')) {
    complain(new Error(text.capture.notPicture));
    return;
  }
  dropPicture();
  picture.value = { blob: file, name: file.name || 'picture', url: URL.createObjectURL(file) };
  source.value = 'picture';
  sending.value = { state: 'idle' };
}

export function dropPicture(): void {
  if (picture.value) URL.revokeObjectURL(picture.value.url);
  picture.value = null;
}

export async function send(image: Blob, filename: string, asMode: string): Promise<void> {
  const abort = new AbortController();
  sending.value = { state: 'sending', fraction: 0, abort };
  try {
    const job = await api.createJob(
      { image, filename, mode: asMode },
      { signal: abort.signal, onProgress: (fraction) => (sending.value = { state: 'sending', fraction, abort }) },
    );
    box.value = { ...box.value, jobs: { [job.id]: job, ...box.value.jobs } };
    sending.value = { state: 'reading', jobId: job.id };
    await follow(job.id);
  } catch (error) {
    sending.value = abort.signal.aborted ? { state: 'idle' } : { state: 'failed', message: messageOf(error) };
  }
}

// Events tell of the job; asking now and then covers a connection that was lost meanwhile.
async function follow(id: string): Promise<void> {
  for (;;) {
    const job = box.value.jobs[id];
    if (job && settle(job)) return;
    await new Promise<void>((resolve) => {
      const stop = box.subscribe((state) => {
        if (state.jobs[id] !== job) finish();
      });
      const timer = setTimeout(finish, 2000);
      let done = false;
      function finish() {
        if (done) return;
        done = true;
        clearTimeout(timer);
        queueMicrotask(() => stop());
        resolve();
      }
    });
    if (box.value.jobs[id] === job) {
      const asked = await api.job(id).catch(() => job);
      if (asked) box.value = { ...box.value, jobs: { ...box.value.jobs, [id]: asked } };
    }
  }
}

// True once the job needs no more watching.
function settle(job: Job): boolean {
  if (sending.value.state !== 'reading' || sending.value.jobId !== job.id) return true;
  switch (job.state) {
    case 'done': {
      sending.value = { state: 'idle' };
      const first = job.session_ids[0];
      if (first) go({ view: 'session', id: first });
      else sending.value = { state: 'failed', message: text.job.failed };
      return true;
    }
    case 'failed':
      sending.value = { state: 'failed', message: job.error ? describe(job.error) : text.job.failed };
      return true;
    case 'cancelled':
      sending.value = { state: 'idle' };
      return true;
    default:
      return false;
  }
}

export async function cancel(): Promise<void> {
  const now = sending.value;
  if (now.state === 'sending') now.abort.abort();
  if (now.state !== 'reading') return;
  sending.value = { state: 'idle' };
  await api.cancelJob(now.jobId).catch(complain);
}

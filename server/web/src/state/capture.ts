// From a picture in the hand to a job in the box.
import { effect, signal } from '@preact/signals';
import { api } from '../api/client';
import type { UploadOptions } from '../api/upload';
import type { Job } from '../api/types';
import { describe, messageOf } from '../api/problem';
import { emptyDrawing, type Drawing, type Pen } from '../draw/strokes';
import { isEdited, unedited, type PictureEdit } from '../draw/picture_edit';
import { renderEdited } from '../draw/picture_render';
import type { Template } from '../draw/templates';
import { text } from '../text';
import { box } from './box';
import { compare } from './steer';
import { wish } from './wish';
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

export const source = signal<'draw' | 'picture' | 'words'>('draw');
export const words = signal('');
export const drawing = signal<Drawing>(emptyDrawing);
export const pen = signal<Pen>('line');
export const template = signal<Template>('blank');
export const picture = signal<Picture | null>(null);
export const edit = signal<PictureEdit>(unedited);
export const mode = signal('auto');
export const sending = signal<Sending>({ state: 'idle' });

export function takePicture(file: Blob & { name?: string }): void {
  if (file.type !== '' && !file.type.startsWith('image/')) {
    complain(new Error(text.capture.notPicture));
    return;
  }
  dropPicture();
  picture.value = { blob: file, name: file.name || 'picture', url: URL.createObjectURL(file) };
  edit.value = unedited;
  source.value = 'picture';
  sending.value = { state: 'idle' };
}

export function dropPicture(): void {
  if (picture.value) URL.revokeObjectURL(picture.value.url);
  picture.value = null;
}

// The bytes as they came, unless something was done to the picture here.
export async function sendPicture(chosen: Picture): Promise<void> {
  const changed = isEdited(edit.value);
  const image = changed ? await renderEdited(chosen.url, edit.value) : chosen.blob;
  await send(image, changed ? 'picture.jpg' : chosen.name, mode.value);
}

export function send(image: Blob, filename: string, asMode: string): Promise<void> {
  return follow((options) => api.createJob({ ...wish(asMode), image, filename }, options));
}

export const sendWords = (said: string): Promise<void> => follow(() => api.createJobFrom({ ...wish('prompt'), prompt: said }));

// Sends a job and follows it to its session.
async function follow(create: (options: UploadOptions) => Promise<Job>): Promise<void> {
  const abort = new AbortController();
  sending.value = { state: 'sending', fraction: 0, abort };
  try {
    const job = await create({ signal: abort.signal, onProgress: (fraction) => (sending.value = { state: 'sending', fraction, abort }) });
    know(job);
    sending.value = { state: 'reading', jobId: job.id };
    settle(await finished(job.id));
  } catch (error) {
    sending.value = abort.signal.aborted ? { state: 'idle' } : { state: 'failed', message: messageOf(error) };
  }
}

// An event may have come before the answer to the request; it knows better.
export function know(job: Job): void {
  box.value = { ...box.value, jobs: { [job.id]: job, ...box.value.jobs } };
}

const over = (job: Job | undefined): job is Job => job !== undefined && !['queued', 'running'].includes(job.state);

// The job once it is over. Events tell of it; asking now and then covers a connection that was lost meanwhile.
export function finished(id: string): Promise<Job> {
  return new Promise((resolve) => {
    let asking = 0;
    const stop = effect(() => {
      const job = box.value.jobs[id];
      if (!over(job)) return;
      clearInterval(asking);
      queueMicrotask(() => stop());
      resolve(job);
    });
    if (over(box.value.jobs[id])) return;
    asking = window.setInterval(() => {
      api.job(id).then((job) => (box.value = { ...box.value, jobs: { ...box.value.jobs, [id]: job } }), () => undefined);
    }, 2000);
  });
}

function settle(job: Job): void {
  const now = sending.value;
  if (now.state !== 'reading' || now.jobId !== job.id) return;
  const first = job.session_ids[0];
  if (job.state === 'done' && first) {
    sending.value = { state: 'idle' };
    go({ view: 'session', id: first });
    if (job.session_ids.length > 1) void compare(job.session_ids).catch(complain);
  } else if (job.state === 'cancelled') {
    sending.value = { state: 'idle' };
  } else {
    sending.value = { state: 'failed', message: job.error ? describe(job.error) : text.job.failed };
  }
}

export async function cancel(): Promise<void> {
  const now = sending.value;
  if (now.state === 'sending') now.abort.abort();
  if (now.state !== 'reading') return;
  sending.value = { state: 'idle' };
  await api.cancelJob(now.jobId).catch(complain);
}

import { ApiError, problemFrom } from './problem';
import type { Device, Interpretation, Interpreter, Job, Page, Play, Session, SessionDocument, SessionSummary, Transport } from './types';
import { uploadForm, type UploadOptions } from './upload';

const root = '/api/v1';
const unreachable = { title: 'The box does not answer', detail: 'The box does not answer. Is it on, and in this network?' };

export async function call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(root + path, {
      method,
      headers: body === undefined ? headers : { 'Content-Type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new ApiError(0, unreachable);
  }
  const text = await response.text();
  if (!response.ok) {
    throw new ApiError(response.status, problemFrom(response.status, response.headers.get('content-type') ?? '', text));
  }
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

// A list is answered as an object with one array and the cursor of what follows.
export function pageFrom<T>(answer: unknown): Page<T> {
  if (Array.isArray(answer)) return { items: answer as T[] };
  const object = (answer ?? {}) as Record<string, unknown>;
  const items = (Object.values(object).find(Array.isArray) ?? []) as T[];
  const next = object.next_cursor ?? object.cursor ?? object.next;
  return typeof next === 'string' && next !== '' ? { items, next } : { items };
}

async function list<T>(path: string, query: object = {}): Promise<Page<T>> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const suffix = search.toString();
  return pageFrom<T>(await call<unknown>('GET', suffix === '' ? path : `${path}?${suffix}`));
}

export interface JobRequest {
  image: Blob;
  filename: string;
  mode: string;
  options?: Record<string, unknown>;
  play?: Record<string, unknown>;
}

function jobForm(request: JobRequest): FormData {
  const form = new FormData();
  form.append('image', request.image, request.filename);
  form.append('mode', request.mode);
  if (request.options && Object.keys(request.options).length > 0) form.append('options', JSON.stringify(request.options));
  if (request.play) form.append('play', JSON.stringify(request.play));
  return form;
}

export interface SessionQuery {
  q?: string;
  mode?: string;
  starred?: string; // 'true' or none
  image_id?: string;
  cursor?: string;
  limit?: number;
}

const quoted = encodeURIComponent;

export const api = {
  createJob: (request: JobRequest, options: UploadOptions = {}) =>
    uploadForm<Job>(`${root}/jobs`, jobForm(request), options),
  job: (id: string) => call<Job>('GET', `/jobs/${quoted(id)}`),
  jobs: () => list<Job>('/jobs', { limit: 20 }),
  cancelJob: (id: string) => call<void>('DELETE', `/jobs/${quoted(id)}`),

  session: (id: string) => call<Session>('GET', `/sessions/${quoted(id)}`),
  sessions: (query: SessionQuery = {}) => list<SessionSummary>('/sessions', query),
  interpretation: (id: string) => call<Interpretation>('GET', `/sessions/${quoted(id)}/interpretation`),
  createSession: (document: SessionDocument | Record<string, unknown>) => call<Session>('POST', '/sessions', document),
  changeSession: (id: string, change: { title?: string; tags?: string[]; starred?: boolean }) =>
    call<Session>('PATCH', `/sessions/${quoted(id)}`, change),
  deleteSession: (id: string, forget = false) =>
    call<void>('DELETE', `/sessions/${quoted(id)}${forget ? '?forget=true' : ''}`),

  play: (id: string, request: { devices?: string[]; loops: number; quantise: 'none' | 'beat' | 'bar' }) =>
    call<Play>('POST', `/sessions/${quoted(id)}/play`, request),
  plays: () => list<Play>('/plays', { limit: 20 }),
  stopPlay: (id: string) => call<void>('DELETE', `/plays/${quoted(id)}`),

  devices: () => list<Device>('/devices'),
  changeDevice: (id: string, change: { enabled: boolean }) => call<Device>('PATCH', `/devices/${quoted(id)}`, change),
  panic: (id: string) => call<void>('POST', `/devices/${quoted(id)}/panic`),
  panicAll: () => call<void>('POST', '/devices/panic'),
  testDevice: (id: string) => call<void>('POST', `/devices/${quoted(id)}/test`),
  transport: () => call<Transport>('GET', '/transport'),
  changeTransport: (change: Partial<Transport>) => call<Transport>('PATCH', '/transport', change),
  interpreters: () => list<Interpreter>('/interpreters'),
};

export const imageUrl = (id: string, width?: number) =>
  `${root}/images/${quoted(id)}${width === undefined ? '' : `?w=${width}`}`;
export const exportUrl = (id: string, format: string) => `${root}/sessions/${quoted(id)}/export/${format}`;

import { text } from '../text';
import { ApiError, problemFrom } from './problem';
import type {
  Access, Backups, BoxStatus, Claim, CompanionFile, Controller, Device, DeviceProfile, Family, Interpretation, Interpreter, Invitation, Job, Page, Play, ProfileRemark,
  Readiness, Scope, Session, SessionDiff, SessionDocument, SessionSummary, SettingsReport, SettingValue, SetupStep, Spent, Teaching, Token, Transport,
  UpkeepState, Variation, VariationRequest,
} from './types';
import { refused } from './refused';
import { newKey, uploadForm, type UploadOptions } from './upload';

const root = '/api/v1';

// A blob goes as it is, everything else as JSON.
export async function call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  const raw = body instanceof Blob;
  let response: Response;
  try {
    response = await fetch(root + path, {
      method,
      headers: body === undefined || raw ? headers : { 'Content-Type': 'application/json', ...headers },
      body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
    });
  } catch {
    throw new ApiError(0, text.connection.unreachable);
  }
  const answer = await response.text();
  if (!response.ok) {
    if (response.status === 401) refused.tell();
    throw new ApiError(response.status, problemFrom(response.status, response.headers.get('content-type') ?? '', answer));
  }
  return (answer === '' ? undefined : JSON.parse(answer)) as T;
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

// What a job wants besides its picture: empty or absent fields are left to the box.
export interface JobWish {
  mode: string;
  prompt?: string;
  interpreter?: string[];
  candidates?: number | string[];
  local_only?: boolean;
  options?: Record<string, unknown>;
}

export interface JobRequest extends JobWish {
  image: Blob;
  filename: string;
}

const has = (value: unknown) => value !== undefined && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0) &&
  !(typeof value === 'object' && value !== null && Object.keys(value).length === 0);

export const given = (wish: JobWish): JobWish => Object.fromEntries(Object.entries(wish).filter(([, value]) => has(value))) as unknown as JobWish;

function jobForm({ image, filename, ...wish }: JobRequest): FormData {
  const form = new FormData();
  form.append('image', image, filename);
  for (const [name, value] of Object.entries(given(wish))) form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  return form;
}

export interface SessionQuery {
  q?: string;
  mode?: string;
  starred?: string; // 'true' or none
  tag?: string;
  key?: string;
  tempo_from?: string;
  tempo_to?: string;
  interpreter?: string;
  device?: string; // that it was played on
  created_from?: string; // RFC 3339
  created_before?: string;
  image_id?: string;
  cursor?: string;
  limit?: number;
}

const quoted = encodeURIComponent;

export const api = {
  createJob: (request: JobRequest, options: UploadOptions = {}) =>
    uploadForm<Job>(`${root}/jobs`, jobForm(request), options),
  // Words alone, or another reading of a picture that the box has.
  createJobFrom: (wish: JobWish & { image_id?: string }) =>
    call<Job>('POST', '/jobs', given(wish), { 'Idempotency-Key': newKey() }),
  job: (id: string) => call<Job>('GET', `/jobs/${quoted(id)}`),
  jobs: () => list<Job>('/jobs', { limit: 20 }),
  cancelJob: (id: string) => call<void>('DELETE', `/jobs/${quoted(id)}`),

  session: (id: string) => call<Session>('GET', `/sessions/${quoted(id)}`),
  sessions: (query: SessionQuery = {}) => list<SessionSummary>('/sessions', query),
  interpretation: (id: string) => call<Interpretation>('GET', `/sessions/${quoted(id)}/interpretation`),
  createSession: (document: SessionDocument | Record<string, unknown>, parent?: string) =>
    call<Session>('POST', parent ? `/sessions?parent_id=${quoted(parent)}` : '/sessions', document),
  vary: (id: string, request: VariationRequest) =>
    call<{ items: (Variation & Partial<Session>)[] }>('POST', `/sessions/${quoted(id)}/variations`, request),
  keepSession: (id: string) => call<{ session: SessionSummary }>('POST', `/sessions/${quoted(id)}/keep`, {}),
  revertSession: (id: string, to?: string, parts?: string[]) =>
    call<Session>('POST', `/sessions/${quoted(id)}/revert`, { ...(to ? { to } : {}), ...(parts ? { parts } : {}) }),
  family: (id: string) => call<Family>('GET', `/sessions/${quoted(id)}/family`),
  difference: (from: string, to: string) => call<SessionDiff>('GET', `/sessions/${quoted(from)}/diff/${quoted(to)}`),
  changeSession: (id: string, change: { title?: string; tags?: string[]; starred?: boolean }) =>
    call<Session>('PATCH', `/sessions/${quoted(id)}`, change),
  deleteSession: (id: string, forget = false) =>
    call<void>('DELETE', `/sessions/${quoted(id)}${forget ? '?forget=true' : ''}`),

  play: (id: string, request: { devices?: string[]; loops: number; quantise: 'none' | 'beat' | 'bar' }) =>
    call<Play>('POST', `/sessions/${quoted(id)}/play`, request),
  playsOf: (session: string) => list<Play>('/plays', { session_id: session, limit: 20 }),
  replay: (id: string) => call<Play>('POST', `/plays/${quoted(id)}/replay`),
  plays: () => list<Play>('/plays', { limit: 20 }),
  stopPlay: (id: string) => call<void>('DELETE', `/plays/${quoted(id)}`),

  devices: () => list<Device>('/devices'),
  changeDevice: (id: string, change: { enabled: boolean }) => call<Device>('PATCH', `/devices/${quoted(id)}`, change),
  panic: (id: string) => call<void>('POST', `/devices/${quoted(id)}/panic`),
  panicAll: () => call<void>('POST', '/devices/panic'),
  testDevice: (id: string) => call<void>('POST', `/devices/${quoted(id)}/test`),
  setupOf: (id: string) => call<{ steps: SetupStep[] }>('GET', `/devices/${quoted(id)}/setup`),
  controllersOf: (id: string) => list<Controller>(`/devices/${quoted(id)}/controllers`),
  teach: (id: string, wish: { parameters: string[]; seconds: number; rest_seconds: number; channel: number }) =>
    call<Teaching>('POST', `/devices/${quoted(id)}/teach`, wish),
  teaching: (id: string) => call<Teaching>('GET', `/devices/${quoted(id)}/teach`),
  stopTeaching: (id: string) => call<Teaching>('DELETE', `/devices/${quoted(id)}/teach`),
  profiles: () => call<{ items: DeviceProfile[]; problems: { file: string; message: string }[] }>('GET', '/profiles'),
  checkProfile: (file: Blob, type: string) =>
    call<{ profile: { name?: string }; parameters: Controller[]; remarks: ProfileRemark[] }>('POST', '/profiles/check', file, { 'Content-Type': type }),
  companion: () => list<CompanionFile>('/companion'),
  settings: () => call<SettingsReport>('GET', '/settings'),
  changeSettings: (change: Record<string, SettingValue>) => call<SettingsReport>('PATCH', '/settings', change),
  status: () => call<BoxStatus>('GET', '/status'),
  ready: () => call<Readiness>('GET', '/readyz'),
  backups: () => call<Backups>('GET', '/backups'),
  beginBackup: () => call<UpkeepState>('POST', '/backups'),
  removeBackup: (name: string) => call<void>('DELETE', `/backups/${quoted(name)}`),
  log: () => list<string>('/log', { limit: 200 }),
  transport: () => call<Transport>('GET', '/transport'),
  changeTransport: (change: { tempo_bpm?: number; sync?: string }) => call<Transport>('PATCH', '/transport', change),
  access: () => call<Access>('GET', '/access'),
  leave: () => call<void>('DELETE', '/access'),
  claim: (code: string, name: string) => call<Claim>('POST', '/pairing/claim', { code, name }),
  collect: (ticket: string) => call<Claim>('POST', '/pairing/collect', { ticket }),
  invitations: () => list<Invitation>('/pairing'),
  confirm: (id: string) => call<Invitation>('POST', `/pairing/${quoted(id)}/confirm`),
  refuse: (id: string) => call<Invitation>('POST', `/pairing/${quoted(id)}/refuse`),
  invite: (scope: Scope) => call<Invitation>('POST', '/pairing', { scope }),
  invitation: (id: string) => call<Invitation>('GET', `/pairing/${quoted(id)}`),
  withdraw: (id: string) => call<void>('DELETE', `/pairing/${quoted(id)}`),
  tokens: () => list<Token>('/tokens'),
  createToken: (name: string, scope: Scope) => call<Token>('POST', '/tokens', { name, scope }),
  renameToken: (id: string, name: string) => call<Token>('PATCH', `/tokens/${quoted(id)}`, { name }),
  revokeToken: (id: string) => call<void>('DELETE', `/tokens/${quoted(id)}`),
  putKey: (interpreter: string, key: string) => call<void>('PUT', `/interpreters/${encodeURIComponent(interpreter)}/key`, { key }),
  removeKey: (interpreter: string) => call<void>('DELETE', `/interpreters/${encodeURIComponent(interpreter)}/key`),
  interpreters: (probe = true) => call<{ items: Interpreter[]; today?: Spent }>('GET', `/interpreters${probe ? '' : '?probe=false'}`),
};

export const imageUrl = (id: string, width?: number) =>
  `${root}/images/${quoted(id)}${width === undefined ? '' : `?w=${width}`}`;
export const soundUrl = (id: string, file: string) => `${root}/sessions/${quoted(id)}/${file}`;
export const exportUrl = (id: string, format: string) => `${root}/sessions/${quoted(id)}/export/${format}`;

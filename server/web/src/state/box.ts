// What the page knows of the box: kept in step by its events. `applyEvent` is pure.
import { signal } from '@preact/signals';
import type { BusEvent, Device, Job, Play, PlayPosition, Transport } from '../api/types';
import type { Connection } from '../api/events';

export interface BoxState {
  jobs: Record<string, Job>;
  plays: Record<string, Play>;
  devices: Device[];
  transport: Transport | null;
  sessionsChanged: number; // counts changes to the list of sessions
  accessChanged: number; // and to who may come in
}

export const emptyBox: BoxState = { jobs: {}, plays: {}, devices: [], transport: null, sessionsChanged: 0, accessChanged: 0 };

export const playing = (play: Play) => play.state === 'playing' || play.state === 'waiting';

const has = (data: unknown, key: string): boolean => typeof data === 'object' && data !== null && key in data;

export function applyEvent(state: BoxState, event: BusEvent): BoxState {
  switch (event.topic) {
    case 'jobs':
      if (!has(event.data, 'id')) return state;
      return { ...state, jobs: { ...state.jobs, [(event.data as Job).id]: event.data as Job } };
    case 'plays':
      if (!has(event.data, 'id')) return state;
      return { ...state, plays: { ...state.plays, [(event.data as Play).id]: event.data as Play } };
    case 'devices':
      if (!has(event.data, 'id')) return state;
      return { ...state, devices: withDevice(state.devices, event.data as Device) };
    case 'transport':
      return { ...state, transport: { ...state.transport, ...(event.data as Transport) } };
    case 'sessions':
      return { ...state, sessionsChanged: state.sessionsChanged + 1 };
    case 'access':
      return { ...state, accessChanged: state.accessChanged + 1 };
    default:
      return state;
  }
}

// What a call that began a play answered. Events may have told of its end before the answer came.
export const withPlay = (state: BoxState, play: Play): BoxState =>
  play.id in state.plays ? state : { ...state, plays: { ...state.plays, [play.id]: play } };

function withDevice(devices: Device[], device: Device): Device[] {
  const known = devices.some((candidate) => candidate.id === device.id);
  if (!known) return [...devices, device];
  return devices.map((candidate) => (candidate.id === device.id ? { ...candidate, ...device } : candidate));
}

export const box = signal<BoxState>(emptyBox);
export const connection = signal<Connection>('connecting');
// The last position heard of, and when (milliseconds of this page's clock).
export const position = signal<(PlayPosition & { heard: number }) | null>(null);

export const currentPlay = (state: BoxState): Play | undefined => Object.values(state.plays).filter(playing).at(-1);
export const currentJob = (state: BoxState): Job | undefined =>
  Object.values(state.jobs).find((job) => job.state === 'running' || job.state === 'queued');

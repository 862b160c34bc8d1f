// The JSON of the daemon's API, version 1, and of the session document. Names equal those on the wire.
import type { Operation } from '../music/steer';

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

export interface Problem {
  title: string;
  detail?: string;
  status?: number;
  errors?: { pointer?: string; message: string }[];
}

export interface Job {
  id: string;
  state: JobState;
  stage: string;
  progress: number; // 0..1
  mode: string;
  image_id: string | null;
  prompt?: string | null;
  interpreter?: string | null;
  attempts: number;
  session_ids: string[];
  play_ids: string[];
  error: Problem | null;
  created_at: string;
  finished_at: string | null;
}

export type Role = 'lead' | 'bass' | 'pad' | 'chords' | 'drums' | 'texture' | 'arpeggio';
export type Wave = 'sine' | 'triangle' | 'saw' | 'square' | 'noise' | 'wavetable';
export type FilterType = 'lowpass' | 'highpass' | 'bandpass' | 'notch';

export interface Oscillator {
  wave: Wave;
  detune_cents: number;
  level: number;
  octave: number;
}

export interface Envelope {
  attack_ms: number;
  decay_ms: number;
  sustain: number;
  release_ms: number;
}

export interface Filter {
  type: FilterType;
  cutoff_hz: number;
  resonance: number;
}

export interface Modulation {
  source: string; // an LFO's id, 'envelope', 'velocity' or 'noise'
  destination: string;
  depth: number; // -1..1
}

export interface Patch {
  name: string;
  oscillators: Oscillator[];
  noise: number;
  filter: Filter;
  envelope: Envelope;
  drive: number;
  reverb: number;
  delay: number;
  modulation: Modulation[];
}

export interface Note {
  start: number; // ticks from the start of the pattern
  duration: number;
  pitch: number;
  velocity: number;
}

export type Interpolation = 'linear' | 'step' | 'smooth';

export interface Automation {
  parameter: string;
  interpolation: Interpolation;
  points: { tick: number; value: number }[];
}

export interface Pattern {
  id: string;
  length: number;
  notes: Note[];
  automation?: Automation[];
}

export interface Pad {
  pad: string;
  role: string;
  pitch: number;
}

export interface Track {
  id: string;
  name: string;
  role: Role;
  channel: number;
  patch?: Patch | null;
  pads?: Pad[];
  patterns: Pattern[];
}

export interface LfoShape {
  id: string;
  name: string;
  samples: number[]; // -1..1, one cycle
  cycle: number; // ticks
  track: string;
  parameter: string;
  depth: number;
  seconds?: number; // one cycle, free of the tempo, instead of ticks
  interpolation?: Interpolation; // linear where absent
  unipolar?: boolean; // upwards from the parameter's value instead of around it
}

export interface Macro {
  id: string;
  name: string;
  group: string;
  cell: number; // 1..9 of the picture, 0: none
  value: number; // 0..1
  cc?: number | null;
  track?: string;
  targets: { track: string; parameter: string; amount: number }[];
}

export interface Section {
  name: string;
  bars: number;
  parts: { track: string; pattern: string }[];
}

export interface Evidence {
  pointer: string; // JSON Pointer into the session document
  box?: [number, number, number, number] | null; // x, y, width, height in 0..1
  polygon?: [number, number][];
  reading: string;
  rule: string;
}

export interface SessionDocument {
  format: 'doodled.session';
  version: 1;
  title: string;
  mode: string;
  seed: number;
  tempo_bpm: number;
  meter: { numerator: number; denominator: number };
  key: { tonic: string; scale: string };
  swing: number; // per cent of a pair of sixteenths, 50 straight
  tracks: Track[];
  lfos?: LfoShape[];
  macros?: Macro[];
  arrangement: Section[];
  evidence?: Evidence[];
  locks?: string[]; // JSON Pointers
  provenance?: { interpreter?: string; interpreter_version?: string; image_sha256?: string; transforms?: string[] };
}

export interface Verdict {
  rule: string;
  status: 'pass' | 'repaired' | 'rejected';
  pointer?: string;
  old?: unknown;
  new?: unknown;
  message?: string;
}

export interface SessionSummary {
  id: string;
  created_at: string;
  title: string;
  tags?: string[];
  starred?: boolean;
  mode: string;
  image_id?: string | null;
  parent_id?: string | null;
  interpreter?: string | null;
  key?: string;
  tempo_bpm?: number;
  hidden?: boolean;
}

export interface Session extends SessionSummary {
  job_id?: string | null;
  seed: number;
  hash?: string;
  report?: { verdicts?: Verdict[] } | null;
  document: SessionDocument;
}

export interface Play {
  id: string;
  session_id: string;
  state: string; // waiting, playing, finished, stopped, replaced, ...
  devices?: string[];
  loops?: number; // 0: until it is stopped
  loop?: number;
  tick?: number; // within the loop; only while it lives
  started_at?: string;
  ended_at?: string | null;
  events_sent?: number;
  replay_of?: string | null;
  error?: Problem | null;
}

export interface PlayPosition {
  play_id: string;
  tick: number;
  loop: number;
}

export type SettingValue = string | number | boolean | string[];

export interface Setting {
  key: string; // 'table.name'
  value: SettingValue;
  default: SettingValue;
  summary: string;
  minimum?: number;
  maximum?: number;
  choices?: string[];
  changeable: boolean;
}

export interface SettingsReport {
  items: Setting[];
  devices: { id: string; driver: string; profile: string; enabled: boolean; latency_ms: number; keys: Record<string, unknown> }[];
  interpreters: { id: string; key_from: string }[];
}

export interface BoxStatus {
  version: string;
  uptime_ms: number;
  storage: { data_dir: string; sessions: number; picture_bytes: number; all_bytes: number; damaged_files?: string[]; free_bytes: number | null };
  jobs: { queued: number; running: number };
}

export interface UpkeepState {
  backing_up: boolean;
  backup_error: { message: string } | null;
  chain: 'checking' | 'fits' | 'broken';
  clock_doubted?: boolean; // nothing goes by its age then
}

export interface Backups {
  items: { name: string; size: number; url: string }[];
  state: UpkeepState;
}

export interface Readiness {
  status: string;
  checks: Record<string, string>;
}

export interface SyncState {
  source: string;
  state: 'leading' | 'waiting' | 'standing' | 'following' | 'lost';
  tempo_bpm: number | null; // of what leads, once it is known
  jitter_ms: number;
  peers: number; // others in an Ableton Link session
}

export interface Transport {
  tempo_bpm: number;
  playing: boolean;
  sync?: string; // internal, link, or midi: and the id of an input
  sync_state?: SyncState;
  sync_sources?: { id: string; available: boolean; detail: string }[];
}

export interface Device {
  id: string;
  driver: string;
  profile?: string;
  enabled: boolean;
  state: string; // opening, ready, missing, failed, stuck, disabled
  detail?: string; // where it is connected, or why it is not
  play_id?: string | null;
  capabilities?: string[];
  events_sent?: number;
  events_dropped?: number;
  late_ms?: { count: number; p99: number; max: number };
}

// How a device hears of a parameter.
export interface Controller {
  parameter: string;
  unit: string;
  message: string; // 'controller 74'
  source: string | null;
}

export interface SetupStep {
  title: string;
  text: string;
  verified: boolean; // tried on the machine itself
}

export interface TeachStep {
  parameter: string;
  message: string;
  begins_at: number; // seconds
  ends_at: number;
}

// Parameters moved one at a time, slowly, for a device that learns.
export interface Teaching {
  device: string;
  playing: boolean;
  at: number; // seconds
  now: TeachStep | null;
  moving: boolean; // false: the rest before `now`
  steps: TeachStep[];
}

export interface DeviceProfile {
  id: string;
  name: string;
  origin: string;
  parameters: number;
}

// A file that is installed on the other side.
export interface CompanionFile {
  name: string;
  size: number;
  purpose: string;
  url: string;
}

export interface ProfileRemark {
  pointer: string;
  message: string;
}

export interface Spent {
  interpretations: number;
  input_tokens: number;
  output_tokens: number;
  duration_ms: number;
  cost: number;
}

export interface Interpreter {
  id: string;
  kind?: string;
  model?: string | null;
  host?: string | null;
  on_this_machine?: boolean;
  key_from?: 'api' | 'settings' | null;
  default?: boolean;
  reachable?: boolean | null; // null: not known yet
  models?: { name: string; vision: boolean | null }[];
  last_error?: Problem | { message: string } | null;
  daily_budget?: number | null;
  concurrency?: number | null;
  asking?: number;
  waiting?: number;
  today?: Spent;
}

// A place in the picture: fractions of it, y down.
export type Place = [number, number];

export interface LiveShape {
  class: string;
  confidence: number;
  box: [number, number, number, number];
  polygon: Place[];
}

// What the box saw on the page.
export interface LiveReading {
  kind: 'drawing' | 'photo' | 'nothing';
  advice: string;
  notes: string[];
  shapes: LiveShape[];
  arrows: { from: number; to: number; shape: number; tail: Place; head: Place }[];
  curves: { shape: number; box: [number, number, number, number] }[];
  grid?: { rows: number; columns: number; box: [number, number, number, number] } | null;
}

export interface BusEvent {
  seq: number;
  at: string;
  topic: 'jobs' | 'sessions' | 'plays' | 'transport' | 'devices' | 'events' | 'access';
  type: string;
  data: unknown;
}

export interface Page<T> {
  items: T[];
  next?: string; // an opaque cursor
}

// A variation that is only looked at has no id yet.
export interface Variation {
  seed: number;
  document: SessionDocument;
  changes: string[];
}

export interface VariationRequest {
  operations: Operation[];
  locks: string[];
  seed: number;
  count: number;
  store: boolean;
}

export interface Family {
  root: string;
  items: SessionSummary[];
}

export interface SessionDiff {
  same: boolean;
  summary: string[];
}

export interface Interpretation {
  id: string;
  interpreter: string;
  kind?: string;
  model?: string | null;
  answer: string;
  duration_ms?: number;
  created_at: string;
}

export type Scope = 'none' | 'play' | 'create' | 'admin';

// Who asks, as the box sees it.
export interface Access {
  client: { id: string | null; kind: 'stranger' | 'trusted' | 'device' | 'tool' | 'console'; name: string; scope: Scope };
  encrypted: boolean;
  box: string;
}

// A device or a program that may come in.
export interface Token {
  id: string;
  name: string;
  kind: 'device' | 'tool';
  scope: Scope;
  created_at: string;
  last_used_at: string | null;
  last_address: string | null;
  current: boolean; // the asker's own
  secret?: string; // of a program, told once
}

export interface Invitation {
  id: string;
  code?: string; // told to who asked for it only, and so is `url`
  scope: Scope;
  state: 'open' | 'waiting' | 'confirmed' | 'used' | 'refused' | 'expired';
  claimant: { name: string; address: string } | null; // who has claimed its code
  created_at: string;
  expires_at: string;
  url?: string;
  reachable?: boolean; // false: the box listens on its own machine only
  qr?: string; // address of the picture
  token: Token | null; // of who came
}

// What a code brings to the device that claims it, until somebody who is in has said yes.
export interface Waiting {
  ticket: string; // a secret
  name: string;
  address: string; // as the box sees it
  expires_at: string;
}
export type Claim = Waiting | { token: Token };

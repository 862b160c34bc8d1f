// Draw while it plays: each stroke goes to the box as it is finished, comes back as what was understood, and sounds
// from the next step or bar on. The box keeps the drawing as one session at its end.
import { batch, computed, effect, signal } from '@preact/signals';
import { api } from '../api/client';
import { LiveSocket, type LiveAnswer, type Quantise } from '../api/live';
import { describe } from '../api/problem';
import type { Connection } from '../api/events';
import type { LiveReading, Session, SessionDocument } from '../api/types';
import { pageSize } from '../draw/render';
import { strokesOf } from '../draw/strokes';
import { changesBetween } from '../draw/wire';
import { text } from '../text';
import { drawing, mode } from './capture';
import { hearing, startHearing } from './hearing';
import { complain, say } from './notices';
import { livePlay, livePlayer, nowPlaying } from './playing';
import { go } from './route';
import { liveId, put, session } from './session';

export const live = signal(false);
export const quantise = signal<Quantise>('step');
export const liveConnection = signal<Connection>('connecting');
// What the box understood of the page, and whether it is still reading the last stroke.
export const understood = signal<LiveReading | null>(null);
const asked = signal<number | null>(null);
const answered = signal<number | null>(null);
export const understanding = computed(() => live.value && asked.value !== null && asked.value !== answered.value);

let socket: LiveSocket | null = null;
let held = new Set<number>();
let openAfterwards = false;

function sendPage(): void {
  if (!socket) return;
  for (const change of changesBetween(held, strokesOf(drawing.value))) {
    const seq = socket.send(change);
    if (seq === null) return;
    asked.value = seq;
    if (change.type === 'stroke') held.add(change.stroke.id);
    else for (const id of change.strokes) held.delete(id);
  }
}

const play = (devices: string[]) => void socket?.send({ type: 'play', ...(devices.length > 0 ? { devices } : {}) });

function provisional(document: SessionDocument): Session {
  return { id: liveId, created_at: '', title: document.title, mode: document.mode, seed: document.seed, interpreter: 'builtin', document };
}

// What sounds goes on: on the devices by the box itself, here by the session on the desk.
function takeSession(document: SessionDocument): void {
  const first = session.value?.id !== liveId;
  batch(() => {
    if (hearing.value) hearing.value = liveId;
    put(provisional(document));
  });
  if (!first) return;
  if (nowPlaying.value) play(nowPlaying.value.devices ?? []);
  else if (!hearing.value) void startHearing();
}

// The drawing is a session like any other now.
async function settle(id: string | null): Promise<void> {
  const open = openAfterwards;
  if (id) {
    const stored = await api.session(id);
    batch(() => {
      if (hearing.value === liveId) hearing.value = id;
      if (session.value?.id === liveId) put(stored);
    });
    if (open) go({ view: 'session', id });
  } else if (session.value?.id === liveId) {
    put(null);
  }
}

function receive(answer: LiveAnswer): void {
  switch (answer.type) {
    case 'opened':
      held = new Set(answer.strokes);
      livePlay.value = answer.play_id;
      return sendPage();
    case 'reading':
      answered.value = answer.seq ?? answered.value;
      understood.value = answer.reading;
      return;
    case 'session':
      return takeSession(answer.document);
    case 'playing':
      livePlay.value = answer.play_id;
      return;
    case 'stopped':
      livePlay.value = null;
      return;
    case 'kept':
      return say(text.live.kept);
    case 'closed':
      return void settle(answer.session_id).catch(complain);
    case 'error':
      answered.value = asked.value;
      return say(describe({ title: answer.message, errors: answer.errors }), 'bad');
  }
}

function begin(): void {
  held = new Set();
  openAfterwards = false;
  socket = new LiveSocket(location.origin, {
    wish: () => ({ mode: mode.value, quantise: quantise.value, canvas: pageSize }),
    onAnswer: receive,
    onConnection: (state) => (liveConnection.value = state),
  });
  livePlayer.play = play;
  socket.start();
}

function finish(): void {
  socket?.close();
  socket = null;
  livePlayer.play = null;
  batch(() => {
    understood.value = null;
    asked.value = answered.value = null;
    livePlay.value = null;
  });
}

export const keepLive = () => void socket?.send({ type: 'keep' });

// Ends the drawing and shows what it became.
export function openLive(): void {
  openAfterwards = true;
  live.value = false;
}

export function watchThePen(): void {
  effect(() => {
    if (live.value) begin();
    else if (socket) finish();
  });
  effect(() => {
    drawing.value;
    sendPage();
  });
  effect(() => {
    const wish = { mode: mode.value, quantise: quantise.value };
    socket?.send({ type: 'change', ...wish });
  });
}

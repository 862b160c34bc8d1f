// Playing out: the box plays, the page asks and shows.
import { computed, signal } from '@preact/signals';
import { api } from '../api/client';
import type { Transport } from '../api/types';
import { text } from '../text';
import { setTempo } from '../music/edit';
import { tickSeconds } from '../music/time';
import { box, connection, currentPlay, position, withPlay } from './box';
import { complain, say } from './notices';
import { settlePosition } from './receive';
import { change, changed, desk, keep, session, stored } from './session';

export const loop = signal(true);
// While something is drawn live: the play that goes on with each stroke, and what starts it.
export const livePlay = signal<string | null>(null);
export const livePlayer: { play: ((devices: string[]) => void) | null } = { play: null };
export const nowPlaying = computed(() => currentPlay(box.value));
// The transport's while it runs, else that of the session on the desk.
export const tempo = computed(() => {
  const transport = box.value.transport?.tempo_bpm;
  return (nowPlaying.value ? transport : desk.value?.tempo_bpm) ?? transport ?? desk.value?.tempo_bpm ?? 120;
});

export async function playOut(): Promise<void> {
  if (changed.value && stored.value) await keep();
  const id = session.value?.id;
  if (!id) return;
  const devices = box.value.devices.filter((device) => device.enabled).map((device) => device.id);
  if (box.value.devices.length > 0 && devices.length === 0) {
    say(text.transport.chooseDevice, 'bad');
    return;
  }
  if (!stored.value) return livePlayer.play?.(devices);
  try {
    const play = await api.play(id, { ...(devices.length > 0 ? { devices } : {}), loops: loop.value ? 0 : 1, quantise: 'none' });
    box.value = withPlay(box.value, play);
  } catch (error) {
    complain(error);
  }
}

// What was sent then is sent again, whatever became of its session.
export async function replay(id: string): Promise<void> {
  try {
    const play = await api.replay(id);
    box.value = withPlay(box.value, play);
  } catch (error) {
    complain(error);
  }
}

export async function stopOut(): Promise<void> {
  const play = nowPlaying.value;
  if (!play) return;
  try {
    await api.stopPlay(play.id);
    const plays = { ...box.value.plays };
    delete plays[play.id];
    box.value = { ...box.value, plays };
    position.value = null;
  } catch (error) {
    complain(error);
  }
}

export async function panic(): Promise<void> {
  try {
    await api.panicAll();
    if (nowPlaying.value) await api.stopPlay(nowPlaying.value.id);
    say(text.transport.silent);
  } catch (error) {
    complain(error);
  }
}

const nudged = (tempo: number, by: number) => Math.min(400, Math.max(20, Math.round(tempo) + by));

export async function nudgeTempo(by: number): Promise<void> {
  if (!nowPlaying.value) {
    if (desk.value) change(setTempo(desk.value, nudged(tempo.value, by)), true);
    return;
  }
  try {
    const transport = box.value.transport ?? (await api.transport());
    await leadTempo(transport, nudged(transport.tempo_bpm, by));
  } catch (error) {
    complain(error);
  }
}

// Shown before the box has answered, so that presses in a row add up.
async function leadTempo(transport: Transport, tempo_bpm: number): Promise<void> {
  showTransport({ ...transport, tempo_bpm });
  try {
    await api.changeTransport({ tempo_bpm });
  } catch (error) {
    if (box.value.transport?.tempo_bpm === tempo_bpm) showTransport(transport);
    throw error;
  }
}

function showTransport(transport: Transport): void {
  settlePosition(performance.now());
  box.value = { ...box.value, transport };
}

// Where the box is now, in ticks: the last word it sent, moved on by the time since.
export function outTick(now: number): number | null {
  const heard = position.value;
  if (!heard || nowPlaying.value?.id !== heard.play_id || connection.value !== 'online') return null;
  return heard.tick + (now - heard.heard) / 1000 / tickSeconds(tempo.value);
}

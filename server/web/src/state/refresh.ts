// The whole state of the box, asked anew at each connection and wherever events were lost.
import { api } from '../api/client';
import type { BusEvent } from '../api/types';
import { applyEvent, box } from './box';
import { asking, placePlay } from './receive';

export async function refresh(): Promise<void> {
  const heard: BusEvent[] = [];
  asking.add(heard);
  const [devices, transport, plays] = await Promise.allSettled([api.devices(), api.transport(), api.plays()]);
  asking.delete(heard);
  const state = { ...box.value };
  if (devices.status === 'fulfilled') state.devices = devices.value.items;
  if (transport.status === 'fulfilled') state.transport = transport.value;
  if (plays.status === 'fulfilled') {
    state.plays = Object.fromEntries([...plays.value.items].reverse().map((play) => [play.id, play]));
  }
  state.sessionsChanged += 1;
  box.value = heard.filter((event) => event.type !== 'play.position').reduce(applyEvent, state);
  if (heard.some((event) => event.topic === 'plays')) return; // it is known better where they are
  for (const play of Object.values(state.plays)) placePlay(play, performance.now());
}

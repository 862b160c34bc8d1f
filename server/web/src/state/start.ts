// Wires the page to the box once.
import { api } from '../api/client';
import { EventStream } from '../api/events';
import type { BusEvent, PlayPosition } from '../api/types';
import { applyEvent, box, connection, position } from './box';
import { followAddress } from './route';
import { openLatest } from './session';
import { route } from './route';
import { openSession } from './session';
import { effect } from '@preact/signals';

function receive(event: BusEvent): void {
  if (event.type === 'play.position') {
    position.value = { ...(event.data as PlayPosition), heard: performance.now() };
    return;
  }
  box.value = applyEvent(box.value, event);
}

// Whole state, asked anew at each connection: events before it may be lost for good.
async function refresh(): Promise<void> {
  const [devices, transport, plays] = await Promise.allSettled([api.devices(), api.transport(), api.plays()]);
  const state = { ...box.value };
  if (devices.status === 'fulfilled') state.devices = devices.value.items;
  if (transport.status === 'fulfilled') state.transport = transport.value;
  if (plays.status === 'fulfilled') {
    state.plays = Object.fromEntries([...plays.value.items].reverse().map((play) => [play.id, play]));
  }
  state.sessionsChanged += 1;
  box.value = state;
}

export function start(): void {
  followAddress();
  effect(() => {
    const now = route.value;
    if (now.view === 'session' && now.id) void openSession(now.id);
  });
  new EventStream(location.origin, {
    onEvent: receive,
    onConnection: (state) => {
      connection.value = state;
      if (state === 'online') void refresh();
    },
  }).start();
  if (route.value.view !== 'session' || !route.value.id) void openLatest().catch(() => undefined);
}

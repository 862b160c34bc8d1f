// The page's rooms. The one for drawing comes with the page; each other is fetched when it is first entered, or ahead of
// that once the page is at rest.
import type { FunctionComponent } from 'preact';
import { signal } from '@preact/signals';
import { asksToPair } from '../state/access';
import { route, type Route } from '../state/route';
import { say } from '../state/notices';
import { text } from '../text';
import { CaptureView } from './capture/capture_view';

type Room = Route['view'] | 'pair';

const doors: Record<Exclude<Room, 'capture'>, () => Promise<FunctionComponent>> = {
  session: () => import('./session/session_view').then(({ SessionView }) => SessionView),
  history: () => import('./history/history_view').then(({ HistoryView }) => HistoryView),
  devices: () => import('./devices/devices_view').then(({ DevicesView }) => DevicesView),
  pair: () => import('./access/pair_view').then(({ PairView }) => PairView),
  settings: () => import('./settings/settings_view').then(({ SettingsView }) => SettingsView),
};
const open = signal<Partial<Record<Room, FunctionComponent>>>({ capture: CaptureView });

async function fetchRoom(room: Room): Promise<void> {
  if (room === 'capture' || open.peek()[room]) return;
  const View = await doors[room]();
  open.value = { ...open.peek(), [room]: View };
}

// A box that was renewed meanwhile has other parts: then only the page anew helps.
function enter(room: Room): void {
  fetchRoom(room).catch(() => say(text.connection.partMissing, 'bad', { label: text.connection.reload, run: () => location.reload() }));
}

// One after the other, so that nothing else waits for them.
export async function fetchRoomsAhead(): Promise<void> {
  for (const room of Object.keys(doors) as Room[]) await fetchRoom(room).catch(() => undefined);
}

export function Rooms() {
  const view = asksToPair.value ? 'pair' : route.value.view;
  const View = open.value[view];
  if (View) return <View />;
  enter(view);
  return <div class="room-comes" aria-busy="true" />;
}

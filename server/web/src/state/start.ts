// Wires the page together, and to the box.
import { effect, untracked } from '@preact/signals';
import { EventStream } from '../api/events';
import { refused } from '../api/refused';
import { askAccess, invitedBy, stranger, takeInvitation } from './access';
import { connection } from './box';
import { keepWaiting } from './claim';
import { watchTheDoor } from './door';
import { receive } from './receive';
import { refresh } from './refresh';
import { watchThePen } from './live';
import { watchTheDesk } from './steer';
import { listenToTaps } from './preview';
import { followAddress, route } from './route';
import { install, takeSharedPicture } from './install';
import { watchTheHistory } from './history';
import { complain } from './notices';
import { keepWishes } from './wish';
import { openLatest, openSession } from './session';

// Before the page is shown: what it shows depends on it. Nothing is asked of the box here.
export function start(): void {
  takeInvitation();
  // A link may be opened where the page is open already.
  addEventListener('hashchange', () => {
    takeInvitation();
    if (invitedBy.value !== '') void askAccess();
  });
  if (location.hash === '#/shared') void takeSharedPicture().catch(complain);
  followAddress();
  keepWishes();
  keepWaiting();
  watchTheDoor();
  listenToTaps();
  watchThePen();
  watchTheDesk();
  watchTheHistory();
}

function listen(): EventStream {
  const stream = new EventStream(location.origin, {
    onEvent: (event) => {
      receive(event, performance.now());
      if (event.topic === 'events') void refresh();
    },
    onConnection: (state) => {
      connection.value = state;
      if (state === 'online') void refresh();
      if (state === 'offline') void askAccess(); // or is this device let in no longer?
    },
  });
  stream.start();
  return stream;
}

// Nothing is asked for somebody who is not let in.
function follow(): void {
  const now = route.value;
  if (stranger.value) return;
  // The address leads; a session that is put on the desk on the way to its address must not be fetched away.
  if (now.view === 'session' && now.id) void untracked(() => openSession(now.id!));
}

const patience = 3000; // with a box that is asked who this is and says nothing

// Once it is on the screen.
export async function connect(): Promise<void> {
  refused.tell = () => void askAccess();
  await Promise.race([askAccess(), new Promise((resolve) => setTimeout(resolve, patience))]);
  effect(follow);
  effect(() => {
    if (stranger.value) return;
    const stream = untracked(listen);
    const at = route.peek();
    if (at.view !== 'session' || !at.id) void untracked(() => openLatest().catch(() => undefined));
    return () => stream.stop();
  });
  install();
}

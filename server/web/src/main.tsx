import { render } from 'preact';
import { App } from './view/app';
import { fetchRoomsAhead } from './view/rooms';
import { connect, start } from './state/start';
import './style/base.css';
import './style/parts.css';
import './style/capture.css';
import './style/session.css';
import './style/panel.css';
import './style/steer.css';
import './style/lists.css';
import './style/devices.css';
import './style/access.css';

start();
render(<App />, document.getElementById('app')!);

// A frame begins, and when its turn is over it is on the screen.
requestAnimationFrame(() => setTimeout(() => {
  performance.mark('interactive'); // for tests/web/bench.mjs: it is shown and answers
  connect();
  setTimeout(() => void fetchRoomsAhead(), 400);
}));

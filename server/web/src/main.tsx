import { render } from 'preact';
import { App } from './view/app';
import { start } from './state/start';
import './style/base.css';
import './style/parts.css';
import './style/capture.css';
import './style/session.css';
import './style/panel.css';
import './style/steer.css';
import './style/lists.css';

start();
render(<App />, document.getElementById('app')!);
// For tests/web/bench.mjs: what was rendered is on the screen and answers.
requestAnimationFrame(() => performance.mark('interactive'));

import { asksToPair } from '../state/access';
import { connection } from '../state/box';
import { text } from '../text';
import { Doorbell } from './access/doorbell';
import { Notices } from './parts/notices';
import { Tabs } from './parts/tabs';
import { TransportBar } from './parts/transport_bar';
import { Rooms } from './rooms';

export function App() {
  const inside = !asksToPair.value;
  return (
    <div class={`frame${inside ? '' : ' is-outside'}`}>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>{text.skip}</a>
      {inside && <Tabs />}
      <main id="main" tabIndex={-1}>
        {inside && connection.value === 'offline' && <p class="offline" role="status">{text.connection.offline}</p>}
        <Rooms />
      </main>
      {inside && <TransportBar />}
      {inside && <Doorbell />}
      <Notices />
    </div>
  );
}

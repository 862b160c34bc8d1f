import { connection } from '../state/box';
import { route } from '../state/route';
import { text } from '../text';
import { CaptureView } from './capture/capture_view';
import { DevicesView } from './devices/devices_view';
import { HistoryView } from './history/history_view';
import { Notices } from './parts/notices';
import { Tabs } from './parts/tabs';
import { TransportBar } from './parts/transport_bar';
import { SettingsView } from './settings/settings_view';
import { SessionView } from './session/session_view';

function View() {
  switch (route.value.view) {
    case 'session':
      return <SessionView />;
    case 'history':
      return <HistoryView />;
    case 'devices':
      return <DevicesView />;
    case 'settings':
      return <SettingsView />;
    default:
      return <CaptureView />;
  }
}

export function App() {
  return (
    <div class="frame">
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>{text.skip}</a>
      <Tabs />
      <main id="main" tabIndex={-1}>
        {connection.value === 'offline' && <p class="offline" role="status">{text.connection.offline}</p>}
        <View />
      </main>
      <TransportBar />
      <Notices />
    </div>
  );
}

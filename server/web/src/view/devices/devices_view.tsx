import { useEffect } from 'preact/hooks';
import { api } from '../../api/client';
import { box } from '../../state/box';
import { complain } from '../../state/notices';
import { panic } from '../../state/playing';
import { text } from '../../text';
import { Icon } from '../parts/icon';
import { DeviceCard } from './device_card';
import { Guides } from './guides';
import { ProfilesPanel } from './profiles_panel';
import { SyncPanel } from './sync_panel';

export function DevicesView() {
  useEffect(() => {
    api.devices().then((page) => (box.value = { ...box.value, devices: page.items }), complain);
  }, []);
  const { devices } = box.value;
  return (
    <div class="devices">
      <h1>{text.devices.title}</h1>
      {devices.length === 0 && <p class="quiet">{text.devices.none}</p>}
      <ul class="device-list">{devices.map((device) => <DeviceCard key={device.id} device={device} />)}</ul>
      <button type="button" class="panic-wide" onClick={() => void panic()}>
        <Icon name="panic" /><span><b>{text.transport.panic}</b><small>{text.transport.panicHint}</small></span>
      </button>
      <SyncPanel />
      <Guides />
      <ProfilesPanel />
    </div>
  );
}

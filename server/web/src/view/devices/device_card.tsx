import { api } from '../../api/client';
import type { Device } from '../../api/types';
import { box } from '../../state/box';
import { complain, say } from '../../state/notices';
import { text } from '../../text';

const lamps: Record<string, string> = { ready: 'is-on', open: 'is-on', online: 'is-on', connected: 'is-on', error: 'is-bad', failed: 'is-bad', lost: 'is-bad' };

async function enable(device: Device, enabled: boolean): Promise<void> {
  try {
    const answer = await api.changeDevice(device.id, { enabled });
    box.value = { ...box.value, devices: box.value.devices.map((old) => (old.id === device.id ? { ...old, ...(answer ?? { enabled }) } : old)) };
  } catch (error) {
    complain(error);
  }
}

export function DeviceCard({ device }: { device: Device }) {
  const state = device.state ?? '';
  const silence = () => api.panic(device.id).then(() => say(text.transport.silent), complain);
  return (
    <li class={`device${device.enabled ? '' : ' is-off'}`}>
      <i class={`lamp ${device.enabled ? (lamps[state] ?? '') : ''}`} aria-hidden="true" />
      <div>
        <b>{device.id}</b>
        <small>{[device.driver, device.profile, state].filter(Boolean).join(' · ')}</small>
        {device.describe && <small>{device.describe}</small>}
        {device.error && <small class="bad">{device.error}</small>}
      </div>
      <button type="button" class="plain" onClick={silence}>{text.devices.test}</button>
      <button type="button" class="switch" role="switch" aria-checked={device.enabled} aria-label={`${device.id}: ${text.devices.playTo}`}
        onClick={() => void enable(device, !device.enabled)}><span /></button>
    </li>
  );
}

import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Device } from '../../api/types';
import { box } from '../../state/box';
import { complain, say } from '../../state/notices';
import { text } from '../../text';
import { DeviceMore } from './device_more';

const lamps: Record<string, string> = { ready: 'is-on', failed: 'is-bad', stuck: 'is-bad', missing: 'is-bad' };

async function enable(device: Device, enabled: boolean): Promise<void> {
  try {
    const answer = await api.changeDevice(device.id, { enabled });
    box.value = { ...box.value, devices: box.value.devices.map((old) => (old.id === device.id ? { ...old, ...(answer ?? { enabled }) } : old)) };
  } catch (error) {
    complain(error);
  }
}

export function DeviceCard({ device }: { device: Device }) {
  const [open, setOpen] = useState(false);
  const lamp = device.enabled ? (lamps[device.state] ?? '') : '';
  const test = () => api.testDevice(device.id).then(() => say(text.devices.tested(device.id)), complain);
  return (
    <li class={`device${device.enabled ? '' : ' is-off'}`}>
      <i class={`lamp ${lamp}`} aria-hidden="true" />
      <div>
        <b>{device.id}</b>
        <small>{[device.driver, device.profile, text.devices.states[device.state] ?? device.state].filter(Boolean).join(' · ')}</small>
        {device.detail && <small class={lamp === 'is-bad' ? 'bad' : ''}>{device.detail}</small>}
      </div>
      <button type="button" class="plain" onClick={test}>{text.devices.test}</button>
      <button type="button" class="switch" role="switch" aria-checked={device.enabled} aria-label={`${device.id}: ${text.devices.playTo}`}
        onClick={() => void enable(device, !device.enabled)}><span /></button>
      <button type="button" class="device-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? text.devices.less : text.devices.more}</button>
      {open && <DeviceMore device={device} />}
    </li>
  );
}

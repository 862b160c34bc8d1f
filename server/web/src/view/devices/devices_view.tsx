import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Interpreter } from '../../api/types';
import { box } from '../../state/box';
import { complain } from '../../state/notices';
import { panic } from '../../state/playing';
import { text } from '../../text';
import { Icon } from '../parts/icon';
import { DeviceCard } from './device_card';
import { Guides } from './guides';

function Interpreters() {
  const [known, setKnown] = useState<Interpreter[]>([]);
  useEffect(() => {
    api.interpreters().then((page) => setKnown(page.items), () => undefined);
  }, []);
  if (known.length === 0) return null;
  return (
    <section class="panel">
      <h2>{text.devices.interpreters}</h2>
      <ul class="plain-list">
        {known.map((interpreter) => (
          <li key={interpreter.id}>
            <i class={`lamp${interpreter.reachable === false ? '' : ' is-on'}`} />
            <b>{interpreter.id}</b> {[interpreter.kind, interpreter.model].filter(Boolean).join(' · ')}
            <small>{interpreter.reachable === false ? text.devices.unreachable : interpreter.default ? text.devices.standard : text.devices.reachable}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

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
      <Interpreters />
      <Guides />
    </div>
  );
}

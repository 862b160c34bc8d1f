import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Controller, Device, SetupStep } from '../../api/types';
import { text } from '../../text';
import { TeachPanel } from './teach_panel';

const words = text.devices;

function Steps({ steps }: { steps: SetupStep[] }) {
  return (
    <ol>
      {steps.map((step) => (
        <li key={step.title}><b>{step.title}</b>{!step.verified && <small class="untried">{words.untried}</small>}<p>{step.text}</p></li>
      ))}
    </ol>
  );
}

const Messages = ({ controllers }: { controllers: Controller[] }) => (
  <ul class="messages">
    {controllers.map(({ parameter, message, unit }) => <li key={parameter}><span>{parameter.replace(/_/g, ' ')}{unit && <small>{unit}</small>}</span><code>{message}</code></li>)}
  </ul>
);

// What is behind a device: how it runs, how it is set up, how it hears of parameters, and teaching them.
export function DeviceMore({ device }: { device: Device }) {
  const [steps, setSteps] = useState<SetupStep[]>([]);
  const [controllers, setControllers] = useState<Controller[]>([]);
  useEffect(() => {
    api.setupOf(device.id).then((answer) => setSteps(answer.steps), () => undefined); // a box without guides shows none
    api.controllersOf(device.id).then((page) => setControllers(page.items), () => undefined);
  }, [device.id]);
  const late = device.late_ms;
  return (
    <div class="device-more setup">
      <p class="quiet">{words.facts(device.events_sent ?? 0, device.events_dropped ?? 0, late && late.count > 0 ? late.p99 : null)}</p>
      {steps.length > 0 && <details><summary>{words.setup}</summary><Steps steps={steps} /></details>}
      {controllers.length > 0 && <details><summary>{text.teach.title}</summary><TeachPanel device={device} controllers={controllers} /></details>}
      {controllers.length > 0 && <details><summary>{words.messages(controllers.length)}</summary><Messages controllers={controllers} /></details>}
    </div>
  );
}

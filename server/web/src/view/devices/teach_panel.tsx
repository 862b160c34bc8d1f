import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Controller, Device, Teaching } from '../../api/types';
import { complain } from '../../state/notices';
import { text } from '../../text';

const words = text.teach;
const interval = 250; // milliseconds between two looks at what moves
const paces = [2, 4, 8]; // seconds
const rest = 3; // seconds between two parameters
const named = (parameter: string) => parameter.replace(/_/g, ' ');

function Lesson({ teaching, onStop }: { teaching: Teaching; onStop: () => void }) {
  const { now, at, moving, steps } = teaching;
  const place = now ? steps.findIndex((step) => step.begins_at === now.begins_at) : steps.length;
  const part = now && moving ? (at - now.begins_at) / (now.ends_at - now.begins_at) : 0;
  const say = now ? (moving ? words.moves(named(now.parameter), now.message) : words.next(named(now.parameter), now.message)) : words.done;
  return (
    <div class="lesson" role="status">
      <p><b>{say}</b> <small>{words.of(Math.min(place + 1, steps.length), steps.length)}</small></p>
      <div class="progress-bar" role="progressbar" aria-label={say} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(part * 100)}>
        <span style={{ width: `${part * 100}%` }} />
      </div>
      <button type="button" class="plain" onClick={onStop}>{words.stop}</button>
    </div>
  );
}

// Looks at what moves for as long as something does; it may have been begun by another client.
function useTeaching(device: string): [Teaching | null, (next: Teaching) => void] {
  const [teaching, setTeaching] = useState<Teaching | null>(null);
  const playing = teaching?.playing ?? false;
  useEffect(() => {
    api.teaching(device).then(setTeaching, () => undefined); // 404: nothing was ever taught
  }, [device]);
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => api.teaching(device).then(setTeaching, () => undefined), interval);
    return () => clearInterval(timer);
  }, [device, playing]);
  return [teaching, setTeaching];
}

// MIDI Learn on the device: one parameter at a time, slowly, so that it hears which one is meant.
export function TeachPanel({ device, controllers }: { device: Device; controllers: Controller[] }) {
  const [teaching, setTeaching] = useTeaching(device.id);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [pace, setPace] = useState(4);
  const [channel, setChannel] = useState(1);
  if (teaching?.playing) return <Lesson teaching={teaching} onStop={() => void api.stopTeaching(device.id).then(setTeaching, complain)} />;
  const toggle = (parameter: string) => {
    const next = new Set(chosen);
    if (!next.delete(parameter)) next.add(parameter);
    setChosen(next);
  };
  const parameters = controllers.map(({ parameter }) => parameter).filter((name) => chosen.has(name));
  const begin = () => void api.teach(device.id, { parameters, seconds: pace, rest_seconds: rest, channel }).then(setTeaching, complain);
  return (
    <div class="teach">
      <p class="quiet">{words.hint}</p>
      <div class="chips wrap" role="group" aria-label={words.which}>
        {controllers.map(({ parameter, message }) => (
          <button type="button" key={parameter} aria-pressed={chosen.has(parameter)} title={message} onClick={() => toggle(parameter)}>{named(parameter)}</button>
        ))}
      </div>
      <div class="row teach-how">
        <label class="field"><span>{words.pace}</span>
          <select value={pace} onChange={(event) => setPace(Number(event.currentTarget.value))}>
            {paces.map((seconds) => <option key={seconds} value={seconds}>{words.seconds(seconds)}</option>)}
          </select>
        </label>
        <label class="field"><span>{words.channel}</span>
          <select value={channel} onChange={(event) => setChannel(Number(event.currentTarget.value))}>
            {Array.from({ length: 16 }, (_, index) => <option key={index} value={index + 1}>{index + 1}</option>)}
          </select>
        </label>
        <button type="button" class="plain strong" onClick={begin}>{chosen.size === 0 ? words.all : words.some(chosen.size)}</button>
      </div>
    </div>
  );
}

import { useEffect, useState } from 'preact/hooks';
import { scales } from '../../music/steer';
import { change, filter, filtered, noFilter, type HistoryFilter } from '../../state/history';
import { box } from '../../state/box';
import { interpreters, lookAtInterpreters } from '../../state/wish';
import { text } from '../../text';
import { Icon } from '../parts/icon';

const words = text.history.filters;
const tonics = ['C', 'C#', 'Db', 'D', 'D#', 'Eb', 'E', 'F', 'F#', 'Gb', 'G', 'G#', 'Ab', 'A', 'A#', 'Bb', 'B'];

type Text = Exclude<keyof HistoryFilter, 'starred' | 'words' | 'mode'>;

function Choice({ name, choices }: { name: Text; choices: string[] }) {
  return (
    <label class="field"><span>{words[name]}</span>
      <select value={filter.value[name]} onChange={(event) => change({ [name]: event.currentTarget.value })}>
        <option value="">{words.any}</option>
        {choices.map((choice) => <option key={choice} value={choice}>{choice}</option>)}
      </select>
    </label>
  );
}

function Typed({ name, type }: { name: Text; type: 'number' | 'date' | 'text' }) {
  return (
    <label class="field"><span>{words[name]}</span>
      <input type={type} value={filter.value[name]} onInput={(event) => change({ [name]: event.currentTarget.value })} />
    </label>
  );
}

// A key is asked for as a whole: its tonic and its scale.
function KeyChoice() {
  const [tonic, scale] = [filter.value.key.split(' ')[0] ?? '', filter.value.key.split(' ')[1] ?? ''];
  const set = (nextTonic: string, nextScale: string) => change({ key: nextTonic ? `${nextTonic} ${nextScale || 'major'}` : '' });
  return (
    <>
      <label class="field"><span>{words.key}</span>
        <select value={tonic} onChange={(event) => set(event.currentTarget.value, scale)}>
          <option value="">{words.any}</option>
          {tonics.map((name) => <option key={name} value={name}>{name}</option>)}
        </select>
      </label>
      <label class="field"><span>{words.scale}</span>
        <select value={scale} disabled={!tonic} onChange={(event) => set(tonic, event.currentTarget.value)}>
          {scales.map((name) => <option key={name} value={name}>{name.replace(/_/g, ' ')}</option>)}
        </select>
      </label>
    </>
  );
}

export function FilterPanel() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (open && interpreters.value.length === 0) lookAtInterpreters(false);
  }, [open]);
  const narrowed = filtered(filter.value);
  return (
    <section class="wish">
      <div class="row">
        <button type="button" class="wish-toggle" aria-expanded={open} onClick={() => setOpen(!open)}><Icon name="sliders" /><span>{words.title}</span></button>
        {narrowed && <button type="button" class="wish-toggle" onClick={() => change(noFilter)}><Icon name="close" /><span>{words.none}</span></button>}
      </div>
      {open && (
        <div class="panel wish-fields">
          <KeyChoice />
          <Typed name="tempo_from" type="number" />
          <Typed name="tempo_to" type="number" />
          <Choice name="interpreter" choices={interpreters.value.map(({ id }) => id)} />
          <Choice name="device" choices={box.value.devices.map(({ id }) => id)} />
          <Typed name="from" type="date" />
          <Typed name="to" type="date" />
          <Typed name="tag" type="text" />
        </div>
      )}
    </section>
  );
}

import { useState } from 'preact/hooks';
import { scales } from '../../music/steer';
import {
  chain, forgetWishes, hint, howMany, interpreters, localOnly, lookAtInterpreters, options, sideBySide, toggleInChain, wishes, type Options,
} from '../../state/wish';
import { text } from '../../text';
import { Icon } from '../parts/icon';
import { Segments } from '../parts/segments';

const words = text.wish;
const set = (name: keyof Options, value: string) => (options.value = { ...options.value, [name]: value });

function Choice({ name, choices }: { name: keyof Options; choices: readonly string[] }) {
  return (
    <label class="field"><span>{words.fields[name]}</span>
      <select value={options.value[name]} onChange={(event) => set(name, event.currentTarget.value)}>
        <option value="">{words.open}</option>
        {choices.map((choice) => <option key={choice} value={choice}>{choice.replace(/_/g, ' ')}</option>)}
      </select>
    </label>
  );
}

function Amount({ name, min, max, step }: { name: keyof Options; min: number; max: number; step: number }) {
  return (
    <label class="field"><span>{words.fields[name]}</span>
      <input type="number" inputMode="decimal" min={min} max={max} step={step} placeholder={words.open} value={options.value[name]}
        onInput={(event) => set(name, event.currentTarget.value)} />
    </label>
  );
}

const stateOf = (reachable: boolean | null | undefined) => (reachable === false ? ' is-bad' : reachable ? ' is-on' : '');

// Who reads: one, or several one after the other until one succeeds, or all of them side by side.
function Readers() {
  const order = (id: string) => chain.value.indexOf(id) + 1;
  return (
    <div class="readers">
      <h3>{words.readers}</h3>
      <div class="chips wrap" role="group" aria-label={words.readers}>
        {interpreters.value.map(({ id, model, reachable }) => (
          <button type="button" key={id} aria-pressed={order(id) > 0} onClick={() => toggleInChain(id)} title={model ?? id}>
            <i class={`lamp${stateOf(reachable)}`} aria-hidden="true" />{id}{order(id) > 0 && chain.value.length > 1 && <b>{order(id)}</b>}
          </button>
        ))}
      </div>
      {chain.value.length > 1 && (
        <Segments label={words.how} value={sideBySide.value ? 'beside' : 'chain'} onChange={(value) => (sideBySide.value = value === 'beside')}
          choices={[{ value: 'chain', label: words.chain }, { value: 'beside', label: words.beside }]} />
      )}
      {!(sideBySide.value && chain.value.length > 1) && (
        <Segments label={words.howMany} value={String(howMany.value)} onChange={(value) => (howMany.value = Number(value))}
          choices={['1', '2', '3', '4'].map((count) => ({ value: count, label: words.candidates(Number(count)) }))} />
      )}
    </div>
  );
}

function Fields({ besidePicture }: { besidePicture: boolean }) {
  return (
    <div class="wish-fields">
      {besidePicture && (
        <label class="field field-wide"><span>{words.hint}</span>
          <input type="text" maxLength={2000} placeholder={words.hintExample} value={hint.value} onInput={(event) => (hint.value = event.currentTarget.value)} />
        </label>
      )}
      <Choice name="tonic" choices={['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B']} />
      <Choice name="scale" choices={scales} />
      <Amount name="tempo_bpm" min={20} max={400} step={1} />
      <Choice name="meter" choices={['4/4', '3/4', '6/8', '5/4', '7/8', '12/8']} />
      <Amount name="bars" min={1} max={256} step={1} />
      <Choice name="style" choices={['house', 'techno', 'hip_hop', 'trap', 'drum_and_bass', 'breakbeat', 'rock', 'reggaeton', 'bossa_nova', 'afrobeat', 'ambient']} />
      <Amount name="swing" min={50} max={75} step={1} />
      <Amount name="density" min={0} max={1} step={0.1} />
      <Choice name="device" choices={['mpc', 'push', 'live', 'max', 'generic', 'general_midi']} />
      <Amount name="lfo_beats" min={0.25} max={64} step={0.25} />
      <Amount name="seed" min={0} max={9007199254740991} step={1} />
    </div>
  );
}

// Everything that may be asked for, folded away until somebody wants it.
export function WishPanel({ besidePicture }: { besidePicture: boolean }) {
  const [open, setOpen] = useState(false);
  const count = wishes();
  const toggle = () => {
    if (!open) lookAtInterpreters(false);
    setOpen(!open);
  };
  return (
    <section class="wish">
      <button type="button" class="wish-toggle" aria-expanded={open} onClick={toggle}>
        <Icon name="sliders" /><span>{words.title}</span>{count > 0 && <b>{words.count(count)}</b>}
      </button>
      {open && (
        <div class="panel">
          <Readers />
          <Fields besidePicture={besidePicture} />
          <div class="row wish-end">
            <button type="button" class="lock" role="switch" aria-checked={localOnly.value} onClick={() => (localOnly.value = !localOnly.value)}>
              <Icon name={localOnly.value ? 'lock' : 'unlock'} /><span>{words.localOnly}</span>
            </button>
            <button type="button" class="plain" disabled={count === 0} onClick={forgetWishes}>{words.forget}</button>
          </div>
        </div>
      )}
    </section>
  );
}

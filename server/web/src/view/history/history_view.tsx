import { useEffect } from 'preact/hooks';
import { change, filter, filtered, found, search } from '../../state/history';
import { text } from '../../text';
import { Icon } from '../parts/icon';
import { FilterPanel } from './filter_panel';
import { Gallery } from './gallery';

const modes = ['', 'doodle', 'photo', 'lfo', 'mpc', 'macros', 'arrangement', 'prompt'];

function Chips() {
  const { mode, starred } = filter.value;
  return (
    <div class="chips" role="group" aria-label={text.history.filter}>
      <button type="button" aria-pressed={starred} onClick={() => change({ starred: !starred })}>{text.history.starred}</button>
      {modes.map((name) => (
        <button type="button" key={name} aria-pressed={mode === name} onClick={() => change({ mode: name })}>{name === '' ? text.history.all : text.history.modes[name]}</button>
      ))}
    </div>
  );
}

function Nothing() {
  const narrowed = filtered(filter.value);
  return (
    <div class="empty">
      <p><b>{narrowed ? text.history.nothingFound : text.history.empty}</b></p>
      {!narrowed && <p>{text.history.emptyHint}</p>}
    </div>
  );
}

export function HistoryView() {
  const wanted = filter.value;
  useEffect(() => {
    if (found.value === null) {
      void search();
      return;
    }
    const timer = setTimeout(() => void search(), 200);
    return () => clearTimeout(timer);
  }, [wanted]);
  return (
    <div class="history">
      <h1>{text.history.title}</h1>
      <label class="search">
        <Icon name="search" />
        <input type="search" placeholder={text.history.search} aria-label={text.history.search} value={wanted.words}
          onInput={(event) => change({ words: event.currentTarget.value })} />
      </label>
      <Chips />
      <FilterPanel />
      {found.value?.length === 0 && <Nothing />}
      <Gallery />
    </div>
  );
}

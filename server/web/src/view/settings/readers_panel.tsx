import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Interpreter, SettingsReport } from '../../api/types';
import { may } from '../../state/access';
import { complain } from '../../state/notices';
import { interpreters } from '../../state/wish';
import { KeyForm } from './key_form';
import { text } from '../../text';

const words = text.settings;
const money = (cost: number) => cost.toFixed(cost < 1 ? 3 : 2);

function errorOf({ last_error: error }: Interpreter): string {
  if (!error) return '';
  return 'message' in error ? error.message : error.title;
}

function Budget({ cost, budget }: { cost: number; budget: number }) {
  return <span class="budget" aria-hidden="true"><span style={{ width: `${Math.min(100, (cost / budget) * 100)}%` }} /></span>;
}

function Reader({ reader, keyFrom, onChanged }: { reader: Interpreter; keyFrom: string | null; onChanged: () => void }) {
  const cost = reader.today?.cost ?? 0;
  const lamp = reader.reachable === false ? 'is-bad' : reader.reachable ? 'is-on' : '';
  const state = reader.reachable === false ? words.silent : reader.reachable ? words.ready : words.unknown;
  const paid = cost > 0 || Boolean(reader.daily_budget);
  return (
    <li class="reader">
      <i class={`lamp ${lamp}`} aria-hidden="true" />
      <div>
        <b>{reader.id}</b> <small>{[reader.model, reader.on_this_machine ? words.here : reader.host].filter(Boolean).join(' · ')}</small>
        <small class={lamp === 'is-bad' ? 'bad' : ''}>{[state, reader.default ? words.first : '', words.asked(reader.today?.interpretations ?? 0)].filter(Boolean).join(' · ')}</small>
        {lamp === 'is-bad' && errorOf(reader) && <small>{errorOf(reader)}</small>}
        {reader.key_from && <small>{reader.key_from === 'api' ? words.keyGiven : words.keyFrom(keyFrom ?? '')}</small>}
        {paid && <small>{words.spentToday(money(cost), reader.daily_budget ? money(reader.daily_budget) : '')}</small>}
        {reader.daily_budget ? <Budget cost={cost} budget={reader.daily_budget} /> : null}
        {keyFrom !== null && may('admin') && <KeyForm reader={reader} onChanged={onChanged} />}
      </div>
    </li>
  );
}

// Who can read pictures, how they are, and what they cost today.
export function ReadersPanel({ keys }: { keys: SettingsReport['interpreters'] }) {
  const [looking, setLooking] = useState(false);
  const look = (probe: boolean) => {
    setLooking(probe);
    api.interpreters(probe).then((answer) => (interpreters.value = answer.items), complain).finally(() => setLooking(false));
  };
  useEffect(() => look(false), []);
  return (
    <section class="panel">
      <h2>{words.readers}</h2>
      <ul class="reader-list">
        {interpreters.value.map((reader) => (
          <Reader key={reader.id} reader={reader} keyFrom={keys.find(({ id }) => id === reader.id)?.key_from ?? null} onChanged={() => look(true)} />
        ))}
      </ul>
      <button type="button" class="plain" disabled={looking} onClick={() => look(true)}>{looking ? words.looking : words.look}</button>
    </section>
  );
}

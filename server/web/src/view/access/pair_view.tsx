import { useEffect, useState } from 'preact/hooks';
import { access, deviceName, invitedBy, stranger, waiting } from '../../state/access';
import { claim } from '../../state/claim';
import { text } from '../../text';
import { Icon } from '../parts/icon';
import { WaitingCard } from './waiting_card';

const words = text.access;

// For a device that the box does not know: the code of an invitation, and a name to know it by.
export function PairView() {
  const [code, setCode] = useState(invitedBy.value);
  const [name, setName] = useState(() => deviceName(navigator.userAgent));
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // A link that is opened counts more than what was typed before.
  useEffect(() => {
    if (!invitedBy.value) return;
    setCode(invitedBy.value);
    setRefusal(null);
  }, [invitedBy.value]);
  const pair = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setRefusal(await claim(code, name.trim()));
    setBusy(false);
  };
  if (waiting.value) return <div class="pair"><WaitingCard held={waiting.value} onRefusal={setRefusal} /></div>;
  return (
    <div class="pair">
      <form class="pair-card" onSubmit={(event) => void pair(event)}>
        <Icon name="link" />
        <h1>{words.title(access.value?.box ?? '')}</h1>
        <p class="quiet">{invitedBy.value ? words.invited : words.hint}</p>
        <label class="field"><span>{words.code}</span>
          <input class="pair-code" type="text" required autoComplete="off" autoCapitalize="characters" spellcheck={false} maxLength={16} placeholder="XXXX-XXXX"
            aria-invalid={refusal !== null} value={code} onInput={(event) => setCode(event.currentTarget.value.toUpperCase())} />
        </label>
        <label class="field"><span>{words.name}</span>
          <input type="text" required maxLength={64} value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        {refusal && <p class="bad" role="alert">{refusal}</p>}
        <button type="submit" class="primary" disabled={busy}>{words.pair}</button>
        {!stranger.value && <button type="button" class="plain" onClick={() => (invitedBy.value = '')}>{words.notNow}</button>}
      </form>
      <section class="pair-how">
        <h2>{words.where}</h2>
        <ul>{words.ways.map((way) => <li key={way.from}><b>{way.from}</b> {way.code ? <code>{way.how}</code> : way.how}</li>)}</ul>
      </section>
    </div>
  );
}

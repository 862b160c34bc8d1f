import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Backups } from '../../api/types';
import { bytesName } from '../../music/units';
import { complain } from '../../state/notices';
import { text } from '../../text';
import { Icon } from '../parts/icon';
import { IconButton } from '../parts/icon_button';

const words = text.settings.backup;
const patience = 1500; // between two looks at a backup that is being made

function Chain({ chain }: { chain: Backups['state']['chain'] }) {
  const lamp = chain === 'fits' ? 'is-on' : chain === 'broken' ? 'is-bad' : '';
  return <p class="health-word"><i class={`lamp ${lamp}`} aria-hidden="true" /><span>{words.chain[chain]}</span></p>;
}

// Everything that is kept, as one file to put elsewhere.
export function BackupPanel() {
  const [known, setKnown] = useState<Backups | null>(null);
  const look = () => void api.backups().then(setKnown, complain);
  const busy = known?.state.backing_up ?? false;
  useEffect(look, []);
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(look, patience);
    return () => clearTimeout(timer);
  }, [known]);
  if (!known) return null;
  const begin = () => void api.beginBackup().then((state) => setKnown({ ...known, state }), complain);
  return (
    <section class="panel">
      <h2>{words.title}</h2>
      <Chain chain={known.state.chain} />
      {known.state.clock_doubted && <p class="bad">{words.clockDoubted}</p>}
      {known.state.backup_error && <p class="bad">{known.state.backup_error.message}</p>}
      <ul class="plays">
        {known.items.map(({ name, size, url }) => (
          <li key={name}>
            <a class="backup" href={url} download><Icon name="save" /><span><b>{name}</b> <small>{bytesName(size)}</small></span></a>
            <IconButton icon="trash" label={`${text.history.delete}: ${name}`} onPress={() => void api.removeBackup(name).then(look, complain)} />
          </li>
        ))}
      </ul>
      <button type="button" class="plain" disabled={busy} onClick={begin}>{busy ? words.busy : words.begin}</button>
    </section>
  );
}

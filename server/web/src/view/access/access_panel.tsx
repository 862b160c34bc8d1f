import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Invitation, Scope, Token } from '../../api/types';
import { access, leave, may } from '../../state/access';
import { box } from '../../state/box';
import { complain } from '../../state/notices';
import { text } from '../../text';
import { Icon } from '../parts/icon';
import { Segments } from '../parts/segments';
import { InvitationCard } from './invitation_card';
import { TokenList } from './token_list';

const words = text.access;
const grantable = () => (['play', 'create', 'admin'] as Scope[]).filter(may);

// A key for a script, shown this once.
function ToolForm({ scope, onMade }: { scope: Scope; onMade: () => void }) {
  const [name, setName] = useState('');
  const [secret, setSecret] = useState('');
  const make = (event: Event) => {
    event.preventDefault();
    api.createToken(name.trim(), scope).then((token) => {
      setSecret(token.secret ?? '');
      setName('');
      onMade();
    }, complain);
  };
  return (
    <details>
      <summary>{words.tool}</summary>
      <form class="tool-form" onSubmit={make}>
        <label class="field"><span>{words.toolName}</span>
          <input type="text" required maxLength={64} value={name} onInput={(event) => setName(event.currentTarget.value)} /></label>
        <button type="submit" class="plain strong">{words.makeTool}</button>
      </form>
      {secret !== '' && <div class="guide-settings"><h3>{words.secret}</h3><pre tabIndex={0}>{secret}</pre></div>}
    </details>
  );
}

function Invite({ onCame }: { onCame: () => void }) {
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [scope, setScope] = useState<Scope>('create');
  const end = () => {
    setInvitation(null);
    onCame();
  };
  if (invitation) return <InvitationCard invitation={invitation} onEnd={end} />;
  return (
    <div class="invite">
      <Segments label={words.mayDo} value={scope} onChange={setScope} choices={grantable().map((value) => ({ value, label: words.scopes[value].name }))} />
      <p class="quiet">{words.scopes[scope].meaning}</p>
      <button type="button" class="primary" onClick={() => void api.invite(scope).then(setInvitation, complain)}><Icon name="link" /><span>{words.add}</span></button>
      {may('admin') && <ToolForm scope={scope} onMade={onCame} />}
    </div>
  );
}

function ThisDevice() {
  const { client, encrypted } = access.value!;
  return (
    <p class="this-device">
      <span>{words.here[client.kind](client.name)} {!encrypted && client.kind === 'device' && words.open}</span>
      {client.kind === 'device' && <button type="button" class="plain" onClick={() => void leave()}>{words.leave}</button>}
    </p>
  );
}

// Who may come in. A box that asks nobody has nothing to show.
export function AccessPanel() {
  const [tokens, setTokens] = useState<Token[] | null>(null);
  const version = box.value.accessChanged;
  const known = access.value !== null;
  const look = () => {
    if (known && may('admin')) api.tokens().then((page) => setTokens(page.items), complain);
  };
  useEffect(look, [known, version]);
  if (!known) return null;
  return (
    <section class="panel access">
      <h2>{words.panel}</h2>
      <ThisDevice />
      {tokens && <TokenList tokens={tokens} onChange={look} />}
      {may('create') && <Invite onCame={look} />}
    </section>
  );
}

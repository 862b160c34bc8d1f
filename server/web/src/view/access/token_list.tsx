import { api } from '../../api/client';
import type { Token } from '../../api/types';
import { complain } from '../../state/notices';
import { text } from '../../text';
import { IconButton } from '../parts/icon_button';

const words = text.access;
const when = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hour12: false });
const seen = (token: Token) => (token.last_used_at ? words.seen(when.format(new Date(token.last_used_at)), token.last_address ?? '') : words.neverSeen);

function TokenRow({ token, onChange }: { token: Token; onChange: () => void }) {
  const rename = (name: string) => {
    if (name !== '' && name !== token.name) api.renameToken(token.id, name).then(onChange, complain);
  };
  return (
    <li>
      <div class="token-words">
        <input class="token-name" type="text" maxLength={64} aria-label={`${words.name}: ${token.name}`} value={token.name}
          onChange={(event) => rename(event.currentTarget.value.trim())} />
        <small>{[token.current ? words.thisOne : words.kinds[token.kind], words.scopes[token.scope].name, seen(token)].join(' · ')}</small>
      </div>
      <IconButton icon="trash" label={`${words.revoke}: ${token.name}`} onPress={() => void api.revokeToken(token.id).then(onChange, complain)} />
    </li>
  );
}

// Every device and program that may come in.
export function TokenList({ tokens, onChange }: { tokens: Token[]; onChange: () => void }) {
  if (tokens.length === 0) return <p class="quiet">{words.nobody}</p>;
  return <ul class="tokens">{tokens.map((token) => <TokenRow key={token.id} token={token} onChange={onChange} />)}</ul>;
}

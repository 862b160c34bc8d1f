import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Interpreter } from '../../api/types';
import { complain, say } from '../../state/notices';
import { text } from '../../text';

const words = text.settings;

// The key of a model's provider: it can be given and taken away, and the box never shows it again.
export function KeyForm({ reader, onChanged }: { reader: Interpreter; onChanged: () => void }) {
  const [key, setKey] = useState('');
  const changed = (message: string) => {
    setKey('');
    say(message);
    onChanged();
  };
  const save = (event: Event) => {
    event.preventDefault();
    api.putKey(reader.id, key.trim()).then(() => changed(words.keySaved(reader.id)), complain);
  };
  const remove = () => void api.removeKey(reader.id).then(() => changed(words.keyRemoved(reader.id)), complain);
  return (
    <details>
      <summary>{words.keyChange}</summary>
      <form class="tool-form" onSubmit={save}>
        <label class="field"><span>{words.keyLabel(reader.id)}</span>
          <input type="password" required maxLength={4096} autocomplete="off" value={key} onInput={(event) => setKey(event.currentTarget.value)} /></label>
        <button type="submit" class="plain strong">{words.keySave}</button>
      </form>
      {reader.key_from === 'api' && <button type="button" class="plain" onClick={remove}>{words.keyRemove}</button>}
    </details>
  );
}

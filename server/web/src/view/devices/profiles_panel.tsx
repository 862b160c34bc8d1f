import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import { messageOf } from '../../api/problem';
import type { DeviceProfile } from '../../api/types';
import { complain } from '../../state/notices';
import { text } from '../../text';

const words = text.profiles;
type Known = Awaited<ReturnType<typeof api.profiles>>;
interface Checked {
  file: string;
  lines: string[];
  good: boolean;
}

async function check(file: File): Promise<Checked> {
  const csv = file.name.toLowerCase().endsWith('.csv');
  try {
    const { profile, parameters, remarks } = await api.checkProfile(file, csv ? 'text/csv' : 'application/json');
    const lines = remarks.map(({ pointer, message }) => `${pointer} ${message}`.trim());
    return { file: file.name, good: true, lines: [words.good(profile.name ?? file.name, parameters.length), ...lines] };
  } catch (error) {
    return { file: file.name, good: false, lines: messageOf(error).split('\n') };
  }
}

function Row({ profile }: { profile: DeviceProfile }) {
  return <li><span><b>{profile.name}</b><small>{[profile.origin, words.parameters(profile.parameters)].join(' · ')}</small></span><code>{profile.id}</code></li>;
}

// The profiles that the box has, and a look at one of one's own before it goes into their folder.
export function ProfilesPanel() {
  const [known, setKnown] = useState<Known | null>(null);
  const [checked, setChecked] = useState<Checked | null>(null);
  useEffect(() => void api.profiles().then(setKnown, complain), []);
  const take = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    const file = input.files?.[0];
    if (file) void check(file).then(setChecked);
    input.value = '';
  };
  if (!known) return null;
  return (
    <section class="panel setup">
      <h2>{words.title}</h2>
      <p>{words.hint}</p>
      <details><summary>{words.all(known.items.length)}</summary><ul class="messages">{known.items.map((profile) => <Row key={profile.id} profile={profile} />)}</ul></details>
      {known.problems.map(({ file, message }) => <p key={file} class="bad">{file}: {message}</p>)}
      <label class="plain file-choice"><span>{words.check}</span><input type="file" accept=".json,.csv,application/json,text/csv" onChange={take} /></label>
      {checked && (
        <div class="checked" role="status">
          <b>{checked.file}</b>
          <ul class={checked.good ? '' : 'bad'}>{checked.lines.map((line) => <li key={line}>{line}</li>)}</ul>
        </div>
      )}
    </section>
  );
}

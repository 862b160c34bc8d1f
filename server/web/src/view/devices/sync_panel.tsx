import { api } from '../../api/client';
import type { SyncState } from '../../api/types';
import { box } from '../../state/box';
import { complain } from '../../state/notices';
import { text } from '../../text';

const words = text.sync;
const lamps: Record<SyncState['state'], string> = { leading: 'is-on', following: 'is-on', waiting: '', standing: '', lost: 'is-bad' };
const nameOf = (id: string) => (id.startsWith('midi:') ? words.midi(id.slice(5)) : (words.names[id] ?? id));

async function lead(sync: string): Promise<void> {
  try {
    const transport = await api.changeTransport({ sync });
    box.value = { ...box.value, transport };
  } catch (error) {
    complain(error);
  }
}

// Who leads the tempo: the box, a MIDI clock, or an Ableton Link session.
export function SyncPanel() {
  const { transport } = box.value;
  if (!transport) return null;
  const sources = transport.sync_sources ?? [{ id: transport.sync ?? 'internal', available: true, detail: '' }];
  const state = transport.sync_state;
  return (
    <section class="panel">
      <h2>{words.title}</h2>
      <div class="choices-down" role="radiogroup" aria-label={words.title}>
        {sources.map(({ id, available, detail }) => (
          <button type="button" key={id} class="choice-row" role="radio" aria-checked={(transport.sync ?? 'internal') === id} disabled={!available} onClick={() => void lead(id)}>
            <b>{nameOf(id)}</b><small>{available ? (words.meanings[id] ?? words.meanings.midi) : detail}</small>
          </button>
        ))}
      </div>
      {state && (
        <p class="health-word"><i class={`lamp ${lamps[state.state]}`} aria-hidden="true" />
          <span>{words.states[state.state](state.tempo_bpm, state.jitter_ms)}{transport.sync === 'link' && ` ${words.peers(state.peers)}`}</span></p>
      )}
    </section>
  );
}

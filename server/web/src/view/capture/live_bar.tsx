import { keepLive, liveConnection, quantise, understanding, understood } from '../../state/live';
import { wordsOf } from '../../music/understood';
import { stored, session } from '../../state/session';
import { text } from '../../text';
import { IconButton } from '../parts/icon_button';
import { Segments } from '../parts/segments';

function words(): string {
  const seen = understood.value;
  if (liveConnection.value === 'offline') return text.live.offline;
  if (!seen) return understanding.value ? text.live.reading : text.live.start;
  return seen.kind === 'nothing' ? seen.advice : text.live.saw(wordsOf(seen));
}

// What was understood, in words; when changes are heard; and a moment kept while it goes on.
export function LiveBar() {
  const drawnSomething = session.value !== null && !stored.value;
  return (
    <section class="live-bar" aria-label={text.capture.live}>
      <p class={`live-words${liveConnection.value === 'offline' ? ' is-lost' : ''}`} role="status">{words()}</p>
      <span class="live-when" aria-hidden="true">{text.live.when}</span>
      <Segments label={text.live.when} value={quantise.value} onChange={(value) => (quantise.value = value)}
        choices={[{ value: 'step', label: text.live.step }, { value: 'bar', label: text.live.bar }]} />
      <IconButton icon="keep" label={text.live.keep} disabled={!drawnSomething} onPress={keepLive} />
    </section>
  );
}

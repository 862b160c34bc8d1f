import { hearing, toggleHearing } from '../../state/hearing';
import { loop, nowPlaying, nudgeTempo, panic, playOut, stopOut, tempo } from '../../state/playing';
import { desk, session } from '../../state/session';
import { text } from '../../text';
import { IconButton } from './icon_button';
import { Position } from './position';

export function TransportBar() {
  const out = nowPlaying.value !== undefined;
  const here = hearing.value !== null;
  const ready = session.value !== null;
  const label = (out || here) ? text.transport.playing : text.transport.stopped;
  return (
    <section class={`transport${out || here ? ' is-playing' : ''}`} aria-label={label}>
      <IconButton icon={out ? 'stop' : 'play'} label={out ? text.transport.stop : text.transport.play} kind="transport-play"
        disabled={!ready && !out} pressed={out} onPress={() => void (out ? stopOut() : playOut())} />
      <IconButton icon="ear" label={here ? text.transport.stopHear : text.transport.hear} kind="transport-hear"
        disabled={!ready} pressed={here} onPress={() => void toggleHearing()} />
      <div class="transport-now">
        <span class="transport-title">{session.value ? session.value.title || text.session.untitled : text.session.none}</span>
        <Position meter={desk.value?.meter ?? { numerator: 4, denominator: 4 }} />
      </div>
      <div class="tempo" role="group" aria-label={text.transport.tempo}>
        <button type="button" aria-label={text.transport.slower} onClick={() => void nudgeTempo(-1)}>−</button>
        <output>{Math.round(tempo.value)}<small>{text.transport.bpm}</small></output>
        <button type="button" aria-label={text.transport.faster} onClick={() => void nudgeTempo(1)}>+</button>
      </div>
      <IconButton icon="loop" label={text.transport.loop} pressed={loop.value} onPress={() => (loop.value = !loop.value)} kind="transport-loop" />
      <IconButton icon="panic" label={`${text.transport.panic}: ${text.transport.panicHint}`} kind="transport-panic" onPress={() => void panic()} />
    </section>
  );
}

import type { SessionDocument } from '../../api/types';
import { pitchFromName } from '../../music/pitch';
import { roleClass } from '../../music/roles';
import { locksOf, moves, scales, type Lock } from '../../music/steer';
import { amount, arrange, asking, changeKey, locks, reroll, steer, steerPart, toggleLock } from '../../state/steer';
import { text } from '../../text';
import { Icon } from '../parts/icon';
import { IconButton } from '../parts/icon_button';

const tonics = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];

function tonicName(tonic: string): string {
  const pitch = pitchFromName(`${tonic}4`);
  return pitch === null ? tonic : tonics[pitch % 12]!;
}

function LockButton({ lock, name }: { lock: Lock; name: string }) {
  const held = locks.value.has(lock.pointer);
  return (
    <button type="button" class="lock" aria-pressed={held} aria-label={`${text.steer.lock}: ${name}, ${text.steer.what[lock.what]}`}
      onClick={() => toggleLock(lock.pointer)}>
      <Icon name={held ? 'lock' : 'unlock'} /><span>{text.steer.what[lock.what]}</span>
    </button>
  );
}

// A line for each part: choose it, hold its notes or its sound, throw its dice.
function PartRow({ document, track }: { document: SessionDocument; track: number }) {
  const { name, role } = document.tracks[track]!;
  const mine = locksOf(document).filter((lock) => lock.track === track);
  return (
    <li class={`steer-part ${roleClass(role)}`}>
      <button type="button" class="steer-name" aria-pressed={steerPart.value === track} onClick={() => (steerPart.value = steerPart.value === track ? null : track)}>{name}</button>
      {mine.map((lock) => <LockButton key={lock.pointer} lock={lock} name={name} />)}
      <IconButton icon="dice" label={text.steer.reroll(name)} disabled={asking.value || locks.value.has(`/tracks/${track}/patterns`)} onPress={() => void reroll(track)} />
    </li>
  );
}

function KeyChoice({ document }: { document: SessionDocument }) {
  const tonic = tonicName(document.key.tonic);
  const { scale } = document.key;
  const known = scales.includes(scale) ? scales : [scale, ...scales];
  return (
    <div class="steer-key">
      <label><span>{text.edit.key}</span>
        <select value={tonic} disabled={asking.value} onChange={(event) => void changeKey(`${event.currentTarget.value} ${scale}`)}>
          {tonics.map((name) => <option key={name} value={name}>{name.replace('#', '♯')}</option>)}
        </select>
      </label>
      <label><span>{text.steer.scale}</span>
        <select value={scale} disabled={asking.value} onChange={(event) => void changeKey(`${tonic} ${event.currentTarget.value}`)}>
          {known.map((name) => <option key={name} value={name}>{name.replace(/_/g, ' ')}</option>)}
        </select>
      </label>
      <label><span>{text.steer.song}</span>
        <select value="" disabled={asking.value} onChange={(event) => void arrange(Number(event.currentTarget.value))}>
          <option value="">{text.steer.asItIs}</option>
          {[8, 16, 32, 64, 128].map((bars) => <option key={bars} value={bars}>{text.session.bars(bars)}</option>)}
        </select>
      </label>
    </div>
  );
}

export function SteerPanel({ document }: { document: SessionDocument }) {
  const part = steerPart.value === null ? undefined : document.tracks[steerPart.value];
  return (
    <section class={`panel steer${asking.value ? ' is-asking' : ''}`}>
      <h2>{text.session.steer}</h2>
      <ul class="steer-parts">{document.tracks.map((track, index) => <PartRow key={track.id} document={document} track={index} />)}</ul>
      <div class="steer-whole" role="group" aria-label={text.steer.lock}>
        {locksOf(document).filter((lock) => lock.track === null).map((lock) => <LockButton key={lock.pointer} lock={lock} name={text.steer.everything} />)}
      </div>
      <h3>{text.steer.change} <b class={roleClass(part?.role)}>{part?.name ?? text.steer.everything}</b></h3>
      <label class="steer-amount"><span>{text.steer.little}</span>
        <input type="range" min="0" max="1" step="0.05" value={amount.value} aria-label={text.steer.amount} onInput={(event) => (amount.value = Number(event.currentTarget.value))} />
        <span>{text.steer.much}</span>
      </label>
      <div class="moves">
        {moves.map((move) => (
          <button type="button" key={move} class="plain" disabled={asking.value} title={text.steer.moves[move].meaning} onClick={() => void steer(move)}>{text.steer.moves[move].name}</button>
        ))}
      </div>
      <KeyChoice document={document} />
    </section>
  );
}

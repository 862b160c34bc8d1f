import { box } from '../../state/box';
import { hearing, toggleHearing } from '../../state/hearing';
import { nowPlaying, playOut, stopOut } from '../../state/playing';
import { text } from '../../text';
import { Icon } from '../parts/icon';

// The two ways to sound: in this browser, and on what stands on the desk.
export function ListenRow() {
  const here = hearing.value !== null;
  const out = nowPlaying.value !== undefined;
  const devices = box.value.devices.filter((device) => device.enabled).map((device) => device.id);
  return (
    <div class="listen">
      <button type="button" class={here ? 'plain strong' : 'primary'} aria-pressed={here} onClick={() => void toggleHearing()}>
        <Icon name={here ? 'stop' : 'ear'} />{here ? text.session.stopHear : text.session.hear}
      </button>
      <button type="button" class={`plain${out ? ' strong' : ''}`} aria-pressed={out} onClick={() => void (out ? stopOut() : playOut())}>
        <Icon name={out ? 'stop' : 'play'} /><span>{out ? text.session.stopOn(devices) : text.session.playOn(devices)}</span>
      </button>
    </div>
  );
}

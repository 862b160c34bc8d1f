import { live, understanding } from '../../state/live';
import { text } from '../../text';

export function LiveSwitch() {
  return (
    <button type="button" class={`live-switch${understanding.value ? ' is-reading' : ''}`} role="switch" aria-checked={live.value}
      title={text.capture.liveHint} onClick={() => (live.value = !live.value)}>
      <i class={`lamp${live.value ? ' is-on' : ''}`} />{text.capture.live}
    </button>
  );
}

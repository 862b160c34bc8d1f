import type { Oscillator, SessionDocument } from '../../api/types';
import { wavePath } from '../../music/curves';
import { nextWave, withPatch } from '../../music/patch_edit';
import { change } from '../../state/session';
import { text } from '../../text';

interface Props {
  oscillator: Oscillator;
  number: number;
  track: number;
  document: SessionDocument;
}

const signed = (value: number) => (value > 0 ? `+${value}` : String(value));

// A tap on the wave takes the next one.
export function OscillatorCard({ oscillator, number, track, document }: Props) {
  const turn = () => change(withPatch(document, track, (patch) => ({
    ...patch,
    oscillators: patch.oscillators.map((old, at) => (at === number ? { ...old, wave: nextWave(old.wave) } : old)),
  })));
  return (
    <button type="button" class="module oscillator" onClick={turn} title={text.session.nextWave}>
      <span class="module-name">{text.session.oscillator(number + 1)} <b>{oscillator.wave}</b></span>
      <svg viewBox="0 0 96 44" preserveAspectRatio="none" aria-hidden="true">
        <path class="curve" d={wavePath(oscillator.wave, 96, 44)} vector-effect="non-scaling-stroke" />
      </svg>
      <small>{signed(Math.round(oscillator.detune_cents))} ct · {signed(oscillator.octave)} oct · {Math.round(oscillator.level * 100)} %</small>
    </button>
  );
}

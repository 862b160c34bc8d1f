import type { Oscillator, Patch, SessionDocument } from '../../api/types';
import { envelopePoints, filterPoints, pathOf, wavePath } from '../../music/curves';
import { roleClass } from '../../music/roles';
import { trackIndex } from '../../state/session';
import { text } from '../../text';
import { Knob } from '../parts/knob';
import { CableBoard } from './cable_board';

function OscillatorCard({ oscillator, number }: { oscillator: Oscillator; number: number }) {
  const signed = (value: number) => (value > 0 ? `+${value}` : String(value));
  return (
    <div class="module">
      <h3>{text.session.oscillator(number)}</h3>
      <svg viewBox="0 0 96 44" role="img" aria-label={oscillator.wave}><path class="curve" d={wavePath(oscillator.wave, 96, 44)} /></svg>
      <p><b>{oscillator.wave}</b><br />{signed(Math.round(oscillator.detune_cents))} ct · {signed(oscillator.octave)} oct · {Math.round(oscillator.level * 100)} %</p>
    </div>
  );
}

function FilterCard({ patch }: { patch: Patch }) {
  const { filter } = patch;
  const line = pathOf(filterPoints(filter, 200, 72));
  const hz = filter.cutoff_hz >= 1000 ? `${(filter.cutoff_hz / 1000).toFixed(1)} kHz` : `${Math.round(filter.cutoff_hz)} Hz`;
  return (
    <div class="module wide">
      <h3>{text.session.filter}</h3>
      <svg viewBox="0 0 200 72" preserveAspectRatio="none" role="img" aria-label={`${filter.type} ${hz}`}>
        <path class="area" d={`${line}L200 72L0 72Z`} /><path class="curve" d={line} vector-effect="non-scaling-stroke" />
      </svg>
      <p><b>{filter.type}</b> {hz} · Q {Math.round(filter.resonance * 100)} %</p>
    </div>
  );
}

function EnvelopeCard({ patch }: { patch: Patch }) {
  const { envelope } = patch;
  const line = pathOf(envelopePoints(envelope, 200, 66));
  const time = (ms: number) => (ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms)} ms`);
  return (
    <div class="module wide">
      <h3>{text.session.envelope}</h3>
      <svg viewBox="0 -4 200 74" preserveAspectRatio="none" role="img" aria-label={text.session.envelope}>
        <path class="area" d={line} /><path class="curve" d={line} vector-effect="non-scaling-stroke" />
      </svg>
      <p>A {time(envelope.attack_ms)} · D {time(envelope.decay_ms)} · S {Math.round(envelope.sustain * 100)} % · R {time(envelope.release_ms)}</p>
    </div>
  );
}

export function PatchPanel({ document }: { document: SessionDocument }) {
  const track = document.tracks[trackIndex.value] ?? document.tracks[0];
  const patch = track?.patch;
  if (!track || !patch) return null;
  const amounts = ['noise', 'drive', 'delay', 'reverb'] as const;
  return (
    <section class={`panel patch ${roleClass(track.role)}`}>
      <h2>{text.session.patch} <small>{patch.name || track.name}</small></h2>
      <div class="modules">
        {patch.oscillators.map((oscillator, index) => <OscillatorCard key={index} oscillator={oscillator} number={index + 1} />)}
        <FilterCard patch={patch} />
        <EnvelopeCard patch={patch} />
        <div class="module wide amounts">
          {amounts.map((name) => <Knob key={name} label={text.session.amount[name]!} value={patch[name]} text={String(Math.round(patch[name] * 100))} />)}
        </div>
      </div>
      {patch.modulation.length > 0 && <CableBoard patch={patch} document={document} />}
    </section>
  );
}

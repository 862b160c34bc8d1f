import type { Patch, SessionDocument } from '../../api/types';
import { envelopePoints, filterPoints, pathOf } from '../../music/curves';
import { knobText, knobValue, turnKnob, withPatch, type PatchKnob } from '../../music/patch_edit';
import { roleClass } from '../../music/roles';
import { change, trackIndex } from '../../state/session';
import { text } from '../../text';
import { Knob } from '../parts/knob';
import { CableBoard } from './cable_board';
import { OscillatorCard } from './oscillator_card';

interface Props {
  document: SessionDocument;
  track: number;
  patch: Patch;
}

function Knobs({ document, track, patch, knobs }: Props & { knobs: PatchKnob[] }) {
  return (
    <div class="amounts">
      {knobs.map((knob) => (
        <Knob key={knob} label={text.knobs[knob]} value={knobValue(patch, knob)} text={knobText(patch, knob)}
          onTurn={(value, merge) => change(withPatch(document, track, (old) => turnKnob(old, knob, value)), merge)} />
      ))}
    </div>
  );
}

function FilterCard(props: Props) {
  const { filter } = props.patch;
  const line = pathOf(filterPoints(filter, 200, 64));
  return (
    <div class="module wide">
      <h3>{text.session.filter} <span>{filter.type}</span></h3>
      <svg viewBox="0 0 200 64" preserveAspectRatio="none" role="img" aria-label={`${filter.type} ${knobText(props.patch, 'cutoff')}`}>
        <path class="area" d={`${line}L200 64L0 64Z`} /><path class="curve" d={line} vector-effect="non-scaling-stroke" />
      </svg>
      <Knobs {...props} knobs={['cutoff', 'resonance']} />
    </div>
  );
}

function EnvelopeCard(props: Props) {
  const line = pathOf(envelopePoints(props.patch.envelope, 200, 60));
  return (
    <div class="module wide">
      <h3>{text.session.envelope}</h3>
      <svg viewBox="0 -2 200 66" preserveAspectRatio="none" role="img" aria-label={text.session.envelope}>
        <path class="area" d={line} /><path class="curve" d={line} vector-effect="non-scaling-stroke" />
      </svg>
      <Knobs {...props} knobs={['attack', 'decay', 'sustain', 'release']} />
    </div>
  );
}

export function PatchPanel({ document }: { document: SessionDocument }) {
  const index = document.tracks[trackIndex.value] ? trackIndex.value : 0;
  const track = document.tracks[index];
  const patch = track?.patch;
  if (!track || !patch) return null;
  const props = { document, track: index, patch };
  return (
    <section class={`panel patch ${roleClass(track.role)}`}>
      <h2>{text.session.patch} <small>{patch.name || track.name}</small></h2>
      <div class="modules">
        {patch.oscillators.map((oscillator, number) => (
          <OscillatorCard key={number} oscillator={oscillator} number={number} track={index} document={document} />
        ))}
        <FilterCard {...props} />
        <EnvelopeCard {...props} />
        <div class="module wide"><Knobs {...props} knobs={['noise', 'drive', 'delay', 'reverb']} /></div>
      </div>
      {patch.modulation.length > 0 && <CableBoard patch={patch} document={document} />}
    </section>
  );
}

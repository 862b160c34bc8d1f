import { useRef } from 'preact/hooks';
import type { LfoShape, SessionDocument } from '../../api/types';
import { samplesPath } from '../../music/curves';
import { lfoCycle } from '../../music/lanes';
import { roleClass } from '../../music/roles';
import { ticksPerQuarter } from '../../music/time';
import { text } from '../../text';
import { usePlayhead } from '../parts/use_playhead';

function Lfo({ lfo, document }: { lfo: LfoShape; document: SessionDocument }) {
  const dot = useRef<SVGLineElement>(null);
  const track = document.tracks.find((candidate) => candidate.id === lfo.track);
  const cycle = lfoCycle(lfo, document.tempo_bpm);
  const length = lfo.seconds ? text.session.seconds(lfo.seconds) : text.session.beats(lfo.cycle / ticksPerQuarter);
  usePlayhead((tick) => {
    if (!dot.current) return;
    const x = tick === null ? -10 : ((tick % cycle) / cycle) * 300;
    dot.current.setAttribute('x1', String(x));
    dot.current.setAttribute('x2', String(x));
  });
  return (
    <div class={`lfo ${roleClass(track?.role)}`}>
      <svg viewBox="0 0 300 72" preserveAspectRatio="none" role="img" aria-label={lfo.name}>
        <line class="zero" x1="0" x2="300" y1="36" y2="36" />
        <path class="curve" d={samplesPath(lfo.samples, 300, 72)} vector-effect="non-scaling-stroke" />
        <line class="now" ref={dot} x1="-10" x2="-10" y1="0" y2="72" vector-effect="non-scaling-stroke" />
      </svg>
      <p><b>{lfo.name}</b> → {lfo.parameter.replace(/_/g, ' ')} · {track?.name ?? lfo.track} · {length} · {Math.round(lfo.depth * 100)} %</p>
    </div>
  );
}

export function LfoPanel({ document }: { document: SessionDocument }) {
  const lfos = document.lfos ?? [];
  if (lfos.length === 0) return null;
  return (
    <section class="panel">
      <h2>{text.session.lfos}</h2>
      {lfos.map((lfo) => <Lfo key={lfo.id} lfo={lfo} document={document} />)}
    </section>
  );
}

import type { SessionDocument } from '../../api/types';
import { setMacro, setSwing, setTempo, setTonic } from '../../music/edit';
import { pitchFromName } from '../../music/pitch';
import { change } from '../../state/session';
import { text } from '../../text';
import { Knob } from '../parts/knob';

const tonics = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];

// The nearest way round: at most six semitones up or five down.
function semitonesTo(from: string, to: string): number {
  const distance = ((pitchFromName(`${to}4`) ?? 60) - (pitchFromName(`${from}4`) ?? 60) + 12) % 12;
  return distance > 6 ? distance - 12 : distance;
}

function tonicName(tonic: string): string {
  const pitch = pitchFromName(`${tonic}4`);
  return pitch === null ? tonic : tonics[pitch % 12]!;
}

function KeyChoice({ document }: { document: SessionDocument }) {
  const now = tonicName(document.key.tonic);
  return (
    <label class="key-choice">
      <select value={now} onChange={(event) => {
        const next = event.currentTarget.value;
        change(setTonic(document, next, semitonesTo(now, next)));
      }}>
        {tonics.map((tonic) => <option key={tonic} value={tonic}>{tonic.replace('#', '♯')}</option>)}
      </select>
      <span>{text.edit.key}</span>
    </label>
  );
}

export function MacroPanel({ document }: { document: SessionDocument }) {
  const macros = document.macros ?? [];
  return (
    <section class="panel">
      <h2>{text.session.steer}</h2>
      <div class="knobs">
        <Knob label={text.transport.tempo} value={(document.tempo_bpm - 40) / 180} text={`${Math.round(document.tempo_bpm)}`}
          onTurn={(value, merge) => change(setTempo(document, 40 + value * 180), merge)} />
        <Knob label={text.edit.swing} value={(document.swing - 50) / 25} text={`${Math.round(document.swing)} %`}
          onTurn={(value, merge) => change(setSwing(document, 50 + value * 25), merge)} />
        <KeyChoice document={document} />
        {macros.map((macro, index) => (
          <Knob key={macro.id} kind={`group-${macro.group}`} label={macro.name} value={macro.value} text={`${Math.round(macro.value * 100)}`}
            onTurn={(value, merge) => change(setMacro(document, index, value), merge)} />
        ))}
      </div>
    </section>
  );
}

import type { SessionDocument } from '../../api/types';
import { setMacro, setSwing, setTempo } from '../../music/edit';
import { change } from '../../state/session';
import { text } from '../../text';
import { Knob } from '../parts/knob';

export function MacroPanel({ document }: { document: SessionDocument }) {
  const macros = document.macros ?? [];
  return (
    <section class="panel">
      <h2>{text.session.knobs}</h2>
      <div class="knobs">
        <Knob label={text.transport.tempo} value={(document.tempo_bpm - 40) / 180} text={`${Math.round(document.tempo_bpm)}`}
          onTurn={(value, merge) => change(setTempo(document, 40 + value * 180), merge)} />
        <Knob label={text.edit.swing} value={(document.swing - 50) / 25} text={`${Math.round(document.swing)} %`}
          onTurn={(value, merge) => change(setSwing(document, 50 + value * 25), merge)} />
        {macros.map((macro, index) => (
          <Knob key={macro.id} kind={`group-${macro.group}`} label={macro.name} value={macro.value} text={`${Math.round(macro.value * 100)}`}
            onTurn={(value, merge) => change(setMacro(document, index, value), merge)} />
        ))}
      </div>
    </section>
  );
}

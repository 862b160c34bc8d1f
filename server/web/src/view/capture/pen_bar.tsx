import { canRedo, canUndo, clearPage, redo, strokesOf, undo, type Pen } from '../../draw/strokes';
import { templates } from '../../draw/templates';
import { drawing, pen, template } from '../../state/capture';
import { text } from '../../text';
import { Icon } from '../parts/icon';
import { IconButton } from '../parts/icon_button';

const pens = Object.keys(text.pens) as Pen[];

export function PenBar() {
  return (
    <div class="tools">
      <div class="pens" role="group" aria-label={text.capture.draw}>
        {pens.map((name) => (
          <button type="button" key={name} class="pen" aria-pressed={pen.value === name} onClick={() => (pen.value = name)} title={text.pens[name].meaning}>
            <Icon name={name} />
            <span>{text.pens[name].name}</span>
          </button>
        ))}
      </div>
      <p class="pen-meaning" aria-live="polite">{text.pens[pen.value].meaning}</p>
      <div class="page-tools">
        <IconButton icon="undo" label={text.capture.undo} disabled={!canUndo(drawing.value)} onPress={() => (drawing.value = undo(drawing.value))} />
        <IconButton icon="redo" label={text.capture.redo} disabled={!canRedo(drawing.value)} onPress={() => (drawing.value = redo(drawing.value))} />
        <IconButton icon="trash" label={text.capture.clear} disabled={strokesOf(drawing.value).length === 0} onPress={() => (drawing.value = clearPage(drawing.value))} />
        <div class="segments small" role="group" aria-label={text.templateLabel}>
          {templates.map((name) => (
            <button type="button" key={name} aria-pressed={template.value === name} onClick={() => (template.value = name)}>{text.templates[name]}</button>
          ))}
        </div>
      </div>
    </div>
  );
}

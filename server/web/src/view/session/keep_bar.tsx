import { useEffect } from 'preact/hooks';
import { changed, keep, redoChange, revert, takenBack, undoChange } from '../../state/session';
import { candidates } from '../../state/steer';
import { text } from '../../text';
import { IconButton } from '../parts/icon_button';

// As everywhere: Ctrl+Z, or Cmd+Z, takes the last change back; with Shift, or Ctrl+Y, it comes again.
function stepOf(event: KeyboardEvent): (() => void) | null {
  const key = event.key.toLowerCase();
  if (key === 'z' && (event.ctrlKey || event.metaKey)) return event.shiftKey ? redoChange : undoChange;
  return key === 'y' && event.ctrlKey && !event.shiftKey ? redoChange : null;
}

function useStepKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing = (event.target as HTMLElement).closest('input, select, textarea');
      const step = stepOf(event);
      if (typing || !step || !(changed.value || takenBack.value)) return;
      event.preventDefault();
      step();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

export function KeepBar() {
  useStepKeys();
  // Beside candidates, keeping one keeps what was changed on it.
  if (!(changed.value || takenBack.value) || candidates.value.length > 0) return null;
  const state = changed.value ? text.edit.changed : text.edit.unchanged;
  return (
    <div class="keep" role="group" aria-label={state}>
      <span>{state}</span>
      <IconButton icon="undo" label={text.edit.undo} disabled={!changed.value} onPress={undoChange} />
      <IconButton icon="redo" label={text.edit.redo} disabled={!takenBack.value} onPress={redoChange} />
      <button type="button" class="plain" disabled={!changed.value} onClick={revert}>{text.edit.revert}</button>
      <button type="button" class="primary" disabled={!changed.value} onClick={() => void keep()}>{text.edit.keep}</button>
    </div>
  );
}

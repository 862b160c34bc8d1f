import { useEffect } from 'preact/hooks';
import { changed, keep, revert, undoChange } from '../../state/session';
import { candidates } from '../../state/steer';
import { text } from '../../text';
import { IconButton } from '../parts/icon_button';

// As everywhere: Ctrl+Z, or Cmd+Z, takes the last change back.
function useUndoKey(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing = (event.target as HTMLElement).closest('input, select, textarea');
      if (typing || !changed.value || event.key.toLowerCase() !== 'z' || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      undoChange();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

export function KeepBar() {
  useUndoKey();
  // Beside candidates, keeping one keeps what was changed on it.
  if (!changed.value || candidates.value.length > 0) return null;
  return (
    <div class="keep" role="group" aria-label={text.edit.changed}>
      <span>{text.edit.changed}</span>
      <IconButton icon="undo" label={text.edit.undo} onPress={undoChange} />
      <button type="button" class="plain" onClick={revert}>{text.edit.revert}</button>
      <button type="button" class="primary" onClick={() => void keep()}>{text.edit.keep}</button>
    </div>
  );
}

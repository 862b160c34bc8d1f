import type { SessionDocument } from '../../api/types';
import { changeNote, noteOf, notePlace, removeNote } from '../../music/notes';
import { drumName, pitchName } from '../../music/pitch';
import { change, focus, takeEdited } from '../../state/session';
import { text } from '../../text';
import { IconButton } from '../parts/icon_button';

// What can be done to one note without a steady hand.
export function NoteTools({ document, pointer }: { document: SessionDocument; pointer: string }) {
  const note = noteOf(document, pointer);
  if (!note) return null;
  const drums = document.tracks[notePlace(pointer)![0]]?.role === 'drums';
  const move = (by: number) => takeEdited(changeNote(document, pointer, { pitch: Math.min(127, Math.max(0, note.pitch + by)) }));
  const louder = (by: number) => takeEdited(changeNote(document, pointer, { velocity: Math.min(127, Math.max(1, note.velocity + by)) }));
  return (
    <div class="note-tools" role="group" aria-label={text.session.note(pitchName(note.pitch), note.velocity)}>
      <button type="button" onClick={() => move(-1)} aria-label={text.edit.lower}>−</button>
      <output>{drums ? drumName(note.pitch) : pitchName(note.pitch)}</output>
      <button type="button" onClick={() => move(1)} aria-label={text.edit.higher}>+</button>
      <button type="button" onClick={() => louder(-10)} aria-label={text.edit.quieter}>p</button>
      <output>{note.velocity}</output>
      <button type="button" onClick={() => louder(10)} aria-label={text.edit.louder}>f</button>
      <IconButton icon="trash" label={text.edit.remove} onPress={() => { focus.value = null; change(removeNote(document, pointer)); }} />
    </div>
  );
}

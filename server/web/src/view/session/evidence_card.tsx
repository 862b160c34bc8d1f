import type { SessionDocument } from '../../api/types';
import { changeNote, noteOf, notePlace, removeNote } from '../../music/notes';
import { regionFor, regionsOf, type Region } from '../../music/evidence';
import { drumName, pitchName } from '../../music/pitch';
import { placeName } from '../../music/place_name';
import { change, focus, takeEdited } from '../../state/session';
import { text } from '../../text';
import { IconButton } from '../parts/icon_button';

function NoteTools({ document, pointer }: { document: SessionDocument; pointer: string }) {
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

function Became({ document, region }: { document: SessionDocument; region: Region }) {
  const shown = region.items.slice(0, 4);
  return (
    <ul>
      {shown.map((item) => (
        <li key={item.pointer}>
          <b>{item.reading}</b> {text.session.becomes} {placeName(document, item.pointer)}
          {item.rule && <small>{text.session.rule} “{item.rule.replace(/[_.-]/g, ' ')}”</small>}
        </li>
      ))}
      {region.items.length > shown.length && <li class="quiet">{text.session.others(region.items.length - shown.length)}</li>}
    </ul>
  );
}

// What is known of the part that was tapped: its place in the picture, its rule, and for a note its tools.
export function EvidenceCard({ document }: { document: SessionDocument }) {
  const pointer = focus.value;
  if (!pointer) return (document.evidence ?? []).length > 0 ? <p class="quiet card-hint">{text.session.evidenceHint}</p> : null;
  const region = regionFor(regionsOf(document.evidence ?? []), pointer);
  return (
    <div class="card" role="status">
      <IconButton icon="close" label={text.close} kind="float" onPress={() => (focus.value = null)} />
      {region ? <Became document={document} region={region} /> : <p>{text.session.noEvidence(placeName(document, pointer))}</p>}
      <NoteTools document={document} pointer={pointer} />
    </div>
  );
}

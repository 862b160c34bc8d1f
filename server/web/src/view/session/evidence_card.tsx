import type { SessionDocument } from '../../api/types';
import { regionFor, regionsOf, type Region } from '../../music/evidence';
import { placeName } from '../../music/place_name';
import { editingNotes, focus } from '../../state/session';
import { text } from '../../text';
import { IconButton } from '../parts/icon_button';
import { NoteTools } from './note_tools';

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
  if (editingNotes.value) return null; // the tools of the note are below the roll then
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

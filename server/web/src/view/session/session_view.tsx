import { useMemo } from 'preact/hooks';
import { removeSoon } from '../../state/history';
import { go } from '../../state/route';
import { desk, editingNotes, focus, loading, patch, put, rename, sectionIndex, session, stored, timeline } from '../../state/session';
import { text } from '../../text';
import { keyName } from '../../music/pitch';
import { placeName } from '../../music/place_name';
import { drumGrids, rollWindow } from '../../music/roll';
import type { Session, SessionDocument } from '../../api/types';
import type { Timeline } from '../../music/timeline';
import { IconButton } from '../parts/icon_button';
import { ArrangementStrip } from './arrangement_strip';
import { CandidateBar } from './candidate_bar';
import { DrumGridView } from './drum_grid';
import { EvidenceCard } from './evidence_card';
import { ExportPanel } from './export_panel';
import { FamilyPanel } from './family_panel';
import { KeepBar } from './keep_bar';
import { LfoPanel } from './lfo_panel';
import { ListenRow } from './listen_row';
import { NoteTools } from './note_tools';
import { MacroPanel } from './macro_panel';
import { Others } from './others';
import { PatchPanel } from './patch_panel';
import { PianoRoll } from './piano_roll';
import { PictureScore } from './picture_score';
import { PlaysPanel } from './plays_panel';
import { ReadingReport } from './reading_report';
import { SteerPanel } from './steer_panel';
import { TagRow } from './tag_row';
import { TrackList } from './track_list';

function Head() {
  const shown = session.value!;
  const document = desk.value!;
  return (
    <header class="session-head">
      <input class="title" aria-label={text.session.rename} value={shown.title} readOnly={!stored.value} placeholder={text.session.untitled}
        onChange={(event) => void rename(event.currentTarget.value.trim())} />
      {stored.value && <IconButton icon="star" solid={shown.starred} pressed={shown.starred ?? false}
        label={shown.starred ? text.session.unstar : text.session.star} onPress={() => void patch({ starred: !shown.starred })} />}
      <p class="facts">
        <span>{keyName(document.key)}</span><span>{Math.round(document.tempo_bpm)} {text.transport.bpm}</span>
        <span>{document.meter.numerator}/{document.meter.denominator}</span>
      </p>
      {stored.value && <TagRow key={shown.id} session={shown} />}
      <ListenRow />
    </header>
  );
}

// A session that was kept after a change names its picture in its provenance only.
const pictureOf = (shown: Session) => shown.image_id || shown.document.provenance?.image_sha256 || null;

function Score({ shown, document, laidOut }: { shown: Session; document: SessionDocument; laidOut: Timeline }) {
  const section = laidOut.sections[sectionIndex.value] ?? laidOut.sections[0]!;
  const window = useMemo(() => rollWindow(document, laidOut, section), [document, laidOut, section]);
  const grids = useMemo(() => drumGrids(document, laidOut, section), [document, laidOut, section]);
  return (
    <div class="score">
      <PictureScore imageId={pictureOf(shown)} document={document} window={window} />
      {window.notes.length > 0 && <PianoRoll window={window} document={document} />}
      {editingNotes.value && focus.value && (
        <div class="roll-tools"><p class="quiet">{placeName(document, focus.value)}</p><NoteTools document={document} pointer={focus.value} /></div>
      )}
      {grids.map((grid) => <DrumGridView key={grid.track} grid={grid} window={window} document={document} />)}
      <ArrangementStrip document={document} timeline={laidOut} />
      <EvidenceCard document={document} />
    </div>
  );
}

// It can be taken back for a moment.
function remove(shown: Session, forget: boolean): void {
  removeSoon(shown, forget);
  put(null);
  go({ view: 'history' });
}

// What only a session of the history has.
function Stored({ shown }: { shown: Session }) {
  return (
    <>
      <FamilyPanel session={shown} />
      <ReadingReport session={shown} />
      <Others session={shown} />
      <PlaysPanel session={shown} />
      <ExportPanel session={shown} />
      <div class="delete">
        <button type="button" class="plain bad" onClick={() => remove(shown, false)}>{text.history.delete}</button>
        <button type="button" class="plain bad" onClick={() => remove(shown, true)}>{text.history.forget}</button>
      </div>
    </>
  );
}

export function SessionView() {
  const shown = session.value;
  const document = desk.value;
  const laidOut = timeline.value;
  if (!shown || !document || !laidOut) {
    return (
      <div class="empty">
        <h1>{loading.value ? text.session.loading : text.session.none}</h1>
        {!loading.value && <p>{text.session.noneHint}</p>}
        {!loading.value && <a class="primary" href="#/">{text.tabs.capture}</a>}
      </div>
    );
  }
  return (
    <div class="session">
      <KeepBar />
      <CandidateBar />
      <Head />
      <Score shown={shown} document={document} laidOut={laidOut} />
      <div class="desk">
        {stored.value && <SteerPanel document={document} />}
        <TrackList document={document} />
        <MacroPanel document={document} />
        <PatchPanel document={document} />
        <LfoPanel document={document} />
        {stored.value && <Stored shown={shown} />}
      </div>
    </div>
  );
}

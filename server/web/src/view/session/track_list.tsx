import type { SessionDocument } from '../../api/types';
import { roleClass } from '../../music/roles';
import { muted, toggleMute } from '../../state/hearing';
import { trackIndex } from '../../state/session';
import { text } from '../../text';

// Chooses the track that the panel shows, and mutes what is heard here.
export function TrackList({ document }: { document: SessionDocument }) {
  if (document.tracks.length < 2) return null;
  return (
    <div class="tracks" role="group" aria-label={text.session.tracks}>
      {document.tracks.map((track, index) => (
        <div class={`track ${roleClass(track.role)}`} key={track.id}>
          <button type="button" class="track-name" aria-pressed={index === trackIndex.value} onClick={() => (trackIndex.value = index)}>
            <b>{track.name}</b><small>{text.roles[track.role]}</small>
          </button>
          <button type="button" class="track-mute" aria-pressed={muted.value.has(track.id)} aria-label={`${text.session.mute} ${track.name}`}
            onClick={() => toggleMute(track.id)}>M</button>
        </div>
      ))}
    </div>
  );
}

import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Play, Session } from '../../api/types';
import { box } from '../../state/box';
import { complain } from '../../state/notices';
import { replay } from '../../state/playing';
import { text } from '../../text';
import { IconButton } from '../parts/icon_button';

const when = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hour12: false });

function PlayRow({ play }: { play: Play }) {
  const start = play.started_at ? when.format(new Date(play.started_at)) : '';
  return (
    <li>
      <div><b>{start}</b> <small>{[play.devices?.join(', '), text.session.playStates[play.state] ?? play.state, play.events_sent && text.session.eventsSent(play.events_sent)].filter(Boolean).join(' · ')}</small></div>
      <IconButton icon="loop" label={`${text.session.replay}: ${start}`} onPress={() => void replay(play.id)} />
    </li>
  );
}

// Each time the session was played out; any of them can be played again as it was.
export function PlaysPanel({ session }: { session: Session }) {
  const [plays, setPlays] = useState<Play[]>([]);
  const { plays: known } = box.value;
  const version = Object.values(known).filter((play) => play.session_id === session.id).map((play) => play.id + play.state).join();
  useEffect(() => {
    let current = true;
    api.playsOf(session.id).then((page) => current && setPlays(page.items), complain);
    return () => {
      current = false;
    };
  }, [session.id, version]);
  if (plays.length === 0) return null;
  return (
    <section class="panel">
      <h2>{text.session.plays}</h2>
      <ul class="plays">{plays.map((play) => <PlayRow key={play.id} play={play} />)}</ul>
    </section>
  );
}

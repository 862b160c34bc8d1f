import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Session, SessionSummary } from '../../api/types';
import { treeOf } from '../../music/steer';
import { box } from '../../state/box';
import { hashOf } from '../../state/route';
import { goBackTo } from '../../state/steer';
import { text } from '../../text';
import { IconButton } from '../parts/icon_button';

const deepest = 8; // further in it would leave the screen

function useFamily(id: string): SessionSummary[] {
  const [family, setFamily] = useState<SessionSummary[]>([]);
  const version = box.value.sessionsChanged;
  useEffect(() => {
    let current = true;
    api.family(id).then((answer) => current && setFamily(answer.items), () => undefined);
    return () => {
      current = false;
    };
  }, [id, version]);
  return family;
}

// What became of the session that this one was made from, in a few sentences.
function Changes({ session }: { session: Session }) {
  const [words, setWords] = useState<string[]>([]);
  const parent = session.parent_id;
  useEffect(() => {
    setWords([]);
    if (parent) api.difference(parent, session.id).then((answer) => setWords(answer.summary), () => undefined);
  }, [parent, session.id]);
  if (words.length === 0) return null;
  return <ul class="changes">{words.slice(0, 6).map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>;
}

function Member({ member, depth, here }: { member: SessionSummary; depth: number; here: boolean }) {
  const title = member.title || text.session.untitled;
  return (
    <li style={{ '--depth': String(Math.min(depth, deepest)) }}>
      <a href={hashOf({ view: 'session', id: member.id })} aria-current={here ? 'true' : undefined}>
        <b>{title}</b>{member.starred && <span aria-label={text.session.starred}>★</span>}
        <small>{[member.key?.replace(/_/g, ' '), member.tempo_bpm && `${Math.round(member.tempo_bpm)} ${text.transport.bpm}`].filter(Boolean).join(' · ')}</small>
      </a>
      {!here && <IconButton icon="undo" label={`${text.steer.goBack}: ${title}`} onPress={() => void goBackTo(member.id)} />}
    </li>
  );
}

// Where this session comes from and what else came of it. Going back makes a new one: nothing is lost.
export function FamilyPanel({ session }: { session: Session }) {
  const family = useFamily(session.id).filter((member) => !member.hidden || member.id === session.id);
  if (family.length < 2) return null;
  return (
    <section class="panel family">
      <h2>{text.steer.family}</h2>
      <Changes session={session} />
      <ul class="tree">
        {treeOf(family).map(({ member, depth }) => <Member key={member.id} member={member} depth={depth} here={member.id === session.id} />)}
      </ul>
    </section>
  );
}

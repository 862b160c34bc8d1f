import { api, imageUrl } from '../../api/client';
import type { SessionSummary } from '../../api/types';
import { change, removeSoon, update } from '../../state/history';
import { complain } from '../../state/notices';
import { hashOf } from '../../state/route';
import { text } from '../../text';
import { Icon } from '../parts/icon';
import { IconButton } from '../parts/icon_button';

const when = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hour12: false });

function dateName(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? '' : when.format(date);
}

function Tools({ session, title }: { session: SessionSummary; title: string }) {
  const starred = session.starred ?? false;
  const star = () => api.changeSession(session.id, { starred: !starred }).then(() => update(session.id, { starred: !starred }), complain);
  return (
    <div class="card-tools">
      <IconButton icon="star" solid={starred} pressed={starred} label={`${starred ? text.session.unstar : text.session.star}: ${title}`} onPress={() => void star()} />
      <IconButton icon="trash" label={`${text.history.delete}: ${title}`} onPress={() => removeSoon(session, false)} />
    </div>
  );
}

export function SessionCard({ session }: { session: SessionSummary }) {
  const title = session.title || text.session.untitled;
  const facts = [text.history.modes[session.mode] ?? session.mode, dateName(session.created_at)].filter(Boolean).join(' · ');
  return (
    <li class="session-card">
      <a href={hashOf({ view: 'session', id: session.id })}>
        {session.image_id
          ? <img src={imageUrl(session.image_id, 320)} alt="" loading="lazy" decoding="async" />
          : <span class="no-picture"><Icon name="line" /></span>}
        <b>{title}</b>
        <small>{facts}</small>
      </a>
      {(session.tags ?? []).length > 0 && (
        <span class="card-tags">{session.tags!.slice(0, 2).map((tag) => <button type="button" key={tag} onClick={() => change({ tag })}><span>{tag}</span></button>)}</span>
      )}
      <Tools session={session} title={title} />
    </li>
  );
}

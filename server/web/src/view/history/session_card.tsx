import { useState } from 'preact/hooks';
import { api, imageUrl } from '../../api/client';
import type { SessionSummary } from '../../api/types';
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

export function SessionCard({ session }: { session: SessionSummary }) {
  const [starred, setStarred] = useState(session.starred ?? false);
  const title = session.title || text.session.untitled;
  const star = () => api.changeSession(session.id, { starred: !starred }).then(() => setStarred(!starred), complain);
  return (
    <li class="session-card">
      <a href={hashOf({ view: 'session', id: session.id })}>
        {session.image_id
          ? <img src={imageUrl(session.image_id, 320)} alt="" loading="lazy" decoding="async" />
          : <span class="no-picture"><Icon name="line" /></span>}
        <b>{title}</b>
        <small>{[text.history.modes[session.mode] ?? session.mode, dateName(session.created_at)].filter(Boolean).join(' · ')}</small>
      </a>
      <div class="card-tools">
        <IconButton icon="star" solid={starred} pressed={starred} label={`${starred ? text.session.unstar : text.session.star}: ${title}`} onPress={star} />
      </div>
    </li>
  );
}

import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Session, SessionSummary } from '../../api/types';
import { box } from '../../state/box';
import { hashOf } from '../../state/route';
import { text } from '../../text';

// Other sessions of the same picture: candidates of one job, later readings. A tap compares by ear.
export function Others({ session }: { session: Session }) {
  const [found, setFound] = useState<SessionSummary[]>([]);
  const image = session.image_id;
  const version = box.value.sessionsChanged;
  useEffect(() => {
    let current = true;
    if (image) api.sessions({ image_id: image, limit: 12 }).then((page) => current && setFound(page.items), () => undefined);
    return () => {
      current = false;
    };
  }, [image, version]);
  if (!image || found.length < 2) return null;
  return (
    <section class="panel">
      <h2>{text.session.othersTitle}</h2>
      <div class="others">
        {found.map((other) => (
          <a key={other.id} href={hashOf({ view: 'session', id: other.id })} aria-current={other.id === session.id ? 'true' : undefined}>
            <b>{other.title || text.session.untitled}</b>
            <small>{text.history.modes[other.mode] ?? other.mode}{other.interpreter ? ` · ${other.interpreter}` : ''}</small>
          </a>
        ))}
      </div>
    </section>
  );
}

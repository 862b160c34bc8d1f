import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Page, SessionSummary } from '../../api/types';
import { box } from '../../state/box';
import { complain } from '../../state/notices';
import { text } from '../../text';
import { Icon } from '../parts/icon';
import { SessionCard } from './session_card';

const pageSize = 48;

export function HistoryView() {
  const [query, setQuery] = useState('');
  const [page, setPage] = useState<Page<SessionSummary> | null>(null);
  const version = box.value.sessionsChanged;
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      api.sessions({ q: query.trim(), limit: pageSize }).then((answer) => current && setPage(answer), complain);
    }, query === '' ? 0 : 200);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [query, version]);

  const more = async () => {
    if (!page?.next) return;
    const answer = await api.sessions({ q: query.trim(), limit: pageSize, cursor: page.next });
    setPage({ items: [...page.items, ...answer.items], next: answer.next });
  };
  return (
    <div class="history">
      <h1>{text.history.title}</h1>
      <label class="search">
        <Icon name="search" />
        <input type="search" placeholder={text.history.search} aria-label={text.history.search} value={query}
          onInput={(event) => setQuery(event.currentTarget.value)} />
      </label>
      {page && page.items.length === 0 && (
        <div class="empty">
          <p><b>{query ? text.history.nothingFound : text.history.empty}</b></p>
          {!query && <p>{text.history.emptyHint}</p>}
        </div>
      )}
      <ul class="gallery">
        {page?.items.map((item) => <SessionCard key={item.id} session={item} />)}
      </ul>
      {page?.next && <button type="button" class="plain more" onClick={() => more().catch(complain)}>{text.history.more}</button>}
    </div>
  );
}

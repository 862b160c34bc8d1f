import { useEffect, useRef, useState } from 'preact/hooks';
import { api, type SessionQuery } from '../../api/client';
import type { Page, SessionSummary } from '../../api/types';
import { box } from '../../state/box';
import { complain } from '../../state/notices';
import { text } from '../../text';
import { Icon } from '../parts/icon';
import { SessionCard } from './session_card';

const pageSize = 48;
const filters = ['all', 'starred', 'doodle', 'photo', 'lfo', 'mpc', 'macros', 'arrangement'] as const;
type Filter = (typeof filters)[number];

const queryOf = (filter: Filter, words: string): SessionQuery => ({
  q: words.trim(),
  limit: pageSize,
  ...(filter === 'starred' ? { starred: 'true' } : filter === 'all' ? {} : { mode: filter }),
});

const filterName = (filter: Filter): string =>
  filter === 'all' ? text.history.all : filter === 'starred' ? text.history.starred : text.history.modes[filter]!;


export function HistoryView() {
  const [query, setQuery] = useState('');
  const [page, setPage] = useState<Page<SessionSummary> | null>(null);
  const [filter, setFilter] = useState<Filter>('all');
  const end = useRef<HTMLButtonElement>(null);
  const version = box.value.sessionsChanged;
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      api.sessions(queryOf(filter, query)).then((answer) => current && setPage(answer), complain);
    }, query === '' ? 0 : 200);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [query, filter, version]);

  const more = async () => {
    if (!page?.next) return;
    const answer = await api.sessions({ ...queryOf(filter, query), cursor: page.next });
    setPage({ items: [...page.items, ...answer.items], next: answer.next });
  };
  // The next page is fetched before its place comes into view.
  useEffect(() => {
    const button = end.current;
    if (!button) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && more().catch(complain), { rootMargin: '600px' });
    observer.observe(button);
    return () => observer.disconnect();
  }, [page]);
  return (
    <div class="history">
      <h1>{text.history.title}</h1>
      <label class="search">
        <Icon name="search" />
        <input type="search" placeholder={text.history.search} aria-label={text.history.search} value={query}
          onInput={(event) => setQuery(event.currentTarget.value)} />
      </label>
      <div class="chips" role="group" aria-label={text.history.filter}>
        {filters.map((name) => (
          <button type="button" key={name} aria-pressed={filter === name} onClick={() => setFilter(name)}>{filterName(name)}</button>
        ))}
      </div>
      {page && page.items.length === 0 && (
        <div class="empty">
          <p><b>{query || filter !== 'all' ? text.history.nothingFound : text.history.empty}</b></p>
          {!query && filter === 'all' && <p>{text.history.emptyHint}</p>}
        </div>
      )}
      <ul class="gallery">
        {page?.items.map((item) => <SessionCard key={item.id} session={item} />)}
      </ul>
      {page?.next && <button type="button" class="plain more" ref={end} onClick={() => more().catch(complain)}>{text.history.more}</button>}
    </div>
  );
}

// Where the page is, kept behind the '#' so that the back button works and nothing is fetched anew.
import { signal } from '@preact/signals';

export type Route =
  | { view: 'capture' }
  | { view: 'session'; id: string | null }
  | { view: 'history' }
  | { view: 'devices' }
  | { view: 'settings' };

export function parseRoute(hash: string): Route {
  const [view, id] = hash.replace(/^#\/?/, '').split('/');
  switch (view) {
    case 'session':
      return { view, id: id ? decodeURIComponent(id) : null };
    case 'history':
    case 'devices':
    case 'settings':
      return { view };
    default:
      return { view: 'capture' };
  }
}

export function hashOf(route: Route): string {
  if (route.view === 'session' && route.id) return `#/session/${encodeURIComponent(route.id)}`;
  return route.view === 'capture' ? '#/' : `#/${route.view}`;
}

export const route = signal<Route>({ view: 'capture' });

export function go(next: Route): void {
  location.hash = hashOf(next);
}

export function followAddress(): void {
  const read = () => {
    route.value = parseRoute(location.hash);
  };
  addEventListener('hashchange', read);
  read();
}

import { hashOf, route, type Route } from '../../state/route';
import { session } from '../../state/session';
import { text } from '../../text';
import { Icon, type IconName } from './icon';

const tabs: { view: Route['view']; icon: IconName }[] = [
  { view: 'capture', icon: 'draw' },
  { view: 'session', icon: 'line' },
  { view: 'history', icon: 'list' },
  { view: 'devices', icon: 'device' },
  { view: 'settings', icon: 'settings' },
];

export function Tabs() {
  const target = (view: Route['view']): Route =>
    view === 'session' ? { view, id: session.value?.id ?? null } : ({ view } as Route);
  return (
    <nav class="tabs" aria-label={text.name}>
      <span class="brand" aria-hidden="true">{text.name}</span>
      {tabs.map(({ view, icon }) => (
        <a key={view} href={hashOf(target(view))} class="tab" aria-current={route.value.view === view ? 'page' : undefined}>
          <Icon name={icon} />
          <span>{text.tabs[view]}</span>
        </a>
      ))}
    </nav>
  );
}

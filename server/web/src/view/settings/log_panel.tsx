import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { complain } from '../../state/notices';
import { text } from '../../text';

// Fetched when it is opened, each time anew.
export function LogPanel() {
  const [lines, setLines] = useState<string[]>([]);
  const open = (event: Event) => {
    if ((event.currentTarget as HTMLDetailsElement).open) api.log().then((page) => setLines(page.items), complain);
  };
  return (
    <section class="panel setup">
      <details onToggle={open}>
        <summary>{text.settings.log}</summary>
        <pre class="log" tabIndex={0}>{lines.join('\n')}</pre>
      </details>
    </section>
  );
}

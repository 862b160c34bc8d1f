import { exportUrl, soundUrl } from '../../api/client';
import type { Session } from '../../api/types';
import { text } from '../../text';
import { Icon } from '../parts/icon';

const addressOf = (id: string, format: string, query?: string) =>
  (format.startsWith('preview.') ? soundUrl(id, format) : `${exportUrl(id, format)}${query ? `?${query}` : ''}`);

// The session as files of other programs.
export function ExportPanel({ session }: { session: Session }) {
  const curves = (session.document.lfos ?? []).length > 0;
  return (
    <section class="panel">
      <h2>{text.session.share}</h2>
      <ul class="exports">
        {text.session.exports.filter((choice) => curves || !choice.curves).map(({ format, query, name, meaning }) => (
          <li key={format}>
            <a href={addressOf(session.id, format, query)} download={format.startsWith('preview.') ? `doodled-${session.id}.wav` : true}>
              <Icon name="save" /><span><b>{name}</b><small>{meaning}</small></span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

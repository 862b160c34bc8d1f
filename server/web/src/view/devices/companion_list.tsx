import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { CompanionFile } from '../../api/types';
import { bytesName } from '../../music/units';
import { text } from '../../text';
import { Icon } from '../parts/icon';

// What is installed in Live, from the box itself.
export function CompanionList() {
  const [files, setFiles] = useState<CompanionFile[]>([]);
  useEffect(() => {
    api.companion().then((page) => setFiles(page.items), () => undefined); // a box without it has nothing to give
  }, []);
  if (files.length === 0) return null;
  return (
    <div class="companion">
      <h3>{text.guides.download}</h3>
      <ul class="exports">
        {files.map(({ name, size, purpose, url }) => (
          <li key={name}><a href={url} download={name}><Icon name="save" /><span><b>{name}</b><small>{purpose} · {bytesName(size)}</small></span></a></li>
        ))}
      </ul>
    </div>
  );
}

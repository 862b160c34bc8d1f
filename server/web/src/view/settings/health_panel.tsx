import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import { ApiError } from '../../api/problem';
import type { BoxStatus, Readiness } from '../../api/types';
import { bytesName, durationName } from '../../music/units';
import { complain } from '../../state/notices';
import { text } from '../../text';

const words = text.settings;

// Not ready is an answer too; its checks say why.
const readiness = (): Promise<Readiness> => api.ready().catch((error) => {
  if (error instanceof ApiError && error.status === 503) return { status: 'not ready', checks: { box: error.message } };
  throw error;
});

function Fact({ name, value }: { name: string; value: string }) {
  return <div class="fact"><dt>{name}</dt><dd>{value}</dd></div>;
}

export function HealthPanel() {
  const [status, setStatus] = useState<BoxStatus | null>(null);
  const [ready, setReady] = useState<Readiness | null>(null);
  useEffect(() => {
    api.status().then(setStatus, complain);
    readiness().then(setReady, complain);
  }, []);
  const faults = Object.entries(ready?.checks ?? {}).filter(([, state]) => state !== 'ok');
  return (
    <section class="panel">
      <h2>{words.health}</h2>
      {ready && (
        <p class="health-word"><i class={`lamp ${faults.length === 0 ? 'is-on' : 'is-bad'}`} aria-hidden="true" />
          <b>{faults.length === 0 ? words.well : faults.map(([name, state]) => `${name}: ${state}`).join(' ')}</b></p>
      )}
      {status && (
        <dl class="facts-grid">
          <Fact name={words.version} value={status.version} />
          <Fact name={words.uptime} value={durationName(status.uptime_ms)} />
          <Fact name={words.queue} value={words.queueNow(status.jobs.queued, status.jobs.running)} />
          <Fact name={words.sessions} value={String(status.storage.sessions)} />
          <Fact name={words.pictures} value={bytesName(status.storage.picture_bytes)} />
          <Fact name={words.stored} value={bytesName(status.storage.all_bytes)} />
          <Fact name={words.free} value={status.storage.free_bytes === null ? '–' : bytesName(status.storage.free_bytes)} />
          <Fact name={words.place} value={status.storage.data_dir} />
          {status.storage.damaged_files?.length ? <Fact name={words.damaged} value={status.storage.damaged_files.join(', ')} /> : null}
        </dl>
      )}
    </section>
  );
}

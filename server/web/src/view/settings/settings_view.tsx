import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { SettingsReport } from '../../api/types';
import { may } from '../../state/access';
import { complain } from '../../state/notices';
import { text } from '../../text';
import { AccessPanel } from '../access/access_panel';
import { AllSettings } from './all_settings';
import { BackupPanel } from './backup_panel';
import { HealthPanel } from './health_panel';
import { LogPanel } from './log_panel';
import { ReadersPanel } from './readers_panel';

// The box: how it is, who reads, and every setting.
export function SettingsView() {
  const [report, setReport] = useState<SettingsReport | null>(null);
  const all = may('admin');
  useEffect(() => {
    if (all) api.settings().then(setReport, complain);
  }, [all]);
  return (
    <div class="settings">
      <h1>{text.settings.title}</h1>
      <HealthPanel />
      <AccessPanel />
      {all && <BackupPanel />}
      <ReadersPanel keys={report?.interpreters ?? []} />
      {report && <AllSettings report={report} onChange={setReport} />}
      {all ? <LogPanel /> : <p class="quiet">{text.access.needsAdmin}</p>}
      <section class="panel">
        <h2>{text.settings.more}</h2>
        <ul class="plain-list links">
          <li><a href="/openapi.yaml">{text.settings.api}</a></li>
          <li><a href="/metrics">{text.settings.metrics}</a></li>
        </ul>
      </section>
    </div>
  );
}

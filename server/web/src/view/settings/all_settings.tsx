import { api } from '../../api/client';
import type { Setting, SettingsReport, SettingValue } from '../../api/types';
import { complain, say } from '../../state/notices';
import { text } from '../../text';

const words = text.settings;

function valueName(value: SettingValue): string {
  if (typeof value === 'boolean') return value ? words.on : words.off;
  if (Array.isArray(value)) return value.join(', ') || words.empty;
  return String(value) || words.empty;
}

const same = (a: SettingValue, b: SettingValue) => JSON.stringify(a) === JSON.stringify(b);

interface Props {
  setting: Setting;
  onChange: (report: SettingsReport) => void;
}

function Value({ setting, onChange }: Props) {
  if (!setting.changeable || !setting.choices) return <b class={same(setting.value, setting.default) ? '' : 'is-set'}>{valueName(setting.value)}</b>;
  const change = (value: string) => api.changeSettings({ [setting.key]: value }).then((report) => {
    onChange(report);
    say(words.changed(setting.key));
  }, complain);
  return (
    <select aria-label={setting.key} value={String(setting.value)} onChange={(event) => void change(event.currentTarget.value)}>
      {setting.choices.map((choice) => <option key={choice} value={choice}>{choice}</option>)}
    </select>
  );
}

function SettingRow({ setting, onChange }: Props) {
  const range = setting.maximum === undefined ? '' : `${setting.minimum}–${setting.maximum}`;
  return (
    <li>
      <div class="setting-head"><code>{setting.key}</code><Value setting={setting} onChange={onChange} /></div>
      <p>{setting.summary} <span>{[range, same(setting.value, setting.default) ? '' : `${words.standard} ${valueName(setting.default)}`].filter(Boolean).join(' · ')}</span></p>
    </li>
  );
}

function DeviceTable({ devices }: { devices: SettingsReport['devices'] }) {
  return (
    <details>
      <summary>{words.devices}</summary>
      {devices.map(({ keys, ...device }) => (
        <pre key={device.id} tabIndex={0}>{['[[device]]', ...Object.entries({ ...device, ...keys }).map(([key, value]) => `${key} = ${JSON.stringify(value)}`)].join('\n')}</pre>
      ))}
    </details>
  );
}

// Everything the settings file has, a table each.
export function AllSettings({ report, onChange }: { report: SettingsReport; onChange: (report: SettingsReport) => void }) {
  const tables = [...new Set(report.items.map(({ key }) => key.split('.')[0]!))];
  return (
    <section class="panel setup">
      <h2>{words.all}</h2>
      <p>{words.hint}</p>
      {tables.map((table) => (
        <details key={table}>
          <summary>{words.tables[table] ?? table}</summary>
          <ul class="setting-list">
            {report.items.filter(({ key }) => key.startsWith(`${table}.`)).map((setting) => <SettingRow key={setting.key} setting={setting} onChange={onChange} />)}
          </ul>
        </details>
      ))}
      <DeviceTable devices={report.devices} />
    </section>
  );
}

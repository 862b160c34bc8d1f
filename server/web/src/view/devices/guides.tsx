import type { Guide } from '../../music/guide';
import { say } from '../../state/notices';
import { text } from '../../text';
import { CompanionList } from './companion_list';
import { GuidePicture } from './guide_picture';

const words = text.guides;

// A context without https has no clipboard: then the text can be chosen by hand.
const copy = (settings: string) => void navigator.clipboard?.writeText(settings).then(() => say(words.copied), () => undefined);

function Settings({ settings }: { settings: string }) {
  return (
    <div class="guide-settings">
      <h3>{words.settings}</h3>
      <pre tabIndex={0}>{settings}</pre>
      {'clipboard' in navigator && <button type="button" class="plain" onClick={() => copy(settings)}>{words.copy}</button>}
    </div>
  );
}

function Editions() {
  const { title, columns, rows, note, yes, no } = words.editions;
  return (
    <table class="editions">
      <caption>{title}</caption>
      <thead><tr><th />{columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
      <tbody>
        {rows.map(({ what, has }) => (
          <tr key={what}><th scope="row">{what}</th>{has.map((having, index) => <td key={index} class={having ? 'has' : ''}><span class="sr-only">{having ? yes : no}</span><span aria-hidden="true">{having ? '●' : '–'}</span></td>)}</tr>
        ))}
      </tbody>
      <tfoot><tr><td colSpan={columns.length + 1}>{note}</td></tr></tfoot>
    </table>
  );
}

function GuideCard({ guide }: { guide: Guide }) {
  return (
    <details>
      <summary>{guide.name}</summary>
      <GuidePicture guide={guide} />
      <ol aria-label={words.steps}>{guide.steps.map((step) => <li key={step}>{step}</li>)}</ol>
      {guide.downloads && <CompanionList />}
      {guide.editions && <Editions />}
      {guide.settings && <Settings settings={guide.settings} />}
    </details>
  );
}

export function Guides() {
  return (
    <section class="panel setup">
      <h2>{words.title}</h2>
      {words.all.map((guide) => <GuideCard key={guide.name} guide={guide} />)}
    </section>
  );
}

import { text } from '../../text';

export function Guides() {
  return (
    <section class="panel setup">
      <h2>{text.guides.title}</h2>
      {text.guides.all.map((guide) => (
        <details key={guide.name}>
          <summary>{guide.name}</summary>
          <ol>{guide.steps.map((step) => <li key={step}>{step}</li>)}</ol>
          {guide.settings && <><h3>{text.guides.settings}</h3><pre tabIndex={0}>{guide.settings}</pre></>}
        </details>
      ))}
    </section>
  );
}

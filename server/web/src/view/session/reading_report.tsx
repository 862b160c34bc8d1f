import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { fieldName } from '../../api/problem';
import type { Session, Verdict } from '../../api/types';
import { text } from '../../text';

const shownValue = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

function Repair({ verdict }: { verdict: Verdict }) {
  return (
    <li>
      <b>{verdict.message || verdict.rule.replace(/[_.-]/g, ' ')}</b>
      {verdict.pointer && <small>{fieldName(verdict.pointer)}{verdict.old !== undefined && verdict.old !== null && `: ${text.session.was} ${shownValue(verdict.old)}`}
        {verdict.new !== undefined && verdict.new !== null && ` → ${shownValue(verdict.new)}`}</small>}
    </li>
  );
}

// Fetched only when somebody wants to see it.
function RawReading({ session }: { session: Session }) {
  const [answer, setAnswer] = useState<string | null>(null);
  const open = (event: Event) => {
    if (!(event.currentTarget as HTMLDetailsElement).open || answer !== null) return;
    api.interpretation(session.id).then((reading) => setAnswer(pretty(reading.answer)), () => setAnswer(text.session.rawNone));
  };
  return <details class="raw" onToggle={open}><summary>{text.session.raw}</summary>{answer !== null && <pre tabIndex={0}>{answer}</pre>}</details>;
}

function pretty(answer: string): string {
  try {
    return JSON.stringify(JSON.parse(answer), null, 2);
  } catch {
    return answer;
  }
}

export function ReadingReport({ session }: { session: Session }) {
  const verdicts = session.report?.verdicts ?? [];
  const repaired = verdicts.filter((verdict) => verdict.status !== 'pass');
  return (
    <section class="panel">
      <h2>{text.session.reading}</h2>
      <p>{text.session.interpreter} <b>{session.interpreter ?? '–'}</b>. {repaired.length > 0 ? text.session.repaired(repaired.length) : text.session.allPassed}.</p>
      {repaired.length > 0 && <ul class="repairs">{repaired.slice(0, 12).map((verdict, index) => <Repair key={index} verdict={verdict} />)}</ul>}
      <RawReading key={session.id} session={session} />
    </section>
  );
}

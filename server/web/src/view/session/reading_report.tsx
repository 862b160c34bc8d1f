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

export function ReadingReport({ session }: { session: Session }) {
  const verdicts = session.report?.verdicts ?? [];
  const repaired = verdicts.filter((verdict) => verdict.status !== 'pass');
  return (
    <section class="panel">
      <h2>{text.session.reading}</h2>
      <p>{text.session.interpreter} <b>{session.interpreter ?? '–'}</b>. {repaired.length > 0 ? text.session.repaired(repaired.length) : text.session.allPassed}.</p>
      {repaired.length > 0 && <ul class="repairs">{repaired.slice(0, 12).map((verdict, index) => <Repair key={index} verdict={verdict} />)}</ul>}
    </section>
  );
}

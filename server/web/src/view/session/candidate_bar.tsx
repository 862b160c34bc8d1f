import { useEffect } from 'preact/hooks';
import type { SessionDocument } from '../../api/types';
import { candidates, choose, chosen, keepChosen, letGo } from '../../state/steer';
import { session } from '../../state/session';
import { text } from '../../text';
import { MiniRoll } from './mini_roll';

const letters = 'ABCDEFGHIJKLMNOPQ';

function Choice({ index, document, words }: { index: number; document: SessionDocument; words: string }) {
  return (
    <button type="button" class="choice" role="radio" aria-checked={chosen.value === index} aria-label={`${letters[index]}: ${words}`}
      title={words} onClick={() => void choose(index)}>
      <span class="choice-letter">{letters[index]}</span>
      <MiniRoll document={document} />
      <small>{words}</small>
    </button>
  );
}

// Letters of the keyboard choose as well, so that the eyes can stay shut.
function useLetters(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (target.closest('input, select, textarea') || event.ctrlKey || event.metaKey || event.altKey) return;
      const index = letters.indexOf(event.key.toUpperCase());
      if (event.key.length === 1 && index >= 0 && index <= candidates.value.length) void choose(index);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

// The session and what was made of it, side by side; a tap is heard at once.
export function CandidateBar() {
  useLetters();
  const shown = session.value;
  if (candidates.value.length === 0 || !shown) return null;
  return (
    <section class="candidates" aria-label={text.steer.candidates}>
      <div class="choices" role="radiogroup" aria-label={text.steer.candidates}>
        <Choice index={0} document={shown.document} words={text.steer.asItWas} />
        {candidates.value.map((candidate, at) => (
          <Choice key={candidate.seed} index={at + 1} document={candidate.document} words={candidate.changes.join(' ') || text.steer.same} />
        ))}
      </div>
      <div class="row">
        <button type="button" class="plain" onClick={() => void letGo()}>{text.steer.none}</button>
        <button type="button" class="primary" disabled={chosen.value === 0} onClick={() => void keepChosen()}>
          {chosen.value === 0 ? text.steer.choose : text.steer.keep(letters[chosen.value]!)}
        </button>
      </div>
    </section>
  );
}

import { words } from '../../state/capture';
import { text } from '../../text';

const most = 4000;

// Words alone make music too.
export function WordsPage() {
  return (
    <div class="words">
      <textarea aria-label={text.capture.words} maxLength={most} placeholder={text.capture.wordsExample} value={words.value}
        onInput={(event) => (words.value = event.currentTarget.value)} />
      <div class="chips wrap" role="group" aria-label={text.capture.examples}>
        {text.capture.wordsExamples.map((example) => (
          <button type="button" key={example} aria-pressed={words.value === example} onClick={() => (words.value = example)}>{example}</button>
        ))}
      </div>
    </div>
  );
}

import { computed } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { drawing, mode, picture, send, sending, sendPicture, sendWords, source, takePicture, words } from '../../state/capture';
import { live, openLive } from '../../state/live';
import { complain } from '../../state/notices';
import { strokesOf } from '../../draw/strokes';
import { pageAsPng } from '../../draw/render';
import { text } from '../../text';
import { DrawPage } from './draw_page';
import { LiveBar } from './live_bar';
import { LiveSwitch } from './live_switch';
import { JobProgress } from './job_progress';
import { PenBar } from './pen_bar';
import { PicturePage } from './picture_page';
import { Segments } from '../parts/segments';
import { WishPanel } from './wish_panel';
import { WordsPage } from './words_page';

async function read(): Promise<void> {
  try {
    if (source.value === 'draw') {
      const strokes = strokesOf(drawing.value);
      await send(await pageAsPng(strokes), 'drawing.png', mode.value);
    } else if (source.value === 'words') {
      await sendWords(words.value.trim());
    } else if (picture.value) {
      await sendPicture(picture.value);
    }
  } catch (error) {
    complain(error);
  }
}

function usePasteAndDrop(): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const file = [...(event.clipboardData?.files ?? [])].find((candidate) => candidate.type.startsWith('image/'));
      if (file) takePicture(file);
    };
    const over = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) takePicture(file);
    };
    document.addEventListener('paste', paste);
    document.addEventListener('dragover', over);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('paste', paste);
      document.removeEventListener('dragover', over);
      document.removeEventListener('drop', drop);
    };
  }, []);
}

function Modes() {
  return (
    <div class="chips" role="group" aria-label={text.capture.modeLabel}>
      {Object.entries(text.capture.modes).map(([value, label]) => (
        <button type="button" key={value} aria-pressed={mode.value === value} onClick={() => (mode.value = value)}>{label}</button>
      ))}
    </div>
  );
}

function ReadButton({ ready, busy }: { ready: boolean; busy: boolean }) {
  return (
    <button type="button" class="primary go" disabled={!ready || busy} onClick={() => void read()}>
      {source.value === 'draw' && !ready ? text.capture.empty : text.capture.read}
    </button>
  );
}

const pages = { draw: DrawPage, picture: PicturePage, words: WordsPage };

const somethingToRead = computed(() => {
  if (source.value === 'draw') return strokesOf(drawing.value).length > 0;
  return source.value === 'words' ? words.value.trim() !== '' : picture.value !== null;
});

function StartRow({ ready, busy }: { ready: boolean; busy: boolean }) {
  const draw = source.value === 'draw';
  return (
    <div class="start">
      {draw && live.value
        ? <button type="button" class="primary go" disabled={!ready} onClick={openLive}>{ready ? text.live.done : text.capture.empty}</button>
        : <ReadButton ready={ready} busy={busy} />}
      {draw && <LiveSwitch />}
    </div>
  );
}

export function CaptureView() {
  usePasteAndDrop();
  const draw = source.value === 'draw';
  const ready = somethingToRead.value;
  const busy = sending.value.state === 'sending' || sending.value.state === 'reading';
  const Page = pages[source.value];
  return (
    <div class="capture">
      <h1 class="sr-only">{text.capture.title}</h1>
      <Segments label={text.capture.title} value={source.value} onChange={(value) => (source.value = value)}
        choices={[{ value: 'draw', label: text.capture.draw }, { value: 'picture', label: text.capture.photo }, { value: 'words', label: text.capture.words }]} />
      <div class={`stage${busy ? ' is-busy' : ''}`}>
        <Page />
        <JobProgress onRetry={() => void read()} />
      </div>
      {draw && live.value && <LiveBar />}
      {draw && <PenBar />}
      {(draw || picture.value) && source.value !== 'words' && <Modes />}
      <StartRow ready={ready} busy={busy} />
      {!(draw && live.value) && <WishPanel besidePicture={source.value !== 'words'} />}
    </div>
  );
}

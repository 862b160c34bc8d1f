import { box } from '../../state/box';
import { cancel, sending } from '../../state/capture';
import { text } from '../../text';
import type { Job } from '../../api/types';

function wordsFor(job: Job | undefined): string {
  if (!job || job.state === 'queued') return text.job.queued;
  return text.job.stages[job.stage] ?? text.job.running;
}

function Progress({ words, fraction }: { words: string; fraction: number }) {
  const percent = Math.round(fraction * 100);
  return (
    <div class="progress" role="status">
      <p>{words}</p>
      <div class="progress-bar" role="progressbar" aria-label={words} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}>
        <span style={{ width: `${Math.max(4, percent)}%` }} />
      </div>
      <button type="button" class="plain" onClick={() => void cancel()}>{text.job.cancel}</button>
    </div>
  );
}

export function JobProgress({ onRetry }: { onRetry: () => void }) {
  const now = sending.value;
  switch (now.state) {
    case 'sending':
      return <Progress words={text.job.sending} fraction={now.fraction * 0.4} />;
    case 'reading': {
      const job = box.value.jobs[now.jobId];
      return <Progress words={wordsFor(job)} fraction={0.4 + 0.6 * (job?.progress ?? 0)} />;
    }
    case 'failed':
      return (
        <div class="progress" role="alert">
          <p><b>{text.job.failed}</b></p>
          <p class="reason">{now.message}</p>
          <div class="row">
            <button type="button" class="plain" onClick={() => (sending.value = { state: 'idle' })}>{text.close}</button>
            <button type="button" class="plain strong" onClick={onRetry}>{text.job.retry}</button>
          </div>
        </div>
      );
    default:
      return null;
  }
}

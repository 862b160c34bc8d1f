import { useRef } from 'preact/hooks';
import type { SessionDocument } from '../../api/types';
import { notePlace, patternIn, toggleHit } from '../../music/notes';
import { drumName } from '../../music/pitch';
import { windowPhase, type DrumGrid, type RollWindow } from '../../music/roll';
import { change, focus, sectionIndex } from '../../state/session';
import { text } from '../../text';
import { usePlayhead } from '../parts/use_playhead';

interface Props {
  grid: DrumGrid;
  window: RollWindow;
  document: SessionDocument;
}

export function DrumGridView({ grid, window, document }: Props) {
  const table = useRef<HTMLDivElement>(null);
  usePlayhead((tick) => {
    const step = tick === null ? -1 : Math.floor(windowPhase(window, tick) * grid.steps);
    if (!table.current || table.current.dataset.step === String(step)) return;
    table.current.dataset.step = String(step);
    table.current.querySelectorAll('[data-column]').forEach((cell) =>
      cell.classList.toggle('is-now', (cell as HTMLElement).dataset.column === String(step)));
  });
  const pattern = patternIn(document, sectionIndex.value, grid.track);
  const steps = document.tracks[grid.track]!.patterns[pattern]?.length ?? 0;
  const press = (step: number, pitch: number) => {
    if (steps > 0) change(toggleHit(document, grid.track, pattern, step % Math.round(steps / 240), pitch));
  };
  return (
    <div class="drums role-drums" role="group" aria-label={text.session.drums} ref={table}>
      {grid.rows.map((row) => (
        <div class="drum-row" key={row.pitch} style={{ '--steps': String(grid.steps) }}>
          <span class="drum-name">{row.name || drumName(row.pitch)}</span>
          {row.hits.map((velocity, step) => (
            <button type="button" key={step} data-column={step} aria-pressed={velocity > 0}
              class={`hit${step % 4 === 0 ? ' is-beat' : ''}${row.pointers[step] && row.pointers[step] === focus.value ? ' is-focus' : ''}`}
              style={{ '--velocity': String(velocity / 127) }}
              aria-label={`${row.name || drumName(row.pitch)} ${step + 1}`}
              onClick={() => press(step, row.pitch)}
              onContextMenu={(event) => { event.preventDefault(); if (row.pointers[step] && notePlace(row.pointers[step]!)) focus.value = row.pointers[step]!; }} />
          ))}
        </div>
      ))}
    </div>
  );
}

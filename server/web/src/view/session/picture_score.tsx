import { useRef } from 'preact/hooks';
import { imageUrl } from '../../api/client';
import type { SessionDocument } from '../../api/types';
import { regionFor, regionsOf, regionTouches, type Region } from '../../music/evidence';
import { roleClass, roleOfPointer } from '../../music/roles';
import { windowPhase, type RollWindow } from '../../music/roll';
import { focus } from '../../state/session';
import { text } from '../../text';
import { usePlayhead } from '../parts/use_playhead';

interface Props {
  imageId: string | null;
  document: SessionDocument;
  window: RollWindow;
}

const outline = (region: Region) => {
  const [x, y, w, h] = region.box;
  if (region.polygon.length > 2) return region.polygon.map(([px, py]) => `${px},${py}`).join(' ');
  return `${x},${y} ${x + w},${y} ${x + w},${y + h} ${x},${y + h}`;
};

// The picture is the score: what was read lies on it, and the playhead sweeps over it.
export function PictureScore({ imageId, document, window }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLSpanElement>(null);
  const regions = regionsOf(document.evidence ?? []);
  usePlayhead((tick) => {
    if (!head.current || !frame.current) return;
    head.current.hidden = tick === null;
    const phase = tick === null ? -1 : windowPhase(window, tick);
    head.current.style.transform = `translateX(${phase * frame.current.clientWidth}px)`;
    markSounding(frame.current, regions, window, phase);
  });
  if (!imageId) return null;
  return (
    <figure class="picture" ref={frame} aria-label={text.session.picture}>
      <img src={imageUrl(imageId, 1024)} alt="" onLoad={(event) => shareAspect(event.currentTarget)} />
      <svg class="regions" viewBox="0 0 1 1" preserveAspectRatio="none">
        {regions.map((region, index) => (
          <polygon key={index} points={outline(region)} tabIndex={0} role="button" vector-effect="non-scaling-stroke"
            class={`region ${roleClass(roleOfPointer(document, region.items[0]!.pointer))}${focus.value && regionTouches(region, focus.value) ? ' is-focus' : ''}`}
            aria-label={region.items[0]!.reading} onClick={() => toggle(region)}
            onKeyDown={(event) => (event.key === 'Enter' || event.key === ' ') && (event.preventDefault(), toggle(region))} />
        ))}
      </svg>
      <span class="playhead" ref={head} hidden />
    </figure>
  );
}

// The roll below is as wide as the picture, so it must know its shape.
function shareAspect(image: HTMLImageElement): void {
  const score = image.closest<HTMLElement>('.score');
  if (image.naturalHeight > 0) score?.style.setProperty('--aspect', String(image.naturalWidth / image.naturalHeight));
}

function toggle(region: Region): void {
  const pointer = region.items[0]!.pointer;
  focus.value = focus.value === pointer ? null : pointer;
}

// Lights the regions whose notes sound at `phase` of the window; a phase below zero puts all of them out.
function markSounding(frame: HTMLElement, regions: Region[], window: RollWindow, phase: number): void {
  const tick = window.start + phase * window.length;
  const sounding = phase < 0 ? [] : window.notes.filter((note) => note.start <= tick && tick < note.start + note.duration);
  const lit = new Set(sounding.map((note) => regionFor(regions, note.pointer)));
  frame.querySelectorAll('.region').forEach((element, index) => element.classList.toggle('is-sounding', lit.has(regions[index]!)));
}

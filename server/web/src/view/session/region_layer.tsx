import { useMemo, useRef } from 'preact/hooks';
import type { SessionDocument } from '../../api/types';
import { notePlace } from '../../music/notes';
import { regionFor, regionsOf, regionTouches, type Region } from '../../music/evidence';
import { roleClass, roleOfPointer } from '../../music/roles';
import { windowPhase, type RollWindow } from '../../music/roll';
import { focus } from '../../state/session';
import { usePlayhead } from '../parts/use_playhead';

interface Props {
  document: SessionDocument;
  window: RollWindow;
}

const outline = (region: Region) => {
  const [x, y, w, h] = region.box;
  if (region.polygon.length > 2) return region.polygon.map(([px, py]) => `${px},${py}`).join(' ');
  return `${x},${y} ${x + w},${y} ${x + w},${y + h} ${x},${y + h}`;
};

// So many outlines of single notes would hide the picture: then they show only as they sound or are looked at.
const crowd = 24;
const ofNotes = (region: Region) => region.items.every((item) => notePlace(item.pointer) !== null);

function classOf(region: Region, document: SessionDocument, crowded: boolean): string {
  const focused = focus.value !== null && regionTouches(region, focus.value);
  const whole = region.box[2] * region.box[3] > 0.9;
  return `region ${roleClass(roleOfPointer(document, region.items[0]!.pointer))}${focused ? ' is-focus' : ''}${whole ? ' is-whole' : ''}${crowded && ofNotes(region) ? ' is-quiet' : ''}`;
}

// What was read in a picture, laid over it, and the playhead; regions light up as their notes sound.
export function RegionLayer({ document, window }: Props) {
  const layer = useRef<SVGSVGElement>(null);
  const head = useRef<HTMLSpanElement>(null);
  const regions = useMemo(() => regionsOf(document.evidence ?? []), [document.evidence]);
  const places = useMemo(() => placesOf(regions, window), [regions, window]);
  const lit = useRef<ReadonlySet<number>>(new Set());
  usePlayhead((tick) => {
    if (!head.current || !layer.current) return;
    head.current.hidden = tick === null;
    const phase = tick === null ? -1 : windowPhase(window, tick);
    head.current.style.transform = `translateX(${phase * layer.current.clientWidth}px)`;
    const sounding = soundingPlaces(places, window, phase);
    for (const place of lit.current) if (!sounding.has(place)) layer.current.children[place]?.classList.remove('is-sounding');
    for (const place of sounding) if (!lit.current.has(place)) layer.current.children[place]?.classList.add('is-sounding');
    lit.current = sounding;
  });
  return (
    <>
      <svg class="regions" ref={layer} viewBox="0 0 1 1" preserveAspectRatio="none">
        {regions.map((region, index) => (
          <polygon key={index} points={outline(region)} tabIndex={0} role="button" vector-effect="non-scaling-stroke"
            class={classOf(region, document, regions.length > crowd)}
            aria-label={region.items[0]!.reading} onClick={() => toggle(region)}
            onKeyDown={(event) => (event.key === 'Enter' || event.key === ' ') && (event.preventDefault(), toggle(region))} />
        ))}
      </svg>
      <span class="playhead" ref={head} hidden />
    </>
  );
}

function toggle(region: Region): void {
  const pointer = region.items[0]!.pointer;
  focus.value = focus.value === pointer ? null : pointer;
}

// For each note of the window, which region it came from; -1 where none is known.
function placesOf(regions: Region[], window: RollWindow): number[] {
  const known = new Map<string, number>();
  return window.notes.map((note) => {
    let place = known.get(note.pointer);
    if (place === undefined) known.set(note.pointer, (place = regions.indexOf(regionFor(regions, note.pointer)!)));
    return place;
  });
}

// The regions whose notes sound at `phase` of the window; below zero nothing does.
function soundingPlaces(places: number[], window: RollWindow, phase: number): Set<number> {
  const tick = window.start + phase * window.length;
  const sounding = new Set<number>();
  if (phase < 0) return sounding;
  for (let index = 0; index < window.notes.length && window.notes[index]!.start <= tick; ++index) {
    const note = window.notes[index]!;
    if (tick < note.start + note.duration && places[index]! >= 0) sounding.add(places[index]!);
  }
  return sounding;
}

import { useRef } from 'preact/hooks';
import { positionName, type Meter } from '../../music/time';
import { usePlayhead } from './use_playhead';

const silent = '–.–.–';

export function Position({ meter }: { meter: Meter }) {
  const place = useRef<HTMLSpanElement>(null);
  usePlayhead((tick) => {
    if (place.current) place.current.textContent = tick === null ? silent : positionName(tick, meter);
  });
  return <span class="position" ref={place}>{silent}</span>;
}

import { rollWindow } from '../../music/roll';
import { live, understood } from '../../state/live';
import { desk, sectionIndex, session, timeline } from '../../state/session';
import { RegionLayer } from '../session/region_layer';

// What was understood of the page so far, under the pen and out of its way.
export function LiveLayer() {
  const document = desk.value;
  const laidOut = timeline.value;
  if (!live.value || !document || !laidOut || session.value?.id !== understood.value) return null;
  const section = laidOut.sections[sectionIndex.value] ?? laidOut.sections[0]!;
  return (
    <div class="live-layer" aria-hidden="true" inert>
      <RegionLayer document={document} window={rollWindow(document, laidOut, section)} />
    </div>
  );
}

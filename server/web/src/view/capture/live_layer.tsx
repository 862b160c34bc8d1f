import type { LiveReading } from '../../api/types';
import { rollWindow } from '../../music/roll';
import { live, understood } from '../../state/live';
import { desk, liveId, sectionIndex, session, timeline } from '../../state/session';
import { text } from '../../text';
import { RegionLayer } from '../session/region_layer';

const mostNames = 24; // more would hide the drawing
const percent = (part: number) => `${part * 100}%`;

// Each figure by its name, and cables between what arrows join.
function Seen({ reading }: { reading: LiveReading }) {
  const joined = reading.arrows.filter((arrow) => arrow.from >= 0 && arrow.to >= 0);
  return (
    <>
      <svg class="seen-cables" viewBox="0 0 1 1" preserveAspectRatio="none">
        {joined.map((arrow, index) => <line key={index} x1={arrow.tail[0]} y1={arrow.tail[1]} x2={arrow.head[0]} y2={arrow.head[1]} />)}
      </svg>
      {reading.shapes.slice(0, mostNames).map((shape, index) => {
        const [x, y, , h] = shape.box;
        const below = y < 0.06;
        return (
          <span key={index} class={`seen${below ? ' is-below' : ''}`} style={{ left: percent(Math.min(x, 0.86)), top: percent(below ? Math.min(y + h, 0.94) : y) }}>
            {text.live.shapes[shape.class]?.[0] ?? shape.class}
          </span>
        );
      })}
    </>
  );
}

function Sounding() {
  const document = desk.value;
  const laidOut = timeline.value;
  if (!document || !laidOut || session.value?.id !== liveId) return null;
  const section = laidOut.sections[sectionIndex.value] ?? laidOut.sections[0]!;
  return <RegionLayer document={document} window={rollWindow(document, laidOut, section)} />;
}

// What was understood of the page so far, over the ink and out of the pen's way. The bar below says it in words.
export function LiveLayer() {
  if (!live.value || !understood.value) return null;
  return (
    <div class="live-layer" aria-hidden="true" inert>
      <Sounding />
      <Seen reading={understood.value} />
    </div>
  );
}

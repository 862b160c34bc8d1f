import type { Patch, SessionDocument } from '../../api/types';
import { cablePath } from '../../music/curves';
import { text } from '../../text';

const width = 320;
const rowHeight = 42;

// Sources on the left, destinations on the right, a cable for each route; thicker is deeper, dashed is inverted.
export function CableBoard({ patch, document }: { patch: Patch; document: SessionDocument }) {
  const sources = [...new Set(patch.modulation.map((cable) => cable.source))];
  const destinations = [...new Set(patch.modulation.map((cable) => cable.destination))];
  const height = Math.max(sources.length, destinations.length) * rowHeight + 28;
  const y = (index: number) => index * rowHeight + 24;
  const nameOf = (source: string) => document.lfos?.find((lfo) => lfo.id === source)?.name ?? source;
  return (
    <div class="cables">
      <h3>{text.session.cables}</h3>
      <svg viewBox={`0 0 ${width} ${height}`} role="img"
        aria-label={patch.modulation.map((cable) => `${nameOf(cable.source)} → ${cable.destination} ${Math.round(cable.depth * 100)} %`).join(', ')}>
        {patch.modulation.map((cable, index) => (
          <path key={index} class={`cable${cable.depth < 0 ? ' is-inverted' : ''}`} stroke-width={2 + 4 * Math.abs(cable.depth)}
            d={cablePath([112, y(sources.indexOf(cable.source))], [width - 112, y(destinations.indexOf(cable.destination))])} />
        ))}
        {sources.map((source, index) => <Jack key={source} x={112} y={y(index)} name={nameOf(source)} side="left" />)}
        {destinations.map((name, index) => <Jack key={name} x={width - 112} y={y(index)} name={name.replace(/_/g, ' ')} side="right" />)}
      </svg>
    </div>
  );
}

function Jack({ x, y, name, side }: { x: number; y: number; name: string; side: 'left' | 'right' }) {
  const left = side === 'left';
  const shown = name.length > 14 ? `${name.slice(0, 13)}…` : name;
  return (
    <g class="jack">
      <circle cx={x} cy={y} r="8" /><circle class="hole" cx={x} cy={y} r="3.4" />
      <text x={left ? x - 16 : x + 16} y={y + 4} text-anchor={left ? 'end' : 'start'}>{shown}</text>
    </g>
  );
}

import type { Guide, Place } from '../../music/guide';
import { text } from '../../text';

const cell = 178;
const height = 132;

const pads = (left: number, top: number, count: number, size: number) =>
  Array.from({ length: count * count }, (_, index) => (
    <rect key={index} class={index === 5 || index === 10 ? 'lit' : ''} x={left + (index % count) * size} y={top + Math.floor(index / count) * size} width={size - 2} height={size - 2} rx="1.5" />
  ));

// Each thing as a drawing within 80 x 80, its middle at 40, 40.
const drawings: Record<Place, () => preact.JSX.Element> = {
  phone: () => <><rect x="24" y="8" width="32" height="64" rx="6" /><path class="ink" d="M29 44c4-14 8-14 11-4s8 6 11-8" /><path d="M36 66h8" /></>,
  box: () => <><rect x="12" y="28" width="56" height="28" rx="5" /><circle class="lit" cx="22" cy="42" r="2.5" /><path d="M50 38h10M50 42h10M50 46h10" /></>,
  mpc: () => <><rect x="8" y="14" width="64" height="52" rx="5" /><rect x="13" y="19" width="22" height="15" rx="2" /><circle cx="17" cy="42" r="3" /><circle cx="25" cy="42" r="3" /><circle cx="17" cy="52" r="3" /><circle cx="25" cy="52" r="3" />{pads(39, 20, 4, 8)}</>,
  push: () => <><rect x="10" y="12" width="60" height="56" rx="5" /><rect x="18" y="17" width="44" height="7" rx="1.5" />{pads(20, 28, 4, 10)}</>,
  live: () => <><rect x="10" y="14" width="60" height="40" rx="4" /><path d="M4 62h72" /><path class="ink" d="M17 24h14M17 31h22M17 38h10M17 45h18" /><path d="M46 20v28M56 20v28" /></>,
  max: () => <><rect x="10" y="18" width="60" height="44" rx="4" /><circle class="ink" cx="24" cy="34" r="7" /><circle class="ink" cx="42" cy="34" r="7" /><path class="ink" d="M54 28v24M60 28v24M54 38h0M16 52h30" /></>,
  synth: () => <><rect x="6" y="22" width="68" height="38" rx="4" /><circle cx="16" cy="31" r="3.5" /><circle cx="28" cy="31" r="3.5" /><circle cx="40" cy="31" r="3.5" /><path d="M12 41h56v14H12zM20 41v14M28 41v14M36 41v14M44 41v14M52 41v14M60 41v14" /></>,
  ears: () => <><path d="M18 46v-6a22 22 0 0 1 44 0v6" /><rect class="ink" x="12" y="42" width="12" height="20" rx="4" /><rect class="ink" x="56" y="42" width="12" height="20" rx="4" /></>,
  file: () => <><path d="M24 10h22l12 12v48H24zM46 10v12h12" /><path class="ink" d="M31 42h8M42 36h8M34 50h12M31 58h6" /></>,
};

// The way of the music as a picture: this page, the box, what sounds.
export function GuidePicture({ guide }: { guide: Guide }) {
  const width = guide.chain.length * cell - (cell - 96);
  const places = guide.chain.map(({ place }) => text.guides.places[place]);
  return (
    <svg class="guide-picture" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={text.guides.picture(places)}>
      {guide.chain.map(({ place, by }, index) => {
        const x = index * cell + 8;
        const Drawing = drawings[place];
        return (
          <g key={place}>
            {by && <path class="way" d={`M${x - cell + 86} 44C${x - 62} 62 ${x - 34} 62 ${x - 4} 44`} />}
            {by && <text class="by" x={x - 49} y="76" text-anchor="middle">{by}</text>}
            <g class="thing" transform={`translate(${x} 4)`}><Drawing /></g>
            <text x={x + 40} y="108" text-anchor="middle">{text.guides.places[place]}</text>
          </g>
        );
      })}
    </svg>
  );
}

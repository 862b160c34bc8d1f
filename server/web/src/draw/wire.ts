// Strokes as the box takes them. Pure.
import type { Stroke } from './strokes';

export interface Drawn {
  id: number;
  pen: Stroke['pen'];
  colour: string;
  points: [number, number, number, number][]; // x, y, milliseconds, pressure
}

export const ink = '#1b1c21';
const mostPoints = 4096;

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

// A very long stroke keeps its ends and an even choice of what lies between.
function thinned<T>(points: T[]): T[] {
  if (points.length <= mostPoints) return points;
  const step = (points.length - 1) / (mostPoints - 1);
  return Array.from({ length: mostPoints }, (_, index) => points[Math.round(index * step)]!);
}

export function drawn(stroke: Stroke): Drawn {
  let latest = 0; // a browser's clock may jump; the box wants time that goes on
  const points = thinned(stroke.points).map((point): [number, number, number, number] => {
    latest = Math.max(latest, point.time);
    return [rounded(point.x, 5), rounded(point.y, 5), rounded(latest, 1), rounded(point.pressure, 3)];
  });
  return { id: stroke.id, pen: stroke.pen, colour: ink, points };
}

// What makes the page that the box holds, by the ids of its strokes, the page that is shown.
export function changesBetween(held: ReadonlySet<number>, strokes: Stroke[]): ({ type: 'erase'; strokes: number[] } | { type: 'stroke'; stroke: Drawn })[] {
  const shown = new Set(strokes.map((stroke) => stroke.id));
  const gone = [...held].filter((id) => !shown.has(id));
  const fresh = strokes.filter((stroke) => !held.has(stroke.id));
  return [
    ...(gone.length > 0 ? [{ type: 'erase' as const, strokes: gone }] : []),
    ...fresh.map((stroke) => ({ type: 'stroke' as const, stroke: drawn(stroke) })),
  ];
}

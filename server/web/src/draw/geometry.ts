// How each pen turns a path of the hand into ink, in pixels of the page. Pure.
import type { Stroke, Touch } from './strokes';

export type Inked = Pick<Stroke, 'pen'> & { points: Touch[] };

export interface Segment {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  width: number;
}
export interface Dot {
  x: number;
  y: number;
  radius: number;
}
export interface Ink {
  segments: Segment[];
  dots: Dot[];
}

// Widths are fractions of the page's width.
const lineWidth = 0.0075;
const brushWidth = 0.03;
const dotRadius = 0.012;
const dotSpacing = 0.0625; // a sixteenth of the page
const hatchSpacing = 0.016;
const hatchLength = 0.06;

export function inkOf(stroke: Inked, width: number, height: number): Ink {
  const points = stroke.points.map((point) => ({ x: point.x * width, y: point.y * height, pressure: point.pressure }));
  switch (stroke.pen) {
    case 'brush':
      return freehand(points, (pressure) => width * brushWidth * (0.25 + 0.9 * pressure));
    case 'dots':
      return { segments: [], dots: spaced(points, dotSpacing * width).map((p) => ({ ...p, radius: dotRadius * width })) };
    case 'hatch':
      return hatching(points, width);
    case 'arrow':
      return arrow(points, width);
    default:
      return freehand(points, () => width * lineWidth);
  }
}

function freehand(points: Touch[], widthOf: (pressure: number) => number): Ink {
  const only = points[0];
  if (points.length === 1 && only) return { segments: [], dots: [{ x: only.x, y: only.y, radius: widthOf(only.pressure) * 0.8 }] };
  const segments = points.slice(1).map((to, index) => {
    const from = points[index]!;
    return { x1: from.x, y1: from.y, x2: to.x, y2: to.y, width: widthOf((from.pressure + to.pressure) / 2) };
  });
  return { segments, dots: [] };
}

// Places along a path, `spacing` apart, its first point included.
export function spaced(points: Touch[], spacing: number): { x: number; y: number }[] {
  const first = points[0];
  if (!first) return [];
  const places = [{ x: first.x, y: first.y }];
  let travelled = 0;
  for (let index = 1; index < points.length; ++index) {
    const a = points[index - 1]!;
    const b = points[index]!;
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    let next = spacing - travelled;
    for (; next <= length; next += spacing) {
      places.push({ x: a.x + ((b.x - a.x) * next) / length, y: a.y + ((b.y - a.y) * next) / length });
    }
    travelled = length - (next - spacing);
  }
  return places;
}

function hatching(points: Touch[], width: number): Ink {
  const half = (hatchLength * width) / 2;
  const marks = spaced(points, hatchSpacing * width);
  const thin = width * lineWidth * 0.7;
  const segments = marks.map(({ x, y }) => ({ x1: x - half * 0.7, y1: y + half, x2: x + half * 0.7, y2: y - half, width: thin }));
  return { segments, dots: [] };
}

function arrow(points: Touch[], width: number): Ink {
  const from = points[0];
  const to = points[points.length - 1];
  if (!from || !to) return { segments: [], dots: [] };
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const head = 0.045 * width;
  const pen = width * lineWidth;
  const side = (turn: number) => ({
    x1: to.x, y1: to.y, x2: to.x - head * Math.cos(angle + turn), y2: to.y - head * Math.sin(angle + turn), width: pen,
  });
  return { segments: [{ x1: from.x, y1: from.y, x2: to.x, y2: to.y, width: pen }, side(0.5), side(-0.5)], dots: [] };
}

// What is drawn: strokes in fractions of the page, and the hand's way back. Pure.

export type Pen = 'line' | 'brush' | 'dots' | 'hatch' | 'arrow' | 'eraser';

export interface Touch {
  x: number; // 0..1 of the page's width
  y: number; // 0..1 of the page's height
  pressure: number; // 0..1
}

export interface InkPoint extends Touch {
  time: number; // milliseconds since the page was opened
}

export interface Stroke {
  id: number; // from 1, never used again
  pen: Exclude<Pen, 'eraser'>;
  points: InkPoint[];
}

let lastId = 0;
export const newStrokeId = () => ++lastId;

// Every state of the page, and which one is shown. States share their strokes.
export interface Drawing {
  states: Stroke[][];
  at: number;
}

export const emptyDrawing: Drawing = { states: [[]], at: 0 };
export const strokesOf = (drawing: Drawing): Stroke[] => drawing.states[drawing.at]!;
export const canUndo = (drawing: Drawing) => drawing.at > 0;
export const canRedo = (drawing: Drawing) => drawing.at < drawing.states.length - 1;
export const undo = (drawing: Drawing): Drawing => (canUndo(drawing) ? { ...drawing, at: drawing.at - 1 } : drawing);
export const redo = (drawing: Drawing): Drawing => (canRedo(drawing) ? { ...drawing, at: drawing.at + 1 } : drawing);

function then(drawing: Drawing, strokes: Stroke[]): Drawing {
  const states = [...drawing.states.slice(0, drawing.at + 1), strokes].slice(-200);
  return { states, at: states.length - 1 };
}

export const addStroke = (drawing: Drawing, stroke: Stroke): Drawing => then(drawing, [...strokesOf(drawing), stroke]);
export const clearPage = (drawing: Drawing): Drawing => (strokesOf(drawing).length > 0 ? then(drawing, []) : drawing);

function distanceToSegment(p: Touch, a: Touch, b: Touch): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const squared = dx * dx + dy * dy;
  const t = squared === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / squared));
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

export function strokeTouches(stroke: Stroke, point: Touch, radius: number): boolean {
  const { points } = stroke;
  if (points.length === 1) return distanceToSegment(point, points[0]!, points[0]!) <= radius;
  return points.some((from, index) => index > 0 && distanceToSegment(point, points[index - 1]!, from) <= radius);
}

// Points on the way, so close that nothing between them is missed; a fast hand reports few.
function alongPath(path: Touch[], spacing: number): Touch[] {
  return path.flatMap((to, index) => {
    const from = path[index - 1] ?? to;
    const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / spacing));
    return Array.from({ length: steps }, (_, step) => {
      const t = (step + 1) / steps;
      return { ...to, x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
    });
  });
}

// The eraser takes whole strokes; one sweep is one step back.
export function erase(drawing: Drawing, path: Touch[], radius = 0.02): Drawing {
  const strokes = strokesOf(drawing);
  const sweep = alongPath(path, radius);
  const kept = strokes.filter((stroke) => !sweep.some((point) => strokeTouches(stroke, point, radius)));
  return kept.length === strokes.length ? drawing : then(drawing, kept);
}

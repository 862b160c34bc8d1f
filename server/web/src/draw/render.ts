// Ink on a canvas, and the page as a picture to send.
import { text } from '../text';
import { inkOf, type Inked } from './geometry';
import type { Stroke } from './strokes';
import { ink } from './wire';

export const paper = '#fbfaf6';
export const pageSize = { width: 1280, height: 1024 };

export function drawStroke(context: CanvasRenderingContext2D, stroke: Inked, width: number, height: number): void {
  const { segments, dots } = inkOf(stroke, width, height);
  context.strokeStyle = ink;
  context.fillStyle = ink;
  context.lineCap = 'round';
  for (const segment of segments) {
    context.lineWidth = segment.width;
    context.beginPath();
    context.moveTo(segment.x1, segment.y1);
    context.lineTo(segment.x2, segment.y2);
    context.stroke();
  }
  for (const dot of dots) {
    context.beginPath();
    context.arc(dot.x, dot.y, dot.radius, 0, 2 * Math.PI);
    context.fill();
  }
}

// A stroke under the hand, whose first `shown` points are on the sheet already. Freehand ink only grows, so that a long
// stroke costs no more than a short one; what other pens make of a path changes as a whole.
export function growStroke(context: CanvasRenderingContext2D, stroke: Inked, shown: number, width: number, height: number): void {
  const grows = shown > 1 && (stroke.pen === 'line' || stroke.pen === 'brush');
  if (!grows) context.clearRect(0, 0, width, height);
  drawStroke(context, grows ? { ...stroke, points: stroke.points.slice(shown - 1) } : stroke, width, height);
}

// The page as it is now on a sheet that shows `before`: a stroke more costs that stroke.
export function drawNext(context: CanvasRenderingContext2D, before: Stroke[], strokes: Stroke[], width: number, height: number): void {
  const grown = before.length < strokes.length && before.every((stroke, index) => stroke === strokes[index]);
  if (!grown) return drawPage(context, strokes, width, height);
  for (const stroke of strokes.slice(before.length)) drawStroke(context, stroke, width, height);
}

export function drawPage(context: CanvasRenderingContext2D, strokes: Stroke[], width: number, height: number): void {
  context.clearRect(0, 0, width, height);
  for (const stroke of strokes) drawStroke(context, stroke, width, height);
}

export function pageAsPng(strokes: Stroke[], { width, height } = pageSize): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d')!;
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);
  for (const stroke of strokes) drawStroke(context, stroke, width, height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(text.capture.notSaved))), 'image/png'),
  );
}

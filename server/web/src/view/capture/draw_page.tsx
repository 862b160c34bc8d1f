import { useEffect, useRef } from 'preact/hooks';
import { guidesOf } from '../../draw/templates';
import { drawNext, drawPage, growStroke } from '../../draw/render';
import { addStroke, erase, newStrokeId, strokesOf, type InkPoint, type Stroke } from '../../draw/strokes';
import { drawing, pen, template } from '../../state/capture';
import { text } from '../../text';
import { LiveLayer } from './live_layer';

// Two sheets of ink: what is there, and the stroke under the hand, so that a stroke costs one stroke.
export function DrawPage() {
  const done = useRef<HTMLCanvasElement>(null);
  const wet = useRef<HTMLCanvasElement>(null);
  const shown = useRef<Stroke[]>([]);
  const strokes = strokesOf(drawing.value);

  useEffect(() => {
    const repaint = () => {
      for (const canvas of [done.current, wet.current]) fit(canvas);
      paint(done.current, (context, width, height) => drawPage(context, strokesOf(drawing.value), width, height));
    };
    const observer = new ResizeObserver(repaint);
    if (done.current) observer.observe(done.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    paint(done.current, (context, width, height) => drawNext(context, shown.current, strokes, width, height));
    shown.current = strokes;
  }, [strokes]);

  return (
    <div class={`page pen-${pen.value}`}>
      <svg class="guides" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        {guidesOf(template.value).map((guide, index) => (
          <line key={index} class={guide.strong ? 'strong' : ''} x1={guide.x1} y1={guide.y1} x2={guide.x2} y2={guide.y2} />
        ))}
      </svg>
      <canvas ref={done} />
      <canvas ref={wet} role="img" aria-label={text.capture.page} onPointerDown={(event) => beginStroke(event, wet.current!)} />
      <LiveLayer />
      {strokes.length === 0 && <p class="page-hint">{text.capture.hint}</p>}
    </div>
  );
}

// Its context is asked for as well, so that the first stroke waits for nothing.
function fit(canvas: HTMLCanvasElement | null): void {
  if (!canvas) return;
  canvas.getContext('2d');
  const scale = Math.min(2, devicePixelRatio || 1);
  canvas.width = Math.round(canvas.clientWidth * scale);
  canvas.height = Math.round(canvas.clientHeight * scale);
}

function paint(canvas: HTMLCanvasElement | null, draw: (context: CanvasRenderingContext2D, width: number, height: number) => void): void {
  const context = canvas?.getContext('2d');
  if (canvas && context) draw(context, canvas.width, canvas.height);
}

function pointOf(event: PointerEvent, area: DOMRect): InkPoint {
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  // A mouse says 0.5; a finger without a sensor says 0 or 1.
  const felt = event.pointerType === 'pen' || (event.pointerType === 'touch' && event.pressure < 1);
  const pressure = felt && event.pressure > 0 ? event.pressure : 0.5;
  return { time: event.timeStamp, x: clip((event.clientX - area.left) / area.width), y: clip((event.clientY - area.top) / area.height), pressure };
}

// Movements as they come where the browser tells (in secure contexts), else once a frame.
const movement = 'onpointerrawupdate' in globalThis ? 'pointerrawupdate' : 'pointermove';

function beginStroke(start: PointerEvent, canvas: HTMLCanvasElement): void {
  if (start.button !== 0 || !start.isPrimary) return;
  start.preventDefault();
  canvas.setPointerCapture(start.pointerId);
  const area = canvas.getBoundingClientRect();
  const points = [pointOf(start, area)];
  const tool = pen.value;
  let inked = 0;
  const show = () => paint(canvas, (context, width, height) => {
    if (tool !== 'eraser') growStroke(context, { pen: tool, points }, inked, width, height);
    inked = points.length;
  });
  const move = (moved: Event) => {
    const event = moved as PointerEvent;
    if (event.pointerId !== start.pointerId) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const part of all.length > 0 ? all : [event]) points.push(pointOf(part, area));
    show();
  };
  const end = (event: PointerEvent) => {
    if (event.pointerId !== start.pointerId) return;
    canvas.removeEventListener(movement, move);
    canvas.removeEventListener('pointerup', end);
    canvas.removeEventListener('pointercancel', end);
    if (event.type === 'pointerup') {
      drawing.value = tool === 'eraser' ? erase(drawing.value, points) : addStroke(drawing.value, { id: newStrokeId(), pen: tool, points });
    }
    paint(canvas, (context, width, height) => context.clearRect(0, 0, width, height));
  };
  canvas.addEventListener(movement, move);
  canvas.addEventListener('pointerup', end);
  canvas.addEventListener('pointercancel', end);
  show();
}

import { useEffect, useRef } from 'preact/hooks';
import { corners, dragged, turned, unedited, isEdited, type Corner } from '../../draw/picture_edit';
import { renderTurned } from '../../draw/picture_render';
import { edit, type Picture } from '../../state/capture';
import { text } from '../../text';
import { IconButton } from '../parts/icon_button';

function drag(start: PointerEvent, corner: Corner, area: HTMLElement): void {
  const handle = start.currentTarget as HTMLElement;
  handle.setPointerCapture(start.pointerId);
  const bounds = area.getBoundingClientRect();
  const move = (event: PointerEvent) => {
    const x = (event.clientX - bounds.left) / bounds.width;
    const y = (event.clientY - bounds.top) / bounds.height;
    edit.value = { ...edit.value, frame: dragged(edit.value.frame, corner, x, y) };
  };
  const end = () => {
    handle.removeEventListener('pointermove', move);
    handle.removeEventListener('pointerup', end);
    handle.removeEventListener('pointercancel', end);
  };
  handle.addEventListener('pointermove', move);
  handle.addEventListener('pointerup', end);
  handle.addEventListener('pointercancel', end);
}

const keys: Record<string, [number, number]> = { ArrowLeft: [-0.02, 0], ArrowRight: [0.02, 0], ArrowUp: [0, -0.02], ArrowDown: [0, 0.02] };

function nudge(event: KeyboardEvent, corner: Corner): void {
  const by = keys[event.key];
  if (!by) return;
  event.preventDefault();
  const [x, y, w, h] = edit.value.frame;
  const at = [corner.endsWith('w') ? x : x + w, corner.startsWith('n') ? y : y + h] as const;
  edit.value = { ...edit.value, frame: dragged(edit.value.frame, corner, at[0] + by[0], at[1] + by[1]) };
}

// The frame around what is sent; its corners are handles for a finger.
function CropFrame({ area }: { area: { current: HTMLElement | null } }) {
  const [x, y, w, h] = edit.value.frame;
  const percent = (value: number) => `${value * 100}%`;
  return (
    <div class="crop" style={{ left: percent(x), top: percent(y), width: percent(w), height: percent(h) }}>
      {corners.map((corner) => (
        <button type="button" key={corner} class={`crop-corner crop-${corner}`} aria-label={text.capture.corner[corner]}
          onPointerDown={(event) => drag(event, corner, area.current!)} onKeyDown={(event) => nudge(event, corner)} />
      ))}
    </div>
  );
}

export function PictureEditor({ picture, onUnreadable }: { picture: Picture; onUnreadable: () => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const area = useRef<HTMLDivElement>(null);
  const image = useRef<HTMLImageElement | null>(null);
  const { quarters, degrees } = edit.value;
  const paint = () => image.current && canvas.current && renderTurned(canvas.current, image.current, edit.value, 1200);
  useEffect(() => {
    const loaded = new Image();
    loaded.src = picture.url;
    loaded.decode().then(() => {
      image.current = loaded;
      paint();
    }, onUnreadable);
  }, [picture.url]);
  useEffect(() => void paint(), [quarters, degrees]);
  return (
    <div class="editor">
      <div class="editor-area" ref={area}>
        <canvas ref={canvas} role="img" aria-label={picture.name} />
        <CropFrame area={area} />
      </div>
      <div class="editor-tools">
        <IconButton icon="turn" label={text.capture.turn} onPress={() => (edit.value = turned(edit.value))} />
        <label class="straighten"><span>{text.capture.straighten}</span>
          <input type="range" min="-15" max="15" step="0.5" value={degrees}
            onInput={(event) => (edit.value = { ...edit.value, degrees: Number(event.currentTarget.value) })} />
        </label>
        <IconButton icon="undo" label={text.capture.asItWas} disabled={!isEdited(edit.value)} onPress={() => (edit.value = unedited)} />
      </div>
    </div>
  );
}

// The edited picture on a canvas.
import { coverScale, turnedSize, type PictureEdit } from './picture_edit';

// Turned and straightened, not cut, at most `longest` pixels on its longer side.
export function renderTurned(canvas: HTMLCanvasElement, image: HTMLImageElement, edit: PictureEdit, longest: number): void {
  const [fullWidth, fullHeight] = turnedSize(image.naturalWidth, image.naturalHeight, edit.quarters);
  const scale = Math.min(1, longest / Math.max(fullWidth, fullHeight));
  canvas.width = Math.max(1, Math.round(fullWidth * scale));
  canvas.height = Math.max(1, Math.round(fullHeight * scale));
  const context = canvas.getContext('2d')!;
  const grow = scale * coverScale(fullWidth, fullHeight, edit.degrees);
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate(((edit.quarters * 90 + edit.degrees) * Math.PI) / 180);
  context.scale(grow, grow);
  context.drawImage(image, -image.naturalWidth / 2, -image.naturalHeight / 2);
}

// The picture as it is to be sent, as JPEG of at most 3,072 pixels.
export async function renderEdited(url: string, edit: PictureEdit): Promise<Blob> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const whole = document.createElement('canvas');
  renderTurned(whole, image, edit, 3072);
  const [x, y, w, h] = edit.frame;
  const cut = document.createElement('canvas');
  cut.width = Math.max(1, Math.round(w * whole.width));
  cut.height = Math.max(1, Math.round(h * whole.height));
  cut.getContext('2d')!.drawImage(whole, -Math.round(x * whole.width), -Math.round(y * whole.height));
  return new Promise((resolve, reject) =>
    cut.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be saved'))), 'image/jpeg', 0.92),
  );
}

// How a chosen picture is turned, straightened and cut before it is sent. Pure.

export type Frame = [number, number, number, number]; // x, y, width, height in 0..1 of the turned picture
export type Corner = 'nw' | 'ne' | 'sw' | 'se';

export interface PictureEdit {
  quarters: number; // quarter turns clockwise, 0..3
  degrees: number; // of straightening, clockwise, -15..15
  frame: Frame;
}

export const corners: Corner[] = ['nw', 'ne', 'sw', 'se'];
export const unedited: PictureEdit = { quarters: 0, degrees: 0, frame: [0, 0, 1, 1] };
const smallest = 0.1;

export const isEdited = (edit: PictureEdit) =>
  edit.quarters !== 0 || edit.degrees !== 0 || edit.frame.some((value, at) => value !== unedited.frame[at]);

// The frame turns with the picture.
export function turned(edit: PictureEdit): PictureEdit {
  const [x, y, w, h] = edit.frame;
  return { ...edit, quarters: (edit.quarters + 1) % 4, frame: [1 - y - h, x, h, w] };
}

export const turnedSize = (width: number, height: number, quarters: number): [number, number] =>
  quarters % 2 === 0 ? [width, height] : [height, width];

// How much a picture must grow so that turning it by `degrees` leaves no empty corners.
export function coverScale(width: number, height: number, degrees: number): number {
  const angle = Math.abs((degrees * Math.PI) / 180);
  return Math.cos(angle) + Math.max(width / height, height / width) * Math.sin(angle);
}

// A corner moved to a place; the opposite one stays.
export function dragged(frame: Frame, corner: Corner, x: number, y: number): Frame {
  let [left, top] = frame;
  let right = frame[0] + frame[2];
  let bottom = frame[1] + frame[3];
  if (corner.endsWith('w')) left = Math.min(Math.max(0, x), right - smallest);
  else right = Math.max(Math.min(1, x), left + smallest);
  if (corner.startsWith('n')) top = Math.min(Math.max(0, y), bottom - smallest);
  else bottom = Math.max(Math.min(1, y), top + smallest);
  return [left, top, right - left, bottom - top];
}

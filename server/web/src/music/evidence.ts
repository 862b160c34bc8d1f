// From a place in the picture to a place in the session, and back.
import type { Evidence } from '../api/types';

export interface Region {
  box: [number, number, number, number];
  polygon: [number, number][];
  items: Evidence[]; // everything that this place led to
}

const keyOf = (evidence: Evidence) => JSON.stringify([evidence.box ?? null, evidence.polygon ?? []]);

export function boundsOf(polygon: [number, number][]): [number, number, number, number] {
  const xs = polygon.map((point) => point[0]);
  const ys = polygon.map((point) => point[1]);
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  return [left, top, Math.max(...xs) - left, Math.max(...ys) - top];
}

// One region a place, largest first, so that small ones lie on top and can be tapped.
export function regionsOf(evidence: Evidence[]): Region[] {
  const regions = new Map<string, Region>();
  for (const item of evidence) {
    const polygon = item.polygon ?? [];
    const box = item.box ?? (polygon.length > 0 ? boundsOf(polygon) : null);
    if (!box) continue;
    const region = regions.get(keyOf(item));
    if (region) region.items.push(item);
    else regions.set(keyOf(item), { box, polygon, items: [item] });
  }
  return [...regions.values()].sort((a, b) => b.box[2] * b.box[3] - a.box[2] * a.box[3]);
}

// True where `pointer` is `whole` or lies inside it: '/tracks/0' covers '/tracks/0/patch'.
export const covers = (whole: string, pointer: string) => pointer === whole || pointer.startsWith(`${whole}/`);

const indices = new WeakMap<Region[], Map<string, Region>>();

function indexOf(regions: Region[]): Map<string, Region> {
  let index = indices.get(regions);
  if (!index) {
    index = new Map(regions.flatMap((region) => region.items.map((item): [string, Region] => [item.pointer, region])));
    indices.set(regions, index);
  }
  return index;
}

// The most particular evidence for a part of the session: its own, else that of what holds it.
export function regionFor(regions: Region[], pointer: string): Region | null {
  const index = indexOf(regions);
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const found = index.get(at);
    if (found) return found;
  }
  return null;
}

// Does the region lead to this part, or to something within it?
export const regionTouches = (region: Region, pointer: string) =>
  region.items.some((item) => covers(item.pointer, pointer) || covers(pointer, item.pointer));

export function trackOfPointer(pointer: string): number | null {
  const match = /^\/tracks\/(\d+)/.exec(pointer);
  return match ? Number(match[1]) : null;
}

// One colour for each role, everywhere: region, note, knob and cable.
import type { Role, SessionDocument } from '../api/types';
import { trackOfPointer } from './evidence';

export const roleClass = (role: Role | undefined) => `role-${role ?? 'none'}`;

export function roleOfPointer(document: SessionDocument, pointer: string): Role | undefined {
  const track = trackOfPointer(pointer);
  if (track !== null) return document.tracks[track]?.role;
  const lfo = /^\/lfos\/(\d+)/.exec(pointer);
  if (lfo) {
    const target = document.lfos?.[Number(lfo[1])]?.track;
    return document.tracks.find((candidate) => candidate.id === target)?.role;
  }
  return undefined;
}

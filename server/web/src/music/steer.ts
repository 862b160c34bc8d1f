// Ways to steer a session, as the box's operations. Pure.
import type { SessionDocument } from '../api/types';

export interface Operation {
  op: string;
  part?: string;
  key?: string;
  [parameter: string]: number | string | undefined;
}

export const moves = ['reroll', 'mutate', 'more', 'less', 'loosen', 'higher', 'lower', 'mirror', 'backwards', 'chords'] as const;
export type Move = (typeof moves)[number];

const between = (low: number, high: number, amount: number) => Math.round(low + (high - low) * amount);

// `amount` 0..1 is how much; `part` a JSON Pointer, null for everything.
export function operationOf(move: Move, amount: number, part: string | null): Operation {
  const where = part === null ? {} : { part };
  switch (move) {
    case 'reroll':
      return { op: 'reroll', ...where };
    case 'mutate':
      return { op: 'mutate', steps: between(1, 16, amount), ...where };
    case 'more':
      return { op: 'thicken', percent: between(10, 120, amount), ...where };
    case 'less':
      return { op: 'thin', percent: between(10, 70, amount), ...where };
    case 'loosen':
      return { op: 'humanise', ticks: between(4, 48, amount), velocity: between(4, 32, amount), ...where };
    case 'higher':
      return { op: 'transpose', degrees: between(1, 7, amount), ...where };
    case 'lower':
      return { op: 'transpose', degrees: -between(1, 7, amount), ...where };
    case 'mirror':
      return { op: 'invert', ...where };
    case 'backwards':
      return { op: 'retrograde', ...where };
    case 'chords':
      return { op: 'reharmonise', ...where };
  }
}

export const scales = [
  'major', 'minor', 'dorian', 'phrygian', 'lydian', 'mixolydian', 'locrian', 'harmonic_minor', 'melodic_minor', 'phrygian_dominant',
  'major_pentatonic', 'minor_pentatonic', 'blues', 'whole_tone', 'diminished', 'hirajoshi', 'hungarian_minor', 'double_harmonic',
  'lydian_dominant', 'altered', 'in_sen', 'iwato', 'yo', 'pelog', 'chromatic',
];

export interface Lock {
  pointer: string;
  track: number | null; // null: of the session as a whole
  what: 'notes' | 'sound' | 'key' | 'tempo';
}

// What can be held while the rest changes.
export function locksOf(document: SessionDocument): Lock[] {
  const ofTracks = document.tracks.flatMap((track, index): Lock[] => [
    { pointer: `/tracks/${index}/patterns`, track: index, what: 'notes' },
    ...(track.patch ? [{ pointer: `/tracks/${index}/patch`, track: index, what: 'sound' } as Lock] : []),
  ]);
  return [...ofTracks, { pointer: '/key', track: null, what: 'key' }, { pointer: '/tempo_bpm', track: null, what: 'tempo' }];
}

export interface Relative {
  id: string;
  parent_id?: string | null;
}

// A family as lines of a tree: parents before their children, each with how deep it lies.
export function treeOf<T extends Relative>(family: T[]): { member: T; depth: number }[] {
  const known = new Set(family.map((member) => member.id));
  const children = new Map<string, T[]>();
  for (const member of family) {
    const parent = member.parent_id && known.has(member.parent_id) ? member.parent_id : '';
    children.set(parent, [...(children.get(parent) ?? []), member]);
  }
  const lines: { member: T; depth: number }[] = [];
  const waiting = (children.get('') ?? []).map((member) => ({ member, depth: 0 })).reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    lines.push(next);
    const { depth } = next;
    waiting.push(...(children.get(next.member.id) ?? []).map((member) => ({ member, depth: depth + 1 })).reverse());
  }
  return lines;
}

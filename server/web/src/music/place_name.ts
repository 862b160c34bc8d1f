// A JSON Pointer into a session in a musician's words. Pure.
import type { SessionDocument } from '../api/types';
import { noteOf } from './notes';
import { drumName, keyName, pitchName } from './pitch';
import { positionName } from './time';

export function placeName(document: SessionDocument, pointer: string): string {
  const [, first, second, ...rest] = pointer.split('/');
  switch (first) {
    case 'tracks':
      return trackPlace(document, Number(second), rest, pointer);
    case 'lfos':
      return `the LFO “${document.lfos?.[Number(second)]?.name ?? second}”`;
    case 'macros':
      return `the macro “${document.macros?.[Number(second)]?.name ?? second}”`;
    case 'arrangement':
      return `the section “${document.arrangement[Number(second)]?.name ?? second}”`;
    case 'tempo_bpm':
      return `the tempo, ${Math.round(document.tempo_bpm)} BPM`;
    case 'key':
      return `the key, ${keyName(document.key)}`;
    case 'swing':
      return `the swing, ${Math.round(document.swing)} %`;
    default:
      return (first ?? '').replace(/_/g, ' ');
  }
}

function trackPlace(document: SessionDocument, index: number, rest: string[], pointer: string): string {
  const track = document.tracks[index];
  if (!track) return pointer;
  const note = noteOf(document, pointer);
  if (note) {
    const name = track.role === 'drums' ? drumName(note.pitch) : pitchName(note.pitch);
    return `${name} at ${positionName(note.start, document.meter)} in ${track.name}`;
  }
  if (rest[0] === 'patch') {
    const words = rest.slice(1).map((word) => (/^\d+$/.test(word) ? String(Number(word) + 1) : word.replace(/_/g, ' ')));
    return `the ${words.length > 0 ? words.join(' ') : 'patch'} of ${track.name}`;
  }
  return rest[0] === 'patterns' ? `the notes of ${track.name}` : `the track ${track.name}`;
}

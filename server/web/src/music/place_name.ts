// A JSON Pointer into a session in a musician's words. Pure.
import type { SessionDocument } from '../api/types';
import { text } from '../text';
import { noteOf } from './notes';
import { drumName, keyName, pitchName } from './pitch';
import { positionName } from './time';

const words = text.places;

export function placeName(document: SessionDocument, pointer: string): string {
  const [, first, second, ...rest] = pointer.split('/');
  switch (first) {
    case 'tracks':
      return trackPlace(document, Number(second), rest, pointer);
    case 'lfos':
      return words.lfo(document.lfos?.[Number(second)]?.name ?? second!);
    case 'macros':
      return words.macro(document.macros?.[Number(second)]?.name ?? second!);
    case 'arrangement':
      return words.section(document.arrangement[Number(second)]?.name ?? second!);
    case 'tempo_bpm':
      return words.tempo(Math.round(document.tempo_bpm));
    case 'key':
      return words.key(keyName(document.key));
    case 'swing':
      return words.swing(Math.round(document.swing));
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
    return words.note(name, positionName(note.start, document.meter), track.name);
  }
  if (rest[0] === 'patch') {
    const names = rest.slice(1).map((word) => (/^\d+$/.test(word) ? String(Number(word) + 1) : word.replace(/_/g, ' ')));
    return words.patch(names.join(' '), track.name);
  }
  return rest[0] === 'patterns' ? words.notes(track.name) : words.track(track.name);
}

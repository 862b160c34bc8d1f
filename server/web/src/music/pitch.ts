import { text } from '../text';

const names = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B'];
const letters: Record<string, number> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

// 60 -> 'C4'.
export const pitchName = (pitch: number) => `${names[((pitch % 12) + 12) % 12]}${Math.floor(pitch / 12) - 1}`;

// 'C4', 'F#3', 'Bb-1' -> 0..127, or null.
export function pitchFromName(name: string): number | null {
  const match = /^([A-Ga-g])([#♯b♭]*)(-?\d)$/.exec(name.trim());
  if (!match) return null;
  const accidentals = [...match[2]!].reduce((sum, sign) => sum + (sign === '#' || sign === '♯' ? 1 : -1), 0);
  const pitch = letters[match[1]!.toUpperCase()]! + accidentals + (Number(match[3]) + 1) * 12;
  return pitch >= 0 && pitch <= 127 ? pitch : null;
}

export const frequency = (pitch: number) => 440 * 2 ** ((pitch - 69) / 12);
export const isBlackKey = (pitch: number) => [1, 3, 6, 8, 10].includes(((pitch % 12) + 12) % 12);

// { tonic: 'E', scale: 'minor_pentatonic' } -> 'E minor pentatonic'.
export const keyName = (key: { tonic: string; scale: string }) => `${key.tonic} ${key.scale.replace(/_/g, ' ')}`;

export const drumName = (pitch: number) => text.drums[pitch] ?? pitchName(pitch);

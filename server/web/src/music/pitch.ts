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

// The General MIDI drum notes that kits use, in words.
const drums: Record<number, string> = {
  35: 'kick 2', 36: 'kick', 37: 'rim', 38: 'snare', 39: 'clap', 40: 'snare 2', 41: 'low tom', 42: 'closed hat',
  43: 'low tom 2', 44: 'pedal hat', 45: 'mid tom', 46: 'open hat', 47: 'mid tom 2', 48: 'high tom', 49: 'crash',
  50: 'high tom 2', 51: 'ride', 53: 'bell', 54: 'tambourine', 56: 'cowbell', 60: 'high bongo', 61: 'low bongo',
  62: 'conga', 63: 'open conga', 64: 'low conga', 69: 'cabasa', 70: 'maracas', 75: 'claves', 76: 'wood block',
  82: 'shaker',
};

export const drumName = (pitch: number) => drums[pitch] ?? pitchName(pitch);

import { expect, it } from 'vitest';
import { drumName, frequency, keyName, pitchFromName, pitchName } from '../src/music/pitch';
import { fromUnit, toUnit } from '../src/music/parameters';

it('calls MIDI note 60 C4 and finds it again', () => {
  expect(pitchName(60)).toBe('C4');
  for (let pitch = 0; pitch <= 127; ++pitch) expect(pitchFromName(pitchName(pitch))).toBe(pitch);
});

it('reads flats, sharps and octaves below zero', () => {
  expect(pitchFromName('Bb-1')).toBe(10);
  expect(pitchFromName('F#3')).toBe(54);
  expect(pitchFromName('G9')).toBe(127);
});

it('gives nothing for what is no note', () => {
  for (const name of ['', 'H4', 'C', 'C10', 'A9', '4C']) expect(pitchFromName(name)).toBeNull();
});

it('tunes A4 to 440 Hz', () => expect(frequency(69)).toBe(440));
it('says keys and drums in words', () => {
  expect(keyName({ tonic: 'E', scale: 'minor_pentatonic' })).toBe('E minor pentatonic');
  expect(drumName(36)).toBe('kick');
  expect(drumName(100)).toBe('E7');
});

it('puts 1200 Hz at 0.5927 of the cutoff, as the daemon does', () => {
  expect(toUnit('cutoff', 1200)).toBeCloseTo(0.5927, 4);
  expect(fromUnit('cutoff', toUnit('cutoff', 1200))).toBeCloseTo(1200);
  expect(toUnit('cutoff', 5)).toBe(0);
});

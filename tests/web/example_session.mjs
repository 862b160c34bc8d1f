// A session with a bit of everything that the page shows.

const step = 240;
const tune = [64, 67, 71, 69, 71, 76, 74, 71, 67, 64, 62, 67, 66, 71, 69, 67];

const patch = (name, wave, cutoff) => ({
  name,
  oscillators: [{ wave, detune_cents: 0, level: 0.9, octave: 0 }, { wave: 'square', detune_cents: 7, level: 0.5, octave: -1 }],
  noise: 0.08, filter: { type: 'lowpass', cutoff_hz: cutoff, resonance: 0.45 },
  envelope: { attack_ms: 8, decay_ms: 240, sustain: 0.5, release_ms: 320 }, drive: 0.2, reverb: 0.3, delay: 0.25,
  modulation: [
    { source: 'lfo_1', destination: 'cutoff', depth: 0.6 },
    { source: 'envelope', destination: 'cutoff', depth: 0.4 },
    { source: 'velocity', destination: 'resonance', depth: -0.3 },
  ],
});

const lead = () => tune.map((pitch, index) => ({ start: index * step, duration: index % 3 === 0 ? 420 : 220, pitch, velocity: 70 + ((index * 37) % 55) }));
const bass = () => [40, 40, 43, 38].map((pitch, index) => ({ start: index * 960, duration: 700, pitch, velocity: 100 }));
const drums = () => [
  ...[0, 4, 8, 11, 12].map((at) => ({ start: at * step, duration: 120, pitch: 36, velocity: 110 })),
  ...[4, 12].map((at) => ({ start: at * step, duration: 120, pitch: 38, velocity: 100 })),
  ...Array.from({ length: 8 }, (_, index) => ({ start: index * 480, duration: 120, pitch: 42, velocity: index % 2 ? 60 : 90 })),
].sort((a, b) => a.start - b.start || a.pitch - b.pitch);

const track = (id, name, role, channel, notes, more) => ({ id, name, role, channel, pads: [], patterns: [{ id: `${id}_a`, length: 3840, notes, automation: [] }], ...more });
const parts = (...ids) => ids.map((id) => ({ track: id, pattern: `${id}_a` }));

const evidence = () => [
  ...tune.map((_, index) => ({
    pointer: `/tracks/0/patterns/0/notes/${index}`, box: [0.03 + index * 0.059, 0.25 + 0.18 * Math.sin(index * 0.9), 0.055, 0.12],
    polygon: [], reading: 'wave, 91 %', rule: 'curve_height_to_pitch',
  })),
  { pointer: '/tracks/2/patterns/0/notes/0', box: [0.05, 0.78, 0.07, 0.1], polygon: [], reading: 'dot, 97 %', rule: 'dot_to_hit' },
  { pointer: '/tracks/0/patch/drive', box: [0.72, 0.7, 0.2, 0.2], polygon: [[0.72, 0.7], [0.92, 0.74], [0.88, 0.9], [0.74, 0.86]], reading: 'hatching, 84 %', rule: 'hatching_to_drive' },
];

export const exampleSession = (title) => ({
  format: 'doodled.session', version: 1, title, mode: 'doodle', seed: 7, tempo_bpm: 92, meter: { numerator: 4, denominator: 4 },
  key: { tonic: 'E', scale: 'minor_pentatonic' }, swing: 54,
  tracks: [
    track('lead', 'Lead', 'lead', 1, lead(), { patch: patch('Wave lead', 'saw', 1800) }),
    track('bass', 'Bass', 'bass', 2, bass(), { patch: patch('Round bass', 'triangle', 600) }),
    track('drums', 'Drums', 'drums', 10, drums(), { pads: [{ pad: 'A01', role: 'kick', pitch: 36 }, { pad: 'A02', role: 'snare', pitch: 38 }] }),
  ],
  lfos: [{ id: 'lfo_1', name: 'Drawn wave', samples: Array.from({ length: 64 }, (_, i) => Math.sin((i / 64) * 2 * Math.PI) * 0.7 + 0.3 * Math.sin((i / 64) * 6 * Math.PI)), cycle: 3840, track: 'lead', parameter: 'cutoff', depth: 0.4 }],
  macros: [
    { id: 'macro_1', name: 'Brightness', group: 'filter_effects', cell: 1, value: 0.62, cc: null, track: '', targets: [{ track: 'lead', parameter: 'cutoff', amount: 0.8 }] },
    { id: 'macro_2', name: 'Space', group: 'filter_effects', cell: 2, value: 0.3, cc: null, track: '', targets: [{ track: 'lead', parameter: 'reverb', amount: 1 }] },
    { id: 'macro_3', name: 'Bite', group: 'oscillator', cell: 5, value: 0.45, cc: null, track: '', targets: [{ track: 'bass', parameter: 'drive', amount: 1 }] },
  ],
  arrangement: [
    { name: 'Intro', bars: 2, parts: parts('lead') },
    { name: 'Body', bars: 4, parts: parts('lead', 'bass', 'drums') },
    { name: 'Out', bars: 2, parts: parts('lead', 'bass') },
  ],
  evidence: evidence(),
  provenance: { interpreter: 'builtin', interpreter_version: '1', image_sha256: '', transforms: [] },
});

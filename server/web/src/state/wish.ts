// What is asked of a picture besides the picture: options, interpreters, how many. Kept by this browser.
import { effect, signal } from '@preact/signals';
import { api, type JobWish } from '../api/client';
import type { Interpreter } from '../api/types';
import { complain } from './notices';

export interface Options {
  tonic: string;
  scale: string;
  tempo_bpm: string;
  meter: string;
  bars: string;
  swing: string;
  style: string;
  device: string;
  density: string;
  seed: string;
  lfo_beats: string;
}

export const noOptions: Options = {
  tonic: '', scale: '', tempo_bpm: '', meter: '', bars: '', swing: '', style: '', device: '', density: '', seed: '', lfo_beats: '',
};
export const options = signal<Options>(noOptions);
export const hint = signal(''); // words beside the picture
export const chain = signal<string[]>([]); // in the order in which they are asked; empty: the box's own
export const sideBySide = signal(false); // one session of each instead of one after the other
export const howMany = signal(1);
export const localOnly = signal(false);

export const interpreters = signal<Interpreter[]>([]);

export function lookAtInterpreters(probe: boolean): void {
  api.interpreters(probe).then((answer) => (interpreters.value = answer.items), complain);
}

export function toggleInChain(id: string): void {
  chain.value = chain.value.includes(id) ? chain.value.filter((other) => other !== id) : [...chain.value, id];
}

const numbers = ['tempo_bpm', 'bars', 'swing', 'density', 'seed', 'lfo_beats'] as const;

// The options as the API takes them. Pure.
export function optionsOf(chosen: Options): Record<string, unknown> {
  const { tonic, scale } = chosen;
  const made: Record<string, unknown> = {};
  if (tonic) made.key = `${tonic} ${scale || 'major'}`;
  else if (scale) made.scale = scale;
  for (const name of ['meter', 'style', 'device'] as const) if (chosen[name]) made[name] = chosen[name];
  for (const name of numbers) if (chosen[name] !== '' && Number.isFinite(Number(chosen[name]))) made[name] = Number(chosen[name]);
  return made;
}

export function wish(mode: string): JobWish {
  const several = sideBySide.value && chain.value.length > 1;
  return {
    mode,
    prompt: hint.value.trim(),
    interpreter: several ? [] : chain.value,
    candidates: several ? chain.value : howMany.value > 1 ? howMany.value : undefined,
    local_only: localOnly.value,
    options: optionsOf(options.value),
  };
}

export const wishes = () =>
  Object.values(options.value).filter((value) => value !== '').length + (hint.value.trim() ? 1 : 0) + (chain.value.length > 0 ? 1 : 0) +
  (howMany.value > 1 ? 1 : 0) + (localOnly.value ? 1 : 0);

export function forgetWishes(): void {
  options.value = noOptions;
  hint.value = '';
  chain.value = [];
  sideBySide.value = false;
  howMany.value = 1;
  localOnly.value = false;
}

const shelf = 'doodled.options';

// Read back at the start and kept at each change; a browser that forbids it just forgets.
export function keepWishes(): void {
  try {
    options.value = { ...noOptions, ...(JSON.parse(localStorage.getItem(shelf) ?? '{}') as Partial<Options>) };
  } catch {
    options.value = noOptions;
  }
  effect(() => {
    const kept = JSON.stringify(options.value);
    try {
      localStorage.setItem(shelf, kept);
    } catch {
      // Nothing is lost but the convenience.
    }
  });
}

// What a guide to setting up consists of.
export type Place = 'phone' | 'box' | 'mpc' | 'push' | 'live' | 'max' | 'synth' | 'ears' | 'file';

export interface Guide {
  name: string;
  chain: { place: Place; by?: string }[]; // the way of the music; `by`: how it gets there from the one before
  steps: string[];
  editions?: boolean; // which edition of Live it takes
  downloads?: boolean; // files for Live are to be had
  settings: string; // for doodled.toml; empty where nothing is to be set
}

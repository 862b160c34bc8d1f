import { describe, expect, it } from 'vitest';
import type { SessionDocument } from '../src/api/types';
import { locksOf, operationOf, treeOf } from '../src/music/steer';
import { bytesName, durationName } from '../src/music/units';
import { merged, noFilter, queryOf } from '../src/state/history';
import { noOptions, optionsOf } from '../src/state/wish';
import { gridOf, windowOf } from '../src/view/history/grid_window';
import { exampleSession } from '../../../tests/web/example_session.mjs';

describe('steering', () => {
  it('turns a little and a lot into numbers of the operation', () => {
    expect(operationOf('mutate', 0, '/tracks/1')).toEqual({ op: 'mutate', steps: 1, part: '/tracks/1' });
    expect(operationOf('mutate', 1, null)).toEqual({ op: 'mutate', steps: 16 });
    expect(operationOf('lower', 1, null)).toEqual({ op: 'transpose', degrees: -7 });
  });
  it('offers locks for notes and sound of each part, and for key and tempo', () => {
    const pointers = locksOf(exampleSession('x') as SessionDocument).map((lock) => lock.pointer);
    expect(pointers).toEqual(['/tracks/0/patterns', '/tracks/0/patch', '/tracks/1/patterns', '/tracks/1/patch', '/tracks/2/patterns', '/key', '/tempo_bpm']);
  });
  it('lays a family out as a tree, parents before their children', () => {
    const family = [{ id: 'a' }, { id: 'b', parent_id: 'a' }, { id: 'c', parent_id: 'a' }, { id: 'd', parent_id: 'b' }, { id: 'e', parent_id: 'gone' }];
    expect(treeOf(family).map(({ member, depth }) => `${member.id}${depth}`)).toEqual(['a0', 'b1', 'd2', 'c1', 'e0']);
  });
});

describe('what is asked of a picture', () => {
  it('leaves out what is open', () => expect(optionsOf(noOptions)).toEqual({}));
  it('makes a key of tonic and scale, and a scale of a scale alone', () => {
    expect(optionsOf({ ...noOptions, tonic: 'E', scale: 'dorian' })).toEqual({ key: 'E dorian' });
    expect(optionsOf({ ...noOptions, tonic: 'E' })).toEqual({ key: 'E major' });
    expect(optionsOf({ ...noOptions, scale: 'dorian' })).toEqual({ scale: 'dorian' });
  });
  it('sends numbers as numbers', () => expect(optionsOf({ ...noOptions, tempo_bpm: '97.5', bars: 'x' })).toEqual({ tempo_bpm: 97.5 }));
});

describe('a history of any length', () => {
  it('has only the rows in sight and a few around them', () => {
    const grid = gridOf(100_000, 358, 156, 14, 52);
    expect(grid.columns).toBe(2);
    const window = windowOf(grid, 1_000_000, 844);
    expect(window.to - window.from).toBeLessThan(30);
    expect(window.before).toBeLessThanOrEqual(1_000_000);
    expect(window.height).toBe(grid.rowHeight * 50_000);
  });
  it('ends with the last card, and is nothing when nothing is there', () => {
    const grid = gridOf(7, 358, 156, 14, 52);
    expect(windowOf(grid, 1e9, 844).to).toBeGreaterThanOrEqual(7);
    expect(windowOf(gridOf(0, 358, 156, 14, 52), 0, 844)).toEqual({ from: 0, to: 0, before: 0, height: 0 });
  });
  it('takes in what is new and lets go what is gone from the first page', () => {
    const at = (id: string) => ({ id, created_at: id, title: '', mode: '' });
    const old = [at('5'), at('4'), at('3'), at('2'), at('1')];
    expect(merged(old, [at('6'), at('5'), at('3')], false).map(({ id }) => id)).toEqual(['6', '5', '3', '2', '1']);
    expect(merged(old, [at('6')], true).map(({ id }) => id)).toEqual(['6']);
  });
  it('asks for whole days', () => {
    const query = queryOf({ ...noFilter, from: '2026-11-23', to: '2026-11-23' });
    expect(Date.parse(query.created_before!) - Date.parse(query.created_from!)).toBe(86_400_000);
  });
});

it('says amounts as people do', () => {
  expect([bytesName(999), bytesName(1234), bytesName(56_000_000)]).toEqual(['999 B', '1.2 kB', '56 MB']);
  expect([durationName(5000), durationName(3_900_000), durationName(300_000_000)]).toEqual(['5 s', '1 h 5 min', '3 days']);
});

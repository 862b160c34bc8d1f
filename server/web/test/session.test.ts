import { beforeEach, describe, expect, it } from 'vitest';
import type { Session, SessionDocument } from '../src/api/types';
import { change, changed, desk, put, redoChange, revert, takenBack, undoChange } from '../src/state/session';

const document = (tempo_bpm: number) => ({ tempo_bpm, arrangement: [], tracks: [] }) as unknown as SessionDocument;
const tempo = () => desk.value!.tempo_bpm;

describe('changes by hand', () => {
  beforeEach(() => put({ id: 's', document: document(90) } as Session));

  it('go back step by step and come again in their order', () => {
    for (const bpm of [91, 92, 93]) change(document(bpm));
    undoChange();
    undoChange();
    expect(tempo()).toBe(91);
    redoChange();
    expect(tempo()).toBe(92);
    redoChange();
    redoChange();
    expect(tempo()).toBe(93);
    expect(takenBack.value).toBe(false);
  });

  it('come again after all of them were reverted', () => {
    for (const bpm of [91, 92]) change(document(bpm));
    revert();
    expect([tempo(), changed.value, takenBack.value]).toEqual([90, false, true]);
    redoChange();
    expect(tempo()).toBe(91);
  });

  it('forget what was taken back when another is made, and with the session', () => {
    change(document(91));
    undoChange();
    change(document(95));
    redoChange();
    expect(tempo()).toBe(95);
    undoChange();
    put({ id: 't', document: document(60) } as Session);
    redoChange();
    expect(tempo()).toBe(60);
  });
});

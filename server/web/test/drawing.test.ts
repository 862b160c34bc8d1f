import { describe, expect, it } from 'vitest';
import { coverScale, dragged, isEdited, turned, unedited } from '../src/draw/picture_edit';
import { inkOf, spaced } from '../src/draw/geometry';
import { drawNext, growStroke } from '../src/draw/render';
import { addStroke, canRedo, clearPage, emptyDrawing, erase, redo, strokesOf, undo, type Stroke } from '../src/draw/strokes';

const at = (x: number, y: number) => ({ x, y, pressure: 0.5 });
const line = (...points: [number, number][]): Stroke => ({ id: 1, pen: 'line', points: points.map(([x, y], index) => ({ ...at(x, y), time: index })) });

describe('a drawing', () => {
  it('goes back and forth, and forgets what was undone once something new is drawn', () => {
    const two = addStroke(addStroke(emptyDrawing, line([0, 0], [1, 1])), line([0, 1], [1, 0]));
    expect(strokesOf(undo(two))).toHaveLength(1);
    expect(strokesOf(redo(undo(two)))).toHaveLength(2);
    const other = addStroke(undo(two), line([0.5, 0], [0.5, 1]));
    expect(canRedo(other)).toBe(false);
    expect(strokesOf(other)).toHaveLength(2);
  });

  it('loses exactly the strokes that the eraser touches, in one step', () => {
    const two = addStroke(addStroke(emptyDrawing, line([0, 0.2], [1, 0.2])), line([0, 0.8], [1, 0.8]));
    const erased = erase(two, [at(0.4, 0.5), at(0.4, 0.79)]);
    expect(strokesOf(erased)).toEqual([line([0, 0.2], [1, 0.2])]);
    expect(strokesOf(undo(erased))).toHaveLength(2);
    expect(erase(two, [at(0.5, 0.5)])).toBe(two);
  });

  it('is erased by a fast sweep, too', () => {
    const one = addStroke(emptyDrawing, line([0, 0.5], [1, 0.5]));
    expect(strokesOf(erase(one, [at(0.5, 0.1), at(0.5, 0.9)]))).toEqual([]);
  });

  it('has no step back from clearing an empty page', () => {
    expect(clearPage(emptyDrawing)).toBe(emptyDrawing);
  });
});

describe('ink', () => {
  it('puts dots at equal distances along the path', () => {
    expect(spaced([at(0, 0), at(25, 0), at(50, 0)], 20).map((p) => p.x)).toEqual([0, 20, 40]);
  });
  it('makes an arrow of three strokes that meet at its tip', () => {
    const { segments } = inkOf({ pen: 'arrow', points: [at(0, 0.5), at(0.3, 0.1), at(1, 0.5)] }, 100, 100);
    expect(segments).toHaveLength(3);
    expect(segments[0]).toMatchObject({ x1: 0, y1: 50, x2: 100, y2: 50 });
    expect(segments.slice(1).every((s) => s.x1 === 100 && s.x2 < 100)).toBe(true);
  });
  it('makes a dot of a tap', () => {
    expect(inkOf(line([0.5, 0.5]), 100, 100).dots).toHaveLength(1);
  });
  it('is wider where the brush is pressed', () => {
    const brush = (pressure: number) => inkOf({ pen: 'brush', points: [{ x: 0, y: 0, pressure }, { x: 1, y: 0, pressure }] }, 100, 100).segments[0]!.width;
    expect(brush(0.9)).toBeGreaterThan(brush(0.2) * 1.5);
  });
});

describe('a chosen picture', () => {
  it('is sent as it came until something is done to it', () => {
    expect(isEdited(unedited)).toBe(false);
    expect(isEdited(turned(unedited))).toBe(true);
    expect(turned(turned(turned(turned({ ...unedited, frame: [0.1, 0.2, 0.3, 0.4] })))).frame.map((v) => Number(v.toFixed(9)))).toEqual([0.1, 0.2, 0.3, 0.4]);
  });
  it('keeps its frame inside and its corners in order', () => {
    expect(dragged([0, 0, 1, 1], 'nw', 0.25, -3)).toEqual([0.25, 0, 0.75, 1]);
    expect(dragged([0.5, 0.5, 0.5, 0.5], 'se', 0, 0)).toEqual([0.5, 0.5, 0.09999999999999998, 0.09999999999999998]);
  });
  it('grows just so much that straightening leaves no empty corner', () => {
    expect(coverScale(400, 300, 0)).toBe(1);
    expect(coverScale(400, 300, 10)).toBeCloseTo(coverScale(300, 400, -10));
    expect(coverScale(400, 300, 10)).toBeGreaterThan(1.2);
  });
});

describe('ink on a sheet', () => {
  const sheet = () => {
    const done: string[] = [];
    const note = (name: string) => () => void done.push(name);
    const context = { clearRect: note('clear'), beginPath: () => undefined, moveTo: () => undefined, lineTo: () => undefined, arc: () => undefined, stroke: note('segment'), fill: note('dot') };
    return { done, context: context as unknown as CanvasRenderingContext2D };
  };
  const long = line([0, 0], [0.1, 0], [0.2, 0], [0.3, 0]);

  it('grows by what is new of a line, and begins anew where the pen changes the whole', () => {
    const { done, context } = sheet();
    growStroke(context, long, 3, 100, 100);
    expect(done).toEqual(['segment']);
    done.length = 0;
    growStroke(context, { ...long, pen: 'arrow' }, 3, 100, 100);
    expect(done).toEqual(['clear', 'segment', 'segment', 'segment']);
  });

  it('has only what came drawn to it, and all anew when something went', () => {
    const { done, context } = sheet();
    const other = line([0, 1], [1, 1]);
    drawNext(context, [long], [long, other], 100, 100);
    expect(done).toEqual(['segment']);
    done.length = 0;
    drawNext(context, [long, other], [other], 100, 100);
    expect(done).toEqual(['clear', 'segment']);
  });
});

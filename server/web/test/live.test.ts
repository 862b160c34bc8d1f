import { describe, expect, it } from 'vitest';
import fixture from '../../../tests/fixtures/pens.json';
import { LiveSocket, liveUrl, type LiveAnswer } from '../src/api/live';
import type { LiveReading } from '../src/api/types';
import { inkOf } from '../src/draw/geometry';
import type { Stroke } from '../src/draw/strokes';
import { changesBetween, drawn } from '../src/draw/wire';
import { wordsOf } from '../src/music/understood';

const stroke = (id: number, times = [0, 10]): Stroke => ({
  id, pen: 'line', points: times.map((time, index) => ({ x: index / 3, y: 0.123456789, pressure: 0.5, time })),
});

describe('strokes on their way to the box', () => {
  it('are short numbers whose time never falls', () => {
    expect(drawn(stroke(4, [5.04, 2, 7])).points).toEqual([[0, 0.12346, 5, 0.5], [0.33333, 0.12346, 5, 0.5], [0.66667, 0.12346, 7, 0.5]]);
  });
  it('are thinned evenly where the hand was endless', () => {
    const { points } = drawn(stroke(1, Array.from({ length: 9000 }, (_, index) => index)));
    expect(points).toHaveLength(4096);
    expect(points.at(-1)![2]).toBe(8999);
  });
  it('make of the page that the box holds the one that is shown', () => {
    const changes = changesBetween(new Set([1, 2, 3]), [stroke(2), stroke(5)]);
    expect(changes.map((change) => (change.type === 'erase' ? change.strokes : change.stroke.id))).toEqual([[1, 3], 5]);
    expect(changesBetween(new Set([2]), [stroke(2)])).toEqual([]);
  });
});

describe('pens', () => {
  it.each(fixture.cases)('make the same marks as in the box: $name', ({ stroke: { pen, points }, segments, dots }) => {
    const touches = points.map(([x, y, , pressure]) => ({ x: x!, y: y!, pressure: pressure! }));
    const ink = inkOf({ pen: pen as Stroke['pen'], points: touches }, fixture.page[0]!, fixture.page[1]!);
    const flat = [...ink.segments.map((s) => [s.x1, s.y1, s.x2, s.y2, s.width]), ...ink.dots.map((d) => [d.x, d.y, d.radius])].flat();
    const wanted: number[] = [...segments, ...dots].flat();
    expect(flat).toHaveLength(wanted.length);
    flat.forEach((value, index) => expect(value).toBeCloseTo(wanted[index]!, 2));
  });
});

class FakeSocket {
  sent: any[] = [];
  onopen?: () => void;
  onmessage?: (message: { data: string }) => void;
  onclose?: () => void;
  send(text: string) { this.sent.push(JSON.parse(text)); }
  close() { this.onclose?.(); }
  say(answer: object) { this.onmessage?.({ data: JSON.stringify(answer) }); }
}

describe('the live socket', () => {
  function open() {
    const sockets: FakeSocket[] = [];
    const answers: LiveAnswer[] = [];
    const states: string[] = [];
    const waiting: (() => void)[] = [];
    const live = new LiveSocket('http://box:8080', {
      wish: () => ({ mode: 'auto', quantise: 'step', canvas: { width: 1280, height: 1024 } }),
      onAnswer: (answer) => answers.push(answer),
      onConnection: (state) => states.push(state),
      open: (url) => {
        expect(url).toBe('ws://box:8080/api/v1/live');
        return sockets[sockets.push(new FakeSocket()) - 1] as unknown as WebSocket;
      },
      later: (callback) => void waiting.push(callback),
    });
    live.start();
    sockets[0]!.onopen!();
    return { live, sockets, answers, states, waiting };
  }

  it('sends nothing before the box has opened the drawing', () => {
    const { live, sockets } = open();
    expect(live.send({ type: 'stop' })).toBeNull();
    sockets[0]!.say({ type: 'opened', drawing: 'd', resumed: false, strokes: [], play_id: null });
    expect(live.send({ type: 'stop' })).toBe(1);
    expect(sockets[0]!.sent.map((message) => message.type)).toEqual(['open', 'stop']);
  });

  it('comes back to the drawing it had', () => {
    const { sockets, states, waiting } = open();
    sockets[0]!.say({ type: 'opened', drawing: 'd', resumed: false, strokes: [], play_id: null });
    sockets[0]!.onclose!();
    waiting[0]!();
    sockets[1]!.onopen!();
    expect(sockets[1]!.sent[0]).toMatchObject({ type: 'open', resume: 'd', quantise: 'step' });
    expect(states).toEqual(['connecting', 'online', 'offline', 'connecting']);
  });

  it('stays away once the drawing is closed', () => {
    const { live, sockets, answers, waiting } = open();
    sockets[0]!.say({ type: 'opened', drawing: 'd', resumed: false, strokes: [], play_id: null });
    live.close();
    sockets[0]!.say({ type: 'closed', session_id: 's' });
    sockets[0]!.onclose!();
    expect(waiting).toEqual([]);
    expect(answers.at(-1)).toEqual({ type: 'closed', session_id: 's' });
  });
});

it('knows its address', () => expect(liveUrl('https://box')).toBe('wss://box/api/v1/live'));

it('says what was understood, the most frequent first', () => {
  const shape = (name: string) => ({ class: name, confidence: 1, box: [0, 0, 1, 1], polygon: [] });
  const reading = { shapes: [shape('wave'), shape('circle'), shape('circle')], arrows: [{ from: 0, to: 1 }, { from: -1, to: 1 }], grid: null };
  expect(wordsOf(reading as unknown as LiveReading)).toBe('2 circles, wave, 1 cable');
});

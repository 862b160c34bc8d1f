// The live socket of the stand-in: takes strokes by the daemon's protocol, and "reads" each as a line where it lies.
import { randomUUID } from 'node:crypto';
import { exampleSession } from './example_session.mjs';

const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==', 'base64');

export class LiveDrawing {
  id = randomUUID();
  strokes = new Map();
  title = 'Drawn live';
  playId = null;

  constructor(box) {
    this.box = box;
  }

  // What the box answers to one message.
  answers(message) {
    const seq = message.seq ?? null;
    switch (message.type) {
      case 'stroke':
        this.strokes.set(message.stroke.id, message.stroke);
        return this.#understood(seq);
      case 'erase':
        for (const id of message.strokes) this.strokes.delete(id);
        return this.#understood(seq);
      case 'play':
        this.playId = this.box.startPlay({ devices: message.devices ?? ['max'], loops: 0 }, this.#store().id);
        return [{ type: 'playing', seq, play_id: this.playId, session_id: 'first' }];
      case 'keep':
        return [{ type: 'kept', seq, session: { id: this.#store().id, title: this.title } }];
      case 'close':
        return [{ type: 'closed', seq, session_id: this.strokes.size > 0 ? this.#store().id : null }];
      default:
        return [];
    }
  }

  opened(resumed) {
    return { type: 'opened', drawing: this.id, resumed, strokes: [...this.strokes.keys()], quantise: 'step', play_id: this.playId, limits: {} };
  }

  #understood(seq) {
    const shapes = [...this.strokes.values()].map(({ points }) => {
      const xs = points.map((point) => point[0]);
      const ys = points.map((point) => point[1]);
      const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)];
      return { class: points.length > 8 ? 'wave' : 'line', confidence: 0.9, box, polygon: [], stroke: points.map(([x, y]) => [x, y]) };
    });
    const nothing = shapes.length === 0;
    const reading = { kind: nothing ? 'nothing' : 'drawing', confidence: 1, advice: nothing ? 'The page is empty.' : '', notes: [], shapes, arrows: [], curves: [], grid: null };
    const answers = [{ type: 'reading', seq, strokes: shapes.length, reading, read_ms: 8 }];
    if (!nothing) answers.push({ type: 'session', seq, document: exampleSession(this.title), report: { verdicts: [] }, swapped: this.playId !== null });
    return answers;
  }

  #store() {
    return this.box.addSession(exampleSession(this.title), this.box.addImage(pixel, 'image/png'));
  }
}

// Client messages out of a stream of bytes: RFC 6455, masked, unfragmented, as Chromium sends short ones.
export function* messagesIn(state, bytes) {
  state.rest = Buffer.concat([state.rest ?? Buffer.alloc(0), bytes]);
  for (;;) {
    const { rest } = state;
    if (rest.length < 2) return;
    const short = rest[1] & 127;
    const head = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (rest.length < head + 4) return;
    const length = short === 127 ? Number(rest.readBigUInt64BE(2)) : short === 126 ? rest.readUInt16BE(2) : short;
    if (rest.length < head + 4 + length) return;
    const mask = rest.subarray(head, head + 4);
    const payload = Buffer.from(rest.subarray(head + 4, head + 4 + length).map((byte, index) => byte ^ mask[index % 4]));
    state.rest = rest.subarray(head + 4 + length);
    yield { opcode: rest[0] & 15, text: payload.toString() };
  }
}

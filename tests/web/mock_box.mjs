// A small stand-in for the daemon, for the browser test: it speaks the shapes of the API and keeps all in memory.
import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { MockAccess } from './mock_access.mjs';
import { MockDevices } from './mock_devices.mjs';
import { exampleSession } from './example_session.mjs';
import { LiveDrawing, messagesIn } from './mock_live.mjs';

const policy = "default-src 'self'; img-src 'self' blob: data:; connect-src 'self' ws: wss:; style-src 'self'; worker-src 'self' blob:";
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.webmanifest': 'application/manifest+json' };

export class MockBox {
  sessions = [];
  images = new Map();
  jobs = new Map();
  plays = new Map();
  calls = []; // 'POST /api/v1/jobs', in order
  interpreters = [
    { id: 'builtin', kind: 'builtin', default: true, reachable: true, on_this_machine: true, today: { interpretations: 3, cost: 0 } },
    { id: 'claude', kind: 'anthropic', model: 'claude-sonnet-5-5', reachable: false, daily_budget: 2, key_from: 'settings', last_error: { message: 'the key was refused' }, today: { interpretations: 4, cost: 0.12 } },
  ];
  settings = {
    items: [
      { key: 'log.level', value: 'info', default: 'info', summary: 'The least important lines that are written.', choices: ['debug', 'info', 'warning', 'error'], changeable: true },
      { key: 'jobs.workers', value: 3, default: 2, summary: 'Jobs that run at once.', minimum: 1, maximum: 16, changeable: false },
    ],
    devices: [{ id: 'max', driver: 'osc', profile: 'max', enabled: true, latency_ms: 0, keys: { port: 9000 } }],
    interpreters: [{ id: 'claude', key_from: 'environment variable ANTHROPIC_API_KEY' }],
  };
  status = { version: '0.1.0', uptime_ms: 4_000_000, storage: { data_dir: '/var/lib/doodled', sessions: 12, picture_bytes: 5_600_000, all_bytes: 9_100_000, damaged_files: ['bindings.json.damaged-20261126-021500'], free_bytes: 4e10 }, jobs: { queued: 0, running: 0 } };
  transport = {
    tempo_bpm: 92, playing: false, sync: 'internal', sync_state: { source: 'internal', state: 'leading', tempo_bpm: null, jitter_ms: 0, peers: 0 },
    sync_sources: [{ id: 'internal', available: true, detail: '' }, { id: 'midi:keys', available: true, detail: '' }, { id: 'link', available: false, detail: 'this box was built without Ableton Link' }],
  };
  access = Object.assign(new MockAccess(), { changed: () => this.emit('access', 'access.changed', {}) });
  behind = new MockDevices();
  devices = [
    { id: 'max', driver: 'osc', profile: 'max', enabled: true, state: 'ready', detail: 'udp 127.0.0.1:9000' },
    { id: 'mpc', driver: 'midi', profile: 'mpc', enabled: false, state: 'missing', detail: 'No MIDI port is named MPC' },
  ];
  refuseNextJob = false;
  loseNextJob = false; // the connection breaks in the middle of the upload
  keys = []; // Idempotency-Key of each upload
  searches = []; // what the history was asked for
  wishes = []; // what variations were asked for
  jobFields = []; // the text fields of each job
  drawings = new Map();
  #sockets = new Set();
  #liveSockets = new Set();
  #seq = 0;
  #timers = new Set();

  constructor(dist) {
    this.dist = dist;
    this.server = createServer((request, response) => this.#answer(request, response).catch((error) => this.#json(response, 500, { title: String(error) })));
    this.server.on('upgrade', (request, socket) => this.#upgrade(request, socket));
  }

  async listen(port = 0) {
    await new Promise((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${this.server.address().port}`;
  }

  async close() {
    for (const timer of this.#timers) clearInterval(timer);
    this.dropConnections();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  addSession(document, image, extra = {}) {
    const session = {
      id: randomUUID(), created_at: new Date().toISOString(), title: document.title, tags: [], starred: false, mode: document.mode,
      image_id: image ?? null, job_id: null, parent_id: null, interpreter: 'builtin', seed: document.seed, hash: '', previous_hash: '',
      report: { verdicts: [{ rule: 'notes_in_key', status: 'repaired', pointer: '/tracks/0/patterns/0/notes/3/pitch', old: 66, new: 67, message: 'A note was moved into the key' }] },
      document, ...extra,
    };
    this.sessions.unshift(session);
    return session;
  }

  addImage(bytes, type) {
    const id = createHash('sha256').update(bytes).digest('hex');
    this.images.set(id, { bytes, type });
    return id;
  }

  emit(topic, type, data) {
    const text = JSON.stringify({ seq: ++this.#seq, at: new Date().toISOString(), topic, type, data });
    for (const socket of this.#sockets) socket.write(frame(text));
  }

  dropConnections() {
    for (const socket of [...this.#sockets, ...this.#liveSockets]) socket.destroy();
  }

  async #answer(request, response) {
    const { pathname, searchParams } = new URL(request.url, 'http://box');
    if (!pathname.startsWith('/api/')) return this.#file(pathname, response);
    this.calls.push(`${request.method} ${pathname}`);
    if (request.method === 'POST' && pathname.endsWith('/jobs')) {
      this.keys.push(request.headers['idempotency-key']);
      if (this.loseNextJob) {
        this.loseNextJob = false;
        return void request.socket.destroy();
      }
    }
    const body = await read(request);
    const path = pathname.replace('/api/v1', '').split('/').slice(1);
    const route = `${request.method} ${path[0]}`;
    const json = () => (body.length > 0 ? JSON.parse(body) : {});
    const told = () => (/json/.test(request.headers['content-type'] ?? '') ? json() : {});
    const other = this.access.answer(request, path, told()) ?? this.behind.answer(request.method, path, told());
    if (other) return this.#json(response, ...other);
    switch (route) {
      case 'POST jobs': return this.#createJob(request, body, response);
      case 'GET jobs': return path[1] ? this.#json(response, 200, this.jobs.get(path[1])) : this.#json(response, 200, { items: [...this.jobs.values()] });
      case 'GET images': return this.#image(path[1], response);
      case 'GET sessions': return path[1] ? this.#session(path, response) : this.#json(response, 200, this.#search(searchParams));
      case 'POST sessions': return this.#postSession(path, json(), searchParams, response);
      case 'PATCH sessions': return this.#json(response, 200, Object.assign(this.sessions.find((s) => s.id === path[1]), json()));
      case 'DELETE sessions': this.sessions = this.sessions.filter((s) => s.id !== path[1]); return this.#json(response, 204);
      case 'GET plays': return this.#json(response, 200, { items: [...this.plays.values()] });
      case 'DELETE plays': this.#stop(path[1]); return this.#json(response, 204);
      case 'GET devices': return this.#json(response, 200, { items: this.devices });
      case 'PATCH devices': return this.#json(response, 200, Object.assign(this.devices.find((d) => d.id === path[1]), json()));
      case 'POST devices': return this.#json(response, 204);
      case 'GET settings': return this.#json(response, 200, this.settings);
      case 'PATCH settings': this.settings.items[0].value = json()['log.level']; return this.#json(response, 200, this.settings);
      case 'GET status': return this.#json(response, 200, this.status);
      case 'GET readyz': return this.#json(response, 200, { status: 'ready', checks: { store: 'ok', reader: 'ok' } });
      case 'GET backups': return this.#json(response, 200, { items: [{ name: 'doodled-20261126-025000.zip', size: 1834022, url: '/api/v1/backups/doodled-20261126-025000.zip' }], state: { backing_up: false, backup_error: null, backup_failures: 0, chain: 'fits', chain_fault: null, clock_doubted: true } });
      case 'GET log': return this.#json(response, 200, { items: ['2026-11-26T02:00:00.000 info http: GET / status=200'] });
      case 'GET transport': return this.#json(response, 200, this.transport);
      case 'PATCH transport': Object.assign(this.transport, json()); this.emit('transport', 'transport.changed', this.transport); return this.#json(response, 200, this.transport);
      case 'PUT interpreters': Object.assign(this.interpreters.find(({ id }) => id === path[1]), { key_from: 'api', given: json().key }); return this.#json(response, 204);
      case 'DELETE interpreters': Object.assign(this.interpreters.find(({ id }) => id === path[1]), { key_from: 'settings' }); return this.#json(response, 204);
      case 'GET interpreters': return this.#json(response, 200, { items: this.interpreters, today: { cost: 0.12 } });
      default: return this.#problem(response, 404, 'Not found', `There is no ${pathname}`);
    }
  }

  async #file(pathname, response) {
    const name = pathname === '/' ? '/index.html' : normalize(pathname);
    try {
      const bytes = await readFile(join(this.dist, name));
      response.writeHead(200, { 'Content-Type': types[extname(name)] ?? 'application/octet-stream', 'Content-Security-Policy': policy });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  }

  #image(id, response) {
    const image = this.images.get(id);
    if (!image) return this.#problem(response, 404, 'Not found', 'There is no such image');
    response.writeHead(200, { 'Content-Type': image.type });
    response.end(image.bytes);
  }

  #session([, id, what], response) {
    const session = this.sessions.find((candidate) => candidate.id === id);
    if (!session) return this.#problem(response, 404, 'Not found', 'There is no such session');
    if (what === 'family') return this.#json(response, 200, { root: id, items: this.#family(session) });
    if (what === 'diff') return this.#json(response, 200, { same: false, summary: ['Lead, pattern a: 1 note changes.'] });
    this.#json(response, 200, what === 'export' ? session.document : session);
  }

  #family(session) {
    const rootOf = (one) => this.sessions.filter((parent) => parent.id === one.parent_id).map(rootOf)[0] ?? one.id;
    return this.sessions.filter((other) => rootOf(other) === rootOf(session)).reverse();
  }

  #postSession([, id, what], body, params, response) {
    if (what === 'play') return this.#play(id, body, response);
    if (what === 'variations') return this.#vary(id, body, response);
    this.#json(response, 201, this.addSession(body, null, { parent_id: params.get('parent_id') }));
  }

  // Candidate n has its first note n semitones higher.
  #vary(id, { seed, count, store, ...wish }, response) {
    this.wishes.push(wish);
    const parent = this.sessions.find((session) => session.id === id);
    const items = Array.from({ length: count }, (_, at) => {
      const document = structuredClone(parent.document);
      document.tracks[0].patterns[0].notes[0].pitch += 1 + ((seed + at) % 3);
      const changes = ['Lead, pattern a: 1 note changes.'];
      return store ? { ...this.addSession(document, parent.image_id, { parent_id: id }), changes } : { seed: seed + at, document, report: {}, changes };
    });
    this.#json(response, store ? 201 : 200, { parent_id: id, items });
  }

  #search(params) {
    this.searches.push(Object.fromEntries(params));
    const words = (params.get('q') ?? '').toLowerCase();
    const wanted = ['mode', 'image_id'].filter((name) => params.has(name));
    const found = this.sessions.filter((session) =>
      session.title.toLowerCase().includes(words) && wanted.every((name) => session[name] === params.get(name)) &&
      (!params.has('starred') || session.starred));
    const from = Number(params.get('cursor') ?? 0);
    const to = from + Number(params.get('limit') ?? 50);
    const items = found.slice(from, to).map(({ document: _, report: __, ...summary }) => summary);
    return { items, next_cursor: to < found.length ? String(to) : null };
  }

  #createJob(request, body, response) {
    const boundary = /boundary=(.+)$/.exec(request.headers['content-type'] ?? '')?.[1];
    const image = boundary ? imagePart(body, boundary) : null;
    if (!image || this.refuseNextJob) {
      this.refuseNextJob = false;
      return this.#problem(response, 400, 'Bad request', 'This is not a picture', [{ pointer: '/image', message: 'the bytes are no picture that can be decoded' }]);
    }
    this.jobFields.push(textParts(body, boundary));
    const id = randomUUID();
    const job = {
      id, state: 'queued', stage: 'decode', progress: 0, mode: 'doodle', image_id: this.addImage(image.bytes, image.type), prompt: null,
      interpreter: 'builtin', attempts: 0, session_ids: [], play_ids: [], error: null, created_at: new Date().toISOString(), finished_at: null,
    };
    this.jobs.set(id, job);
    this.#json(response, 202, job, { Location: `/api/v1/jobs/${id}` });
    this.#work(job, [['reading', 0.1], ['composing', 0.8]]);
  }

  #work(job, stages) {
    const timer = setInterval(() => {
      const stage = stages.shift();
      if (stage) Object.assign(job, { state: 'running', stage: stage[0], progress: stage[1] });
      else {
        clearInterval(timer);
        const session = this.addSession(exampleSession('Seen just now'), job.image_id);
        Object.assign(job, { state: 'done', progress: 1, session_ids: [session.id], finished_at: new Date().toISOString() });
        this.emit('sessions', 'session.created', { id: session.id });
      }
      this.emit('jobs', 'job.changed', job);
    }, 250);
    this.#timers.add(timer);
  }

  #play(id, request, response) {
    if (!this.sessions.some((session) => session.id === id)) return this.#problem(response, 404, 'Not found', 'There is no such session');
    this.#json(response, 202, this.plays.get(this.startPlay(request, id)));
  }

  startPlay(request, session) {
    const play = { id: randomUUID(), session_id: session, state: 'playing', devices: request.devices ?? [], loops: request.loops, loop: 0, tick: 0, length: 30720, error: null };
    this.plays.set(play.id, play);
    this.emit('plays', 'play.changed', play);
    return play.id;
  }

  stopAll() {
    for (const id of this.plays.keys()) this.#stop(id);
  }

  #stop(id) {
    const play = this.plays.get(id);
    if (!play) return;
    play.state = 'stopped';
    this.emit('plays', 'play.changed', play);
  }

  #json(response, status, value, headers = {}) {
    response.writeHead(status, { 'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json', ...headers });
    response.end(value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));
  }

  #problem(response, status, title, detail, errors = []) {
    response.writeHead(status, { 'Content-Type': 'application/problem+json' });
    response.end(JSON.stringify({ title, status, detail, errors }));
  }

  #upgrade(request, socket) {
    if (this.access.clientOf(request).kind === 'stranger') return void socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    const live = request.url.startsWith('/api/v1/live');
    const sockets = live ? this.#liveSockets : this.#sockets;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => sockets.delete(socket));
    const state = {};
    socket.on('data', (bytes) => {
      for (const message of messagesIn(state, bytes)) if (live && message.opcode === 1) this.#draw(socket, state, JSON.parse(message.text));
    });
  }

  #draw(socket, state, message) {
    const say = (answer) => socket.write(frame(JSON.stringify(answer)));
    if (message.type === 'open') {
      state.drawing = this.drawings.get(message.resume) ?? new LiveDrawing(this);
      const resumed = this.drawings.has(state.drawing.id);
      this.drawings.set(state.drawing.id, state.drawing);
      return say(state.drawing.opened(resumed));
    }
    state.drawing.answers(message).forEach(say);
    if (message.type !== 'close') return;
    this.drawings.delete(state.drawing.id);
    socket.end(Buffer.from([0x88, 0x02, 0x03, 0xe8]));
  }
}

async function read(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

// One text message, unmasked, as a server sends it.
function frame(text) {
  const payload = Buffer.from(text);
  if (payload.length > 0xffff) throw new Error('the stand-in sends short messages only');
  const head = payload.length < 126 ? Buffer.from([0x81, payload.length]) : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255]);
  return Buffer.concat([head, payload]);
}

function imagePart(body, boundary) {
  const start = body.indexOf('name="image"');
  if (start < 0) return null;
  const head = body.indexOf('\r\n\r\n', start);
  const end = body.indexOf(`\r\n--${boundary}`, head);
  const type = /Content-Type: ([^\r\n]+)/i.exec(body.subarray(start, head).toString('latin1'))?.[1] ?? 'application/octet-stream';
  return { bytes: body.subarray(head + 4, end), type };
}

// The fields of a form that are no file, by name.
function textParts(body, boundary) {
  const fields = {};
  for (const part of body.toString('latin1').split(`--${boundary}`)) {
    const found = /name="([^"]+)"\r\n\r\n([\s\S]*?)\r\n$/.exec(part);
    if (found) fields[found[1]] = found[2];
  }
  return fields;
}

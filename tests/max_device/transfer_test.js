"use strict";
const test = require("node:test");
const assert = require("node:assert");
const {World} = require("./fakes/live.js");
const {Max, OUT} = require("./fakes/max.js");
const {crc32, crc_of_words, messages_of, session} = require("./fakes/box.js");

function started() {
  const world = new World();
  const [, id] = world.make_track("Synth");
  world.this_device = world.add_device(world.objects.get(id), {name: "doodled", class_name: "MxDeviceMidiEffect", type: 4});
  const max = new Max(world);
  max.start();
  return max;
}

function connected() {
  const max = started();
  max.advance(1000);
  const [hello] = max.take(OUT.LINK);
  max.send("/doodled/max/welcome", 1, 15, hello[3], 77, 1000);
  return max;
}

const large = session({tracks: [{name: "Lead", role: "lead", notes: Array.from({length: 8000}, (_, i) => i % 127)}]});

test("the checksum is zlib's", () => {
  const max = started();
  assert.strictEqual(max.context.Crc32.of_bytes([...Buffer.from("123456789")]), 0xcbf43926 | 0);
  assert.strictEqual(max.context.Crc32.of_words([-1, 5]), crc_of_words([-1, 5]));
  assert.strictEqual(crc32(Buffer.from("123456789")), 0xcbf43926 | 0);
});

test("nothing touches Live before live.thisdevice says that it is there", () => {
  const max = new Max(new World());
  max.send("/doodled/param/cutoff", 0, 0, 0.5);
  assert.deepStrictEqual(max.sent, []);
});

test("it says hello every second with version, features, its number and its port until it is welcomed", () => {
  const max = started();
  max.advance(2000);
  const hellos = max.take(OUT.LINK);
  assert.strictEqual(hellos.length, 2);
  assert.deepStrictEqual(hellos[0].slice(0, 3), ["/doodled/max/hello", 1, 15]);
  assert.strictEqual(hellos[0][4], 9000);
  assert.deepStrictEqual(hellos[0], hellos[1]);
});

test("a welcome for another device is not ours", () => {
  const max = started();
  max.send("/doodled/max/welcome", 1, 15, 1, 77, 1000);
  max.advance(1000);
  assert.strictEqual(max.take(OUT.LINK)[0][0], "/doodled/max/hello");
});

test("a box of another version is told to the player and not used", () => {
  const max = started();
  max.advance(1000);
  max.send("/doodled/max/welcome", 2, 15, max.take(OUT.LINK)[0][3], 77, 1000);
  max.advance(1000);
  assert.strictEqual(max.take(OUT.LINK)[0][0], "/doodled/max/hello");
  assert.match(max.take(OUT.FACE).at(-1)[1], /update/);
});

test("once welcomed it is alive every second, and says hello again after silence", () => {
  const max = connected();
  max.advance(1000);
  assert.deepStrictEqual(max.take(OUT.LINK).map((m) => m[0]), ["/doodled/max/alive"]);
  max.advance(4000);
  assert.strictEqual(max.take(OUT.LINK).at(-1)[0], "/doodled/max/hello");
});

test("a box that keeps talking stays", () => {
  const max = connected();
  for (let i = 0; i < 20; i++) {
    max.advance(1000);
    const [, , revision, crc] = max.take(OUT.LINK)[0];
    max.send("/doodled/max/alive", 77, revision, crc);
  }
  max.advance(1000);
  assert.strictEqual(max.take(OUT.LINK)[0][0], "/doodled/max/alive");
});

test("a document arrives in order and is acknowledged part by part", () => {
  const max = connected();
  const {begin, parts} = messages_of(large);
  max.send(...begin);
  assert.deepStrictEqual(max.take(OUT.LINK), [["/doodled/max/ack", 1, 0, 0]]);
  for (const part of parts.slice(0, -1)) max.send(...part);
  assert.deepStrictEqual(max.take(OUT.LINK).at(-1), ["/doodled/max/ack", 1, parts.length - 1, 0]);
  max.send(...parts.at(-1));
  assert.deepStrictEqual(max.take(OUT.LINK), [["/doodled/max/done", 1, 0]]);
  assert.strictEqual(max.context.device.player.document.title, "River");
});

test("parts in any order, twice and with gaps give the same document; the gaps are told", () => {
  const max = connected();
  const {begin, parts} = messages_of(large);
  max.send(...parts[0]);  // before its beginning: unknown
  assert.deepStrictEqual(max.take(OUT.LINK), []);
  max.send(...begin);
  max.send(...begin);
  max.send(...parts[3]);
  max.send(...parts[1]);
  max.send(...parts[1]);
  assert.deepStrictEqual(max.take(OUT.LINK).at(-1), ["/doodled/max/ack", 1, 0, 0b101]);
  for (const part of [...parts].reverse()) max.send(...part);
  assert.deepStrictEqual(max.take(OUT.LINK).at(-1), ["/doodled/max/done", 1, 0]);
  max.send(...parts[2]);
  assert.deepStrictEqual(max.take(OUT.LINK), [["/doodled/max/done", 1, 0]]);
});

test("a part that was changed on the way is not used", () => {
  const max = connected();
  const {begin, parts} = messages_of(session());
  max.send(...begin);
  const broken = [...parts[0]];
  broken[5] ^= 1;
  max.send(...broken);
  assert.deepStrictEqual(max.take(OUT.LINK), [["/doodled/max/ack", 1, 0, 0]]);
});

test("a document whose own checksum is wrong, that is no JSON or not ours is refused and the old one kept", () => {
  const max = connected();
  const send = (message) => { max.send(...message.begin); for (const part of message.parts) max.send(...part); };
  send(messages_of(session(), {transfer: 1}));
  const wrong = messages_of(session({title: "Other"}), {transfer: 2});
  wrong.begin[6] ^= 1;
  send(wrong);
  send(messages_of("{]", {transfer: 3}));
  send(messages_of(session({version: 2, title: "Other"}), {transfer: 4}));
  const done = max.take(OUT.LINK).filter((m) => m[0] === "/doodled/max/done");
  assert.deepStrictEqual(done, [["/doodled/max/done", 1, 0], ["/doodled/max/done", 2, 1], ["/doodled/max/done", 3, 2],
                                ["/doodled/max/done", 4, 2]]);
  assert.strictEqual(max.context.device.player.document.title, "River");
});

test("a document that is too large is refused before a part of it is kept", () => {
  const max = connected();
  max.send("/doodled/max/begin", 1, 1, 1, 50000000, 48829, 0);
  max.send("/doodled/max/begin", 2, 1, 1, 100, 1000000, 0);
  assert.deepStrictEqual(max.take(OUT.LINK), [["/doodled/max/done", 1, 3], ["/doodled/max/done", 2, 3]]);
});

test("a newer document ends an older one that was under way; late parts of the older do nothing", () => {
  const max = connected();
  const old = messages_of(large, {transfer: 5}), next = messages_of(session({title: "New"}), {transfer: 6, revision: 2});
  max.send(...old.begin);
  max.send(...old.parts[0]);
  max.send(...next.begin);
  max.send(...old.begin);
  max.send(...old.parts[1]);
  for (const part of next.parts) max.send(...part);
  assert.deepStrictEqual(max.take(OUT.LINK).at(-1), ["/doodled/max/done", 6, 0]);
  assert.strictEqual(max.context.device.player.document.title, "New");
});

test("what is said of the state is kept with sixteen bits, and its checksum is over sorted words", () => {
  const max = connected();
  max.send("/doodled/transport", 1, 0, 92.5);
  max.send("/doodled/param/macro_1", 0, 1, 1);
  max.send("/doodled/param/cutoff", 0, 0, 0.25);
  max.advance(1000);
  const alive = max.take(OUT.LINK).at(-1);
  assert.strictEqual(alive[3], crc_of_words([1, 92500, 0, 0, 0, 16384, 1, 17, 65535]));
});

test("one difference is forgiven, the second asks for the state; a snapshot in pieces replaces everything", () => {
  const max = connected();
  const words = [1, 92000, 3, 0, 0, 65535, 0, 1, 100];
  max.send("/doodled/param/attack", 0, 0, 0.5);
  max.take(OUT.LINK);
  max.send("/doodled/max/alive", 77, 0, crc_of_words(words));
  assert.deepStrictEqual(max.take(OUT.LINK), []);
  max.send("/doodled/max/alive", 77, 0, crc_of_words(words));
  assert.strictEqual(max.take(OUT.LINK)[0][2], 1);
  max.send("/doodled/max/state", 77, 9, 1, 2, ...words.slice(6));
  max.send("/doodled/max/state", 77, 9, 1, 2, ...words.slice(6));
  max.send("/doodled/max/state", 76, 9, 0, 2, 5, 5, 5);
  max.send("/doodled/max/state", 77, 9, 0, 2, ...words.slice(0, 6));
  assert.strictEqual(max.context.device.link.state.crc(), crc_of_words(words));
});

test("a session of another revision than the box's is asked for", () => {
  const max = connected();
  max.take(OUT.LINK);
  max.send("/doodled/max/alive", 77, 4, max.context.device.link.state.crc());
  assert.strictEqual(max.take(OUT.LINK)[0][2], 2);
});

test("a box that was started again is a new one: hello, then its transfers count from the beginning", () => {
  const max = connected();
  const first = messages_of(session());
  max.send(...first.begin);
  for (const part of first.parts) max.send(...part);
  max.send("/doodled/max/alive", 78, 0, 0);
  max.take(OUT.LINK);
  max.advance(1000);
  const hello = max.take(OUT.LINK)[0];
  assert.strictEqual(hello[0], "/doodled/max/hello");
  max.send("/doodled/max/welcome", 1, 15, hello[3], 78, 1000);
  const again = messages_of(session({title: "After"}), {transfer: 1});
  max.send(...again.begin);
  for (const part of again.parts) max.send(...part);
  assert.strictEqual(max.context.device.player.document.title, "After");
});

test("a box that says good-bye has gone at once", () => {
  const max = connected();
  max.send("/doodled/max/bye", 77);
  max.take(OUT.LINK);
  max.advance(1000);
  assert.strictEqual(max.take(OUT.LINK)[0][0], "/doodled/max/hello");
});

test("a macro turned on the device is told to a connected box, and once more a second later", () => {
  const max = connected();
  max.take(OUT.LINK);
  max.send("macro", 3, 1);
  const [told] = max.take(OUT.LINK);
  assert.deepStrictEqual([told[0], told[2], told[3]], ["/doodled/max/macro", 3, 65535]);
  max.advance(1000);
  assert.deepStrictEqual(max.take(OUT.LINK)[0], told);
  max.advance(1000);
  assert.strictEqual(max.take(OUT.LINK)[0][0], "/doodled/max/alive");
  max.send("panic");
  assert.strictEqual(max.take(OUT.LINK)[0][0], "/doodled/max/panic");
  assert.deepStrictEqual(max.take(OUT.HANDS), []);
});

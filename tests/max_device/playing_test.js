"use strict";
const test = require("node:test");
const assert = require("node:assert");
const {studio, give, play_live, OUT} = require("./fakes/studio.js");
const {session} = require("./fakes/box.js");

const only = (messages, word) => messages.filter((m) => m[0] === word);

test("notes of the box sound as they come, their ticks as milliseconds of its tempo", () => {
  const {max} = studio();
  max.send("/doodled/transport", 1, 0, 60);
  max.send("/doodled/note", 0, 0, 64, 100, 960);
  max.send("/doodled/note", 480, 0, 64, 0, 0);
  assert.deepStrictEqual(max.take(OUT.NOTES), [["note", 64, 100, 1000], ["cut", 64, 0]]);
});

test("a device set to one part plays that part only", () => {
  const {max} = studio();
  max.send("part", 2);
  max.take(OUT.NOTES);
  max.send("/doodled/note", 0, 0, 64, 100, 960);
  max.send("/doodled/note", 0, 1, 36, 100, 960);
  assert.deepStrictEqual(max.take(OUT.NOTES).map((m) => m[1]), [36]);
});

test("a stop of the box, and one that only the state tells, silence what sounds", () => {
  const {max} = studio();
  max.send("/doodled/transport", 0, 0, 60);
  assert.deepStrictEqual(max.take(OUT.NOTES), [["silence"]]);
});

test("a session fills the score: Max's ticks, pitch, velocity and duration of each note", () => {
  const {max} = studio();
  max.context.Math.random = () => 0.9;
  give(max, session());
  const player = max.take(OUT.PLAYER);
  assert.deepStrictEqual(only(player, "coll"), [["coll", 0, 64, 100, 240, 36, 110, 60], ["coll", 480, 67, 90, 480],
                                                ["coll", 1920, 71, 80, 2000]]);
  assert.deepStrictEqual(only(player, "length"), [["length", 3840]]);
});

test("only what differs is written when the session changes while it plays", () => {
  const {max} = studio();
  max.context.Math.random = () => 0.9;
  give(max, session());
  max.take(OUT.PLAYER);
  const changed = session();
  changed.tracks[0].notes.splice(4, 4, 1440, 65, 90, 960);
  give(max, changed, {transfer: 2, revision: 2});
  assert.deepStrictEqual(only(max.take(OUT.PLAYER), "coll"), [["coll", "remove", 480], ["coll", 720, 65, 90, 480]]);
});

test("it begins at Live's next bar line once both play, and ends when either stops", () => {
  const {max, world} = studio();
  give(max, session());
  max.send("/doodled/transport", 1, 0, 92);
  max.take(OUT.PLAYER);
  world.song.properties.current_song_time = 5.5;
  play_live(max, 1);
  assert.deepStrictEqual(max.take(OUT.PLAYER), [["origin", 8 * 480], ["last", -100000], ["run", 1]]);
  max.send("/doodled/transport", 0, 0, 92);
  max.advance(100);
  assert.deepStrictEqual(max.take(OUT.PLAYER), [["run", 0], ["stop"]]);
});

test("set to Live's clock it is armed before Live plays, so that the first beat sounds", () => {
  const {max} = studio();
  give(max, session());
  max.send("clock", 2);
  max.send("/doodled/transport", 1, 0, 92);
  max.take(OUT.PLAYER);
  max.advance(100);
  assert.deepStrictEqual(max.take(OUT.PLAYER), [["origin", 0], ["last", -100000], ["run", 1]]);
});

test("sent back to far before its beginning it begins again at the next bar line; Live stopped, it is silent", () => {
  const {max, world} = studio();
  give(max, session());
  max.send("/doodled/transport", 1, 0, 120);
  world.song.properties.current_song_time = 21;
  play_live(max, 1);
  max.take(OUT.PLAYER);
  world.song.properties.current_song_time = 2.5;
  play_live(max, 0.5);
  assert.deepStrictEqual(max.take(OUT.PLAYER), [["origin", 4 * 480], ["last", -100000]]);
  max.take(OUT.NOTES);
  world.song.write("is_playing", 0);
  max.advance(100);
  assert.deepStrictEqual(max.take(OUT.NOTES), [["silence"]]);
});

test("in Live's time the notes of the box are not played a second time", () => {
  const {max} = studio();
  give(max, session());
  max.send("/doodled/transport", 1, 0, 92);
  play_live(max, 1);
  max.take(OUT.NOTES);
  max.send("/doodled/note", 0, 0, 64, 100, 960);
  assert.deepStrictEqual(max.take(OUT.NOTES), []);
  max.send("clock", 1);
  max.send("/doodled/note", 0, 0, 64, 100, 960);
  assert.strictEqual(max.take(OUT.NOTES).length, 1);
});

test("automation follows Live's position, not the box's", () => {
  const {max, world} = studio();
  give(max, session());
  max.send("/doodled/transport", 1, 0, 92);
  max.send("clock", 2);
  max.advance(100);
  play_live(max, 1);
  max.take(OUT.REMOTE);
  max.send("/doodled/param/cutoff", 0, 0, 0.5);
  assert.deepStrictEqual(max.take(OUT.REMOTE), []);
  play_live(max, 4);
  assert.deepStrictEqual(max.take(OUT.REMOTE).at(-1).slice(1), ["value", 1]);
});

test("notes that sound only sometimes are drawn again each time round", () => {
  const {max, world} = studio();
  let roll = 0.9;
  max.context.Math.random = () => roll;
  give(max, session());
  max.send("clock", 2);
  max.send("/doodled/transport", 1, 0, 120);
  max.advance(100);
  play_live(max, 7);
  max.take(OUT.PLAYER);
  roll = 0.1;
  play_live(max, 2);
  assert.deepStrictEqual(only(max.take(OUT.PLAYER), "coll"), [["coll", 960, 60, 70, 120]]);
  assert.ok(world.song.properties.current_song_time > 8);
});

test("a box that goes silent leaves Live's time playing and ends what it played itself", () => {
  for (const on_live of [true, false]) {
    const {max} = studio();
    max.advance(1000);
    const hello = max.take(OUT.LINK)[0];
    max.send("/doodled/max/welcome", 1, 15, hello[3], 5, 1000);
    give(max, session());
    max.send("/doodled/transport", 1, 0, 120);
    if (on_live) play_live(max, 2);
    max.take(OUT.NOTES);
    max.advance(6000);
    assert.strictEqual(max.context.device.player.running, on_live);
    assert.strictEqual(max.take(OUT.NOTES).length > 0, !on_live);
  }
});

test("Play on the device plays what is here without any box, and starts Live", () => {
  const {max, world} = studio();
  give(max, session());
  max.send("play", 1);
  assert.strictEqual(world.song.properties.is_playing, 1);
  play_live(max, 1);
  assert.ok(max.context.device.player.running);
  max.send("panic");
  assert.ok(!max.context.device.player.running);
  assert.deepStrictEqual(max.take(OUT.HANDS), [["/doodled/panic", 1]]);
});

test("the idea's sixteen steps play in Live's time and show; a box that is connected has its own words", () => {
  const {max} = studio();
  const matrix = {midi_sequence: [{step: 0, note: 40, velocity: 96, active: true}, {step: 1, note: 0, velocity: 0, active: false},
                                  {step: 2, note: 47, velocity: 110, active: true}]};
  max.send("/live/seq/matrix", JSON.stringify(matrix));
  assert.deepStrictEqual(only(max.take(OUT.PLAYER), "coll"), [["coll", 0, 40, 96, 120], ["coll", 240, 47, 110, 120]]);
  assert.deepStrictEqual(max.take(OUT.STEPS)[0].slice(0, 6), ["pitch", 1, 40, 0, 47, 0]);
  max.send("/live/seq/matrix", "{}");
  assert.match(max.take(OUT.FACE).at(-1)[1], /not understood/);
});

test("the box's tempo becomes Live's only where the player wants it", () => {
  const {max, world} = studio();
  max.send("/doodled/transport", 1, 0, 92);
  assert.strictEqual(world.song.properties.tempo, 120);
  max.send("tempo", 1);
  max.send("/doodled/transport", 1, 0, 92);
  assert.strictEqual(world.song.properties.tempo, 92);
});

test("port and address of the set reach the network objects, and the hello", () => {
  const {max} = studio();
  max.send("host", 192, 168, 1, 20);
  max.send("reply", 9010);
  max.send("listen", 9100);
  assert.deepStrictEqual(max.take(OUT.NETWORK), [["host", "192.168.1.20"], ["reply", 9010], ["listen", 9100]]);
  max.advance(1000);
  assert.strictEqual(max.take(OUT.LINK)[0][4], 9100);
});

test("an unknown address of ours is said once in the console; foreign ones are passed over", () => {
  const {max} = studio();
  max.send("/doodled/nonsense", 1);
  max.send("/other", 1);
  assert.strictEqual(max.posted.length, 1);
});

test("a device that is deleted lets go of everything and stops its clocks", () => {
  const {max} = studio();
  max.send("/doodled/param/resonance", 0, 0, 0.5);
  max.take(OUT.REMOTE);
  max.context.notifydeleted();
  assert.deepStrictEqual(max.take(OUT.REMOTE), [[0, "id", 0]]);
  max.take(OUT.LINK);
  max.advance(5000);
  assert.deepStrictEqual(max.take(OUT.LINK), []);
});

test("a set that opens sends its settings before Live is there; none of them plays or writes anything", () => {
  const {World} = require("./fakes/live.js"), {Max} = require("./fakes/max.js");
  const max = new Max(new World());
  for (const [word, ...values] of [["host", 10, 0, 0, 2], ["reply", 9002], ["part", 3], ["clock", 2], ["play", 1], ["write"], ["learn", 1], ["move", 1]])
    max.send(word, ...values);
  assert.deepStrictEqual(max.take(OUT.NETWORK), [["host", "10.0.0.2"], ["reply", 9002]]);
  assert.deepStrictEqual([max.context.device.settings.part, max.context.device.settings.play], [3, 0]);
});

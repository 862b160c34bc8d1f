// The score of the patch, in stock objects, driven by the script's own messages.
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const {built} = require("./fakes/max.js");
const {Patch} = require("./fakes/patch.js");
const {studio, give} = require("./fakes/studio.js");
const {session} = require("./fakes/box.js");

// Live's transport in Max's ticks, and what the two makenotes get.
function stage(document) {
  const heard = [], transport = {ticks: 0, tempo: 120, running: 1};
  const makenote = () => {
    const held = [];
    return {in: (inlet, m) => { held[inlet] = m[0]; if (inlet === 0 && m[0] !== "stop") heard.push([transport.ticks, ...held]); }};
  };
  // Outlets of transport answer a bang from right to left: ticks, state, ..., tempo.
  const clock = () => ({in: (_, m, out) => { out(7, [transport.ticks]); out(6, [transport.running]); out(4, [transport.tempo]); }});
  const patch = new Patch(JSON.parse(fs.readFileSync(path.join(built, "doodled.maxpat"), "utf8")).patcher, {makenote, transport: clock});
  const {max, world} = studio(), script = patch.id_of("js"), metro = patch.id_of("metro");
  max.on_outlet = (outlet, message) => patch.leave(script, outlet, message);
  give(max, document);
  max.send("clock", 2);
  max.send("/doodled/transport", 1, 0, 120);
  return {max, world, heard, transport, bang: () => patch.leave(metro, 0, ["bang"]), run(from, until, step) {
    for (transport.ticks = from; transport.ticks <= until; transport.ticks += step) this.bang();
  }};
}

const notes = {tracks: [{name: "Lead", role: "lead", notes: [0, 60, 100, 480, 962, 64, 90, 960, 3838, 67, 80, 2]}], length: 3840, markers: []};

test("each note sounds once at its tick, with its velocity and its duration in milliseconds", () => {
  const s = stage(session(notes));
  s.max.advance(100);
  s.run(0, 1919, 1);
  assert.deepStrictEqual(s.heard.map(([tick, pitch, velocity, ms]) => [tick, pitch, velocity, Math.round(ms)]),
                         [[0, 60, 100, 250], [481, 64, 90, 500], [1919, 67, 80, 1]]);
});

test("with a scheduler that is called every seven ticks nothing is lost and nothing doubled, over loops", () => {
  const s = stage(session(notes));
  s.max.advance(100);
  s.run(0, 1920 * 4 - 1, 7);
  assert.deepStrictEqual(s.heard.map(([, pitch]) => pitch).join(" "), Array(4).fill("60 64 67").join(" "));
});

test("called twice at one tick it plays it once", () => {
  const s = stage(session(notes));
  s.max.advance(100);
  s.run(0, 4, 1);
  s.transport.ticks = 4;
  s.bang();
  s.bang();
  assert.strictEqual(s.heard.length, 1);
});

test("a jump of the song plays the tick it lands on and goes on from there", () => {
  const s = stage(session(notes));
  s.max.advance(100);
  s.run(0, 100, 1);
  s.run(1920 * 3 + 481, 1920 * 3 + 500, 1);
  assert.deepStrictEqual(s.heard.map(([, pitch]) => pitch), [60, 64]);
  s.run(1920, 1930, 1);
  assert.strictEqual(s.heard.at(-1)[1], 60);
});

test("before its bar line and while Live stands still nothing sounds", () => {
  const s = stage(session(notes));
  s.world.song.properties.current_song_time = 2;
  s.max.advance(100);
  s.run(960, 1919, 1);
  assert.deepStrictEqual(s.heard, []);
  s.transport.running = 0;
  s.run(1920, 2500, 1);
  assert.deepStrictEqual(s.heard, []);
  s.transport.running = 1;
  s.run(1920, 1925, 1);
  assert.strictEqual(s.heard.length, 1);
});

test("durations follow Live's tempo", () => {
  const s = stage(session(notes));
  s.transport.tempo = 60;
  s.max.advance(100);
  s.run(-5, 500, 1);
  assert.strictEqual(Math.round(s.heard[1][3]), 1000);
});

"use strict";
const test = require("node:test");
const assert = require("node:assert");
const {studio, give, OUT} = require("./fakes/studio.js");
const {session} = require("./fakes/box.js");

const clip_at = (world, track, row) => world.song.properties.tracks[track].properties.clip_slots[row].clip;
const clips_report = (max) => max.take(OUT.LINK).find((m) => m[0] === "/doodled/max/clips");

test("a scene a section, a track a part, a clip where there are notes", () => {
  const {max, world} = studio();
  give(max, session(), {kind: 2});
  const {tracks, scenes} = world.song.properties;
  assert.deepStrictEqual(tracks.map((t) => t.properties.name), ["Synth", "Lead", "Kit"]);
  assert.deepStrictEqual(scenes.map((s) => s.properties.name), ["", "Intro", "Drop"]);
  assert.deepStrictEqual(clips_report(max), ["/doodled/max/clips", 2, 2, 3, 5, 0]);
  assert.ok(clip_at(world, 1, 1) && clip_at(world, 1, 2) && clip_at(world, 2, 1) && !clip_at(world, 2, 2));
});

test("notes have beats, velocity and probability; what crosses the end of a section is cut there", () => {
  const {max, world} = studio();
  give(max, session(), {kind: 2});
  const notes = clip_at(world, 1, 1).notes;
  assert.deepStrictEqual(notes.map((n) => [n.pitch, n.start_time, n.duration, n.velocity]),
                         [[64, 0, 0.5, 100], [67, 1, 1, 90], [60, 2, 0.25, 70]]);
  assert.deepStrictEqual(notes.map((n) => Math.round(n.probability * 100)), [100, 100, 50]);
  assert.strictEqual(clip_at(world, 1, 2).notes[0].duration, 4);
});

test("clips loop over their section and have its meter and the session's name", () => {
  const {max, world} = studio();
  give(max, session({meter: [7, 8], markers: [], length: 3360}), {kind: 2});
  assert.deepStrictEqual(clip_at(world, 1, 1).properties,
                         {name: "River", looping: 1, loop_start: 0, loop_end: 3.5, signature_numerator: 7, signature_denominator: 8});
});

test("tempo, meter and scale are Live's only where the player wants them", () => {
  const {max, world} = studio();
  give(max, session(), {kind: 2});
  assert.deepStrictEqual([world.song.properties.tempo, world.song.properties.scale_mode], [120, 0]);
  max.send("tempo", 1);
  max.send("scale", 1);
  give(max, session({meter: [3, 4]}), {kind: 2, transfer: 2});
  const {tempo, scale_name, scale_mode, root_note, signature_numerator} = world.song.properties;
  assert.deepStrictEqual([tempo, scale_name, scale_mode, root_note, signature_numerator], [92, "Minor", 1, 4, 3]);
});

test("a scale that Live does not have leaves Live's as it is", () => {
  const {max, world} = studio();
  max.send("scale", 1);
  give(max, session({intervals: [0, 1, 4, 6, 8, 10, 11]}), {kind: 2});
  assert.strictEqual(world.song.properties.scale_name, "Major");
});

test("written again, it uses its tracks again and overwrites nothing", () => {
  const {max, world} = studio();
  give(max, session(), {kind: 2});
  const before = clip_at(world, 1, 1).notes.length;
  give(max, session(), {kind: 2, transfer: 2});
  assert.strictEqual(world.song.properties.tracks.length, 3);
  assert.strictEqual(world.song.properties.scenes.length, 5);
  assert.strictEqual(clip_at(world, 1, 1).notes.length, before);
});

test("a clip transfer that is repeated writes once", () => {
  const {max, world} = studio();
  give(max, session(), {kind: 2});
  give(max, session(), {kind: 2});
  assert.strictEqual(world.song.properties.scenes.length, 3);
});

test("an audio track of the part's name is not written to", () => {
  const {max, world} = studio();
  world.objects.get(world.make_track("Lead")[1]).properties.has_midi_input = 0;
  give(max, session(), {kind: 2});
  assert.strictEqual(clip_at(world, 1, 1), undefined);
  assert.ok(clip_at(world, 2, 1));
});

test("a Live that takes JSON instead of an object gets JSON, and each note once", () => {
  const {max, world} = studio();
  world.takes = "json";
  give(max, session(), {kind: 2});
  assert.strictEqual(clip_at(world, 1, 1).notes.length, 3);
});

test("two notes of a pitch never overlap: the louder of two that start together, the earlier cut", () => {
  const {max, world} = studio();
  const notes = [0, 60, 50, 960, 0, 60, 90, 480, 240, 60, 70, 960];
  give(max, session({tracks: [{name: "Lead", role: "lead", notes}], markers: []}), {kind: 2});
  assert.deepStrictEqual(clip_at(world, 1, 1).notes.map((n) => [n.start_time, n.duration, n.velocity]),
                         [[0, 0.25, 90], [0.25, 1, 70]]);
});

test("undo steps are closed, also after a failure", () => {
  const {max, world} = studio();
  give(max, session({markers: "nonsense"}), {kind: 2});
  assert.strictEqual(world.song.undo, 0);
  assert.deepStrictEqual(max.take(OUT.LINK).at(-1), ["/doodled/max/done", 1, 2]);
});

test("the button writes what is held here", () => {
  const {max, world} = studio();
  max.send("write");
  give(max, session());
  max.send("write");
  assert.strictEqual(world.song.properties.scenes.length, 3);
});

test("text of any language arrives whole", () => {
  const {max, world} = studio();
  const escaped = JSON.stringify(session({title: "Flüsse 川"})).replace(/[^\x20-\x7e]/g,
                    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
  give(max, escaped, {kind: 2});
  assert.strictEqual(clip_at(world, 1, 1).properties.name, "Flüsse 川");
});

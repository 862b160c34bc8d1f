"use strict";
const test = require("node:test");
const assert = require("node:assert");
const {studio, OUT} = require("./fakes/studio.js");

const near = (a, b, by = 0.005) => assert.ok(Math.abs(a - b) <= by, `${a} is not near ${b}`);
const param = (max, name, x, track = 0) => max.send(`/doodled/param/${name}`, 0, track, x);

test("a value takes the parameter by its id and moves it in its own range", () => {
  const {max, world, instrument} = studio();
  param(max, "detune", 0.75);
  const id = world.parameter(instrument, "Osc 2 Detune").id;
  assert.deepStrictEqual(max.take(OUT.REMOTE), [[0, "id", id], [0, "value", 0.5]]);
});

test("hertz and milliseconds go where Live shows them: 1200 Hz stands at 1.2 kHz", () => {
  const {max} = studio();
  param(max, "cutoff", Math.log(1200 / 20) / Math.log(1000));
  near(max.take(OUT.REMOTE)[1][2], Math.log(60) / Math.log(1000), 0.002);
  param(max, "attack", Math.log(250) / Math.log(20000));
  near(max.take(OUT.REMOTE)[1][2], Math.log(2500) / Math.log(600000), 0.002);
});

test("a control that shows no hertz is moved along its travel", () => {
  const {max} = studio({parameters: [{name: "LP Freq", min: 0, max: 10}]});
  param(max, "cutoff", 0.3);
  near(max.take(OUT.REMOTE)[1][2], 3, 1e-9);
});

test("after a second of rest it is given back where it stands, with one step of undo", () => {
  const {max, world, instrument} = studio();
  param(max, "resonance", 0.5);
  param(max, "resonance", 0.6);
  max.take(OUT.REMOTE);
  max.advance(900);
  assert.deepStrictEqual(max.take(OUT.REMOTE), []);
  max.advance(200);
  assert.deepStrictEqual(max.take(OUT.REMOTE), [[0, "id", 0]]);
  assert.strictEqual(world.parameter(instrument, "LP Reso").properties.value, 0.6);
  assert.strictEqual(world.log.filter(([, type]) => type === "DeviceParameter").length, 1);
});

test("what the player turns then is the player's: it is told to the box and doodled leaves it", () => {
  const {max, world, instrument} = studio();
  param(max, "resonance", 0.5);
  max.advance(2000);
  world.turn(world.parameter(instrument, "LP Reso"), 0.9);
  assert.deepStrictEqual(max.take(OUT.HANDS), [["/doodled/param/resonance", 0.9]]);
  max.take(OUT.REMOTE);
  param(max, "resonance", 0.2);
  assert.deepStrictEqual(max.take(OUT.REMOTE), []);
  max.send("give_back");
  param(max, "resonance", 0.2);
  assert.strictEqual(max.take(OUT.REMOTE).length, 2);
});

test("the box gives back as well", () => {
  const {max, world, instrument} = studio();
  world.turn(world.parameter(instrument, "LP Reso"), 0.9);
  max.send("/doodled/release");
  param(max, "resonance", 0.2);
  assert.strictEqual(max.take(OUT.REMOTE).length, 2);
});

test("a turned cutoff is told as doodled's number, not as Live's", () => {
  const {max, world, instrument} = studio();
  world.turn(world.parameter(instrument, "LP Freq"), 0.6);
  near(max.take(OUT.HANDS)[0][1], 0.6, 0.01);
});

test("opening the set and our own values are nobody's hand", () => {
  const {max, world, instrument} = studio();
  world.turn(world.parameter(instrument, "LP Reso"), 0.1);
  param(max, "resonance", 0.5);
  world.turn(world.parameter(instrument, "LP Reso"), 0.55);  // live.remote~ itself, while it holds it
  max.advance(2000);
  assert.deepStrictEqual(max.take(OUT.HANDS), []);
});

test("moves can be switched off, and everything held is let go", () => {
  const {max} = studio();
  param(max, "resonance", 0.5);
  max.take(OUT.REMOTE);
  max.send("move", 0);
  param(max, "resonance", 0.7);
  assert.deepStrictEqual(max.take(OUT.REMOTE), [[0, "id", 0]]);
});

test("when the box stops, controls go back to the player", () => {
  const {max} = studio();
  param(max, "resonance", 0.5);
  max.take(OUT.REMOTE);
  max.send("/doodled/transport", 0, 0, 120);
  assert.deepStrictEqual(max.take(OUT.REMOTE), [[0, "id", 0]]);
});

test("Meld's two engines move together, by their original names", () => {
  const parameters = ["A", "B"].map((e) => ({name: `${e} Filter Freq`, original_name: `MeldVoice_Engine${e}_Filter_Frequency`}));
  const {max} = studio({device: {name: "My Meld", class_name: "InstrumentMeld"}, parameters});
  param(max, "cutoff", 1);
  assert.deepStrictEqual(max.take(OUT.REMOTE).filter((m) => m[1] === "value"), [[0, "value", 1], [1, "value", 1]]);
});

test("both spellings of Wavetable's filter are found", () => {
  for (const name of ["Filter 1 Freq", "Flt 1 Freq"]) {
    const {max} = studio({device: {name: "Wavetable", class_name: "InstrumentVector"}, parameters: [{name}]});
    param(max, "cutoff", 1);
    assert.strictEqual(max.take(OUT.REMOTE).length, 2);
  }
});

test("a Max instrument is Granulator by its name only", () => {
  const parameters = [{name: "Flt Freq"}, {name: "Grain Size", min: 2, max: 2000}];
  const {max} = studio({device: {name: "Granulator III", class_name: "MxDeviceInstrument"}, parameters});
  param(max, "macro_2", 0.5);
  assert.deepStrictEqual(max.take(OUT.REMOTE)[1], [0, "value", 1001]);
  const other = studio({device: {name: "Poli", class_name: "MxDeviceInstrument"}, parameters});
  param(other.max, "macro_2", 0.5);
  assert.deepStrictEqual(other.max.take(OUT.REMOTE), []);
});

test("an unknown instrument is searched for usual words; a rack by its macros", () => {
  const {max} = studio({device: {name: "Pad Rack", class_name: "InstrumentGroupDevice"}, parameters: [{name: "Macro 3", max: 127}]});
  param(max, "macro_3", 1);
  assert.deepStrictEqual(max.take(OUT.REMOTE)[1], [0, "value", 127]);
});

test("no instrument on the track: values change nothing", () => {
  const {max} = studio({device: null});
  param(max, "cutoff", 1);
  assert.deepStrictEqual(max.take(OUT.REMOTE), []);
});

test("any parameter of the set is bound by its names, kept with the set, and unbound again", () => {
  const {max, world} = studio();
  const other = world.objects.get(world.make_track("FX")[1]);
  const echo = world.add_device(other, {name: "Echo", class_name: "Echo", type: 2}, [{name: "Feedback", max: 1.5}]);
  max.send("/doodled/bind", "delay", "FX/Echo/feedback");
  assert.deepStrictEqual(JSON.parse(max.take(OUT.KEEP)[0][0]), {delay: "FX/Echo/feedback"});
  param(max, "delay", 1);
  assert.deepStrictEqual(max.take(OUT.REMOTE), [[0, "id", echo.properties.parameters[0].id], [0, "value", 1.5]]);
  max.send("/doodled/bind", "cutoff", "");
  max.send("/doodled/bind", "delay", "auto");
  max.take(OUT.REMOTE);
  param(max, "delay", 1);
  param(max, "cutoff", 1);
  assert.deepStrictEqual(max.take(OUT.REMOTE), []);
});

test("bindings of the set are there when it opens", () => {
  const {max} = studio();
  max.send("bindings", JSON.stringify({reverb: "Drift/Volume", nonsense: "x", cutoff: 5}));
  max.start();  // live.thisdevice again
  param(max, "reverb", 0.5);
  assert.strictEqual(max.take(OUT.REMOTE).length, 2);
});

test("learn binds to the parameter that was touched last", () => {
  const {max, world, instrument} = studio();
  max.send("learn", 10);
  assert.match(max.take(OUT.FACE).at(-1)[1], /touch a parameter/);
  world.song.view.properties.selected_parameter = world.parameter(instrument, "Volume");
  max.send("learn", 10);
  param(max, "reverb", 0.5);
  assert.strictEqual(max.take(OUT.REMOTE)[0][2], world.parameter(instrument, "Volume").id);
});

test("sixteen are held at once; the seventeenth is set instead", () => {
  const {max, world} = studio();
  const track = world.objects.get(world.make_track("Many")[1]);
  const many = world.add_device(track, {name: "Many", class_name: "Rack"}, Array.from({length: 17}, (_, i) => ({name: `P${i}`})));
  const names = max.context.PARAMETERS.map((p) => p.name).slice(0, 17);
  names.forEach((name, i) => max.send("/doodled/bind", name, `Many/Many/P${i}`));
  max.take(OUT.REMOTE);
  names.forEach((name) => param(max, name, 1));
  assert.strictEqual(max.take(OUT.REMOTE).filter((m) => m[1] === "id").length, 16);
  assert.strictEqual(world.parameter(many, "P16").properties.value, 1);
});

test("the idea's two addresses move cutoff and resonance of a sender that is no box", () => {
  const {max} = studio();
  max.send("/live/synth/cutoff", 1);
  max.send("/live/synth/resonance", 0.5);
  assert.deepStrictEqual(max.take(OUT.REMOTE).filter((m) => m[1] === "value"), [[0, "value", 1], [1, "value", 0.5]]);
});

test("a macro of the box turns the dial; the dial turned by hand reaches the box", () => {
  const {max} = studio();
  param(max, "macro_4", 0.25);
  assert.deepStrictEqual(max.take(OUT.FACE).at(-1), ["macro", 4, 0.25]);
  max.send("macro", 4, 0.75);
  assert.deepStrictEqual(max.take(OUT.HANDS), [["/doodled/macro/4", 0.75]]);
});

test("every table names each Live parameter once and only parameters that doodled has", () => {
  const {context} = studio().max;
  for (const table of [...context.TABLES, context.ANY_INSTRUMENT]) {
    const first = Object.entries(table.parameters).flatMap(([, alternatives]) => [].concat(alternatives[0]));
    assert.deepStrictEqual(first.filter((name, i) => first.indexOf(name) !== i), [], table.class_name);
    for (const name of Object.keys(table.parameters)) assert.ok(context.parameter_number(name) >= 0, name);
  }
});

test("the state told again moves only what is news", () => {
  const {max} = studio();
  max.advance(1000);
  max.send("/doodled/max/welcome", 1, 15, max.take(OUT.LINK)[0][3], 5, 1000);
  param(max, "resonance", 0.5);
  max.advance(2000);
  max.take(OUT.REMOTE);
  max.send("/doodled/max/state", 5, 1, 0, 1, 1, 92000, 0, 0, 1, 32768, 0, 15, 65535);
  assert.deepStrictEqual(max.take(OUT.REMOTE).map((m) => m[1]), ["id", "value"]);
});

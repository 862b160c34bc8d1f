// A set with the companion in front of an instrument, and a clock that runs with Live's transport.
"use strict";
const {World} = require("./live.js");
const {Max, OUT} = require("./max.js");
const {messages_of} = require("./box.js");

// A control that shows hertz, as Live's do: even in octaves.
const hertz = (value) => {
  const hz = 20 * 1000 ** value;
  return hz < 1000 ? `${hz.toPrecision(3)} Hz` : `${(hz / 1000).toPrecision(3)} kHz`;
};
const seconds = (value) => {
  const ms = 0.1 * 600000 ** value;
  return ms < 1000 ? `${ms.toFixed(2)} ms` : `${(ms / 1000).toFixed(2)} s`;
};

const DRIFT = [
  {name: "Device On", value: 1}, {name: "LP Freq", show: hertz}, {name: "LP Reso", value: 0.1},
  {name: "Env 1 Attack", show: seconds}, {name: "Osc 2 Detune", min: -1, max: 1, value: 0}, {name: "Volume", value: 0.7},
];

function studio({device = {name: "Drift", class_name: "Drift"}, parameters = DRIFT} = {}) {
  const world = new World();
  const track = world.objects.get(world.make_track("Synth")[1]);
  world.this_device = world.add_device(track, {name: "doodled", class_name: "MxDeviceMidiEffect", type: 4});
  const instrument = device && world.add_device(track, device, parameters);
  const max = new Max(world);
  max.start();
  return {world, track, instrument, max};
}

function give(max, document, options) {
  const {begin, parts} = messages_of(document, options);
  max.send(...begin);
  for (const part of parts) max.send(...part);
}

// Live plays for so many beats, at its tempo.
function play_live(max, beats) {
  const {song} = max.world, ms = beats * 60000 / song.properties.tempo;
  song.write("is_playing", 1);
  for (let t = 0; t < ms; t += 10) {
    max.advance(10);
    song.properties.current_song_time += 10 * song.properties.tempo / 60000;
  }
}

module.exports = {studio, give, play_live, OUT};

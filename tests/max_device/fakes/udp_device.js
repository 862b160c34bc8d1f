// The companion's own script behind real UDP, with a network in between that loses, repeats and delays datagrams both
// ways. Arguments: LISTEN_PORT BOX_PORT [LOSS [SEED]]. Reads commands from standard input, one a line:
//   state      answers one line of JSON: what the companion holds
//   lossless   the network is good from now on
//   a message  such as 'macro 3 0.5': as if it came from the device's own controls
"use strict";
const dgram = require("node:dgram");
const readline = require("node:readline");
const {studio, OUT} = require("./studio.js");
const {encode, decode} = require("./osc.js");

const [listen, box, loss = 0, seed = 1] = process.argv.slice(2).map(Number);
const {max, world} = studio();
const socket = dgram.createSocket("udp4"), sender = dgram.createSocket("udp4");
let bad = loss, state = seed, largest = 0;

// mulberry32: the same faults for the same seed.
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

function through_network(pass) {
  if (random() < bad) return;
  const copies = random() < bad ? 2 : 1;
  for (let i = 0; i < copies; i++) {
    if (random() < bad) setTimeout(pass, random() * 60); else pass();
  }
}

max.on_outlet = (outlet, message) => {
  if (outlet === OUT.LINK)
    through_network(() => sender.send(encode(...message), box, "127.0.0.1"));
};

socket.on("message", (datagram) => {
  largest = Math.max(largest, datagram.length);
  through_network(() => max.send(...decode(datagram)));
});
socket.bind(listen, "127.0.0.1", () => console.log("listening"));

const began = Date.now();
setInterval(() => max.advance(Date.now() - began - max.time), 10);

function held() {
  const {device} = max.context;
  return {
    connected: device.link.connected, revision: device.revision, document: device.player.document,
    state: device.link.state.words(), playing: device.link.state.playing, largest,
    clips: world.song.properties.scenes.map((scene) => scene.properties.name),
  };
}

readline.createInterface({input: process.stdin}).on("line", (line) => {
  const [word, ...values] = line.split(" ");
  if (word === "state") console.log(JSON.stringify(held()));
  else if (word === "lossless") bad = 0;
  else max.send(word, ...values.map(Number));
}).on("close", () => process.exit(0));

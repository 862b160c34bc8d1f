// The box's end of PROTOCOL.md, as small as it can be: documents in parts, state, keep-alive.
"use strict";
const zlib = require("node:zlib");
const crc32 = zlib.crc32 ? (data) => zlib.crc32(data) | 0 : slow_crc32;

// Node 18 has no zlib.crc32: bit by bit, as the standard writes it down.
function slow_crc32(data) {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc | 0;
}

function words_of(buffer) {
  const padded = Buffer.concat([buffer, Buffer.alloc((4 - (buffer.length % 4)) % 4)]);
  return Array.from({length: padded.length / 4}, (_, i) => padded.readInt32BE(4 * i));
}

function crc_of_words(words) {
  const buffer = Buffer.alloc(4 * words.length);
  words.forEach((word, i) => buffer.writeInt32BE(word, 4 * i));
  return crc32(buffer);
}

// The messages that carry a document.
function messages_of(document, {transfer = 1, kind = 1, revision = 1} = {}) {
  const bytes = Buffer.from(typeof document === "string" ? document : JSON.stringify(document));
  const words = words_of(bytes), parts = [];
  for (let i = 0; i < words.length; i += 256) parts.push(words.slice(i, i + 256));
  return {
    begin: ["/doodled/max/begin", transfer, kind, revision, bytes.length, parts.length, crc32(bytes)],
    parts: parts.map((part, i) => ["/doodled/max/part", transfer, i, crc_of_words(part), ...part]),
  };
}

function session(overrides = {}) {
  return {
    format: "doodled.max", version: 1, title: "River", tempo: 92, meter: [4, 4], root: 4,
    intervals: [0, 2, 3, 5, 7, 8, 10], length: 7680, markers: [[0, "Intro"], [3840, "Drop"]],
    tracks: [
      {name: "Lead", role: "lead", notes: [0, 64, 100, 480, 960, 67, 90, 960, 3840, 71, 80, 4000],
       chances: [1920, 60, 70, 240, 32768], lanes: [{p: 0, v: [0, 0, 3840, 65535]}]},
      {name: "Kit", role: "drums", notes: [0, 36, 110, 120]},
    ],
    ...overrides,
  };
}

module.exports = {crc32, crc_of_words, messages_of, session};

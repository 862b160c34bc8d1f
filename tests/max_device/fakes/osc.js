// OSC 1.0 messages of numbers and text, from the specification.
"use strict";

function text(words) {
  const bytes = Buffer.from(`${words}\0`);
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

// Integers as integers, other numbers as 32-bit floats, as udpsend does; `floats` makes all numbers floats.
function encode(address, ...values) {
  const tags = values.map((value) => (typeof value === "string" ? "s" : Number.isInteger(value) ? "i" : "f"));
  const body = values.map((value, i) => {
    if (tags[i] === "s") return text(value);
    const bytes = Buffer.alloc(4);
    if (tags[i] === "i") bytes.writeInt32BE(value); else bytes.writeFloatBE(value);
    return bytes;
  });
  return Buffer.concat([text(address), text(`,${tags.join("")}`), ...body]);
}

function decode(datagram) {
  let at = 0;
  const read_text = () => {
    const end = datagram.indexOf(0, at), words = datagram.toString("utf8", at, end);
    at += (Math.floor((end - at) / 4) + 1) * 4;
    return words;
  };
  const address = read_text(), tags = read_text().slice(1);
  const values = [...tags].map((tag) => {
    if (tag === "s") return read_text();
    at += 4;
    return tag === "i" ? datagram.readInt32BE(at - 4) : datagram.readFloatBE(at - 4);
  });
  return [address, ...values];
}

module.exports = {encode, decode};

// Runs the stock objects of a patch as their reference pages describe them: messages go depth first, outlets from right
// to left, cold inlets only store. Objects that are not here (controls, network) swallow what they get.
"use strict";

const NUMBER = (text, otherwise) => (text === undefined ? otherwise : Number(text));

// Each makes {inlet(number, message, out)}; a message is a list of atoms, "bang" for a bang. out(outlet, message).
const OBJECTS = {
  trigger: (types) => ({in: (_, m, out) => types.map((_t, i) => i).reverse().forEach((i) => out(i, m))}),
  int: () => cold(0, (value, m, out) => out(0, [m[0] === "bang" ? value : m[0]]), (m, set) => m[0] !== "bang" && set(m[0])),
  "-": (a) => arithmetic(a, (x, y) => x - y), "+": (a) => arithmetic(a, (x, y) => x + y),
  "!-": (a) => arithmetic(a, (x, y) => y - x), "%": (a) => arithmetic(a, (x, y) => x % y),
  "*": (a) => arithmetic(a, (x, y) => x * y), "!/": (a) => arithmetic(a, (x, y) => y / x),
  split: ([low, high]) => ({in: (_, m, out) => out(m[0] >= Number(low) && m[0] <= Number(high) ? 0 : 1, m)}),
  expr: (words) => {
    const code = words.join(" ").replace(/\$[if]1/g, "x").replace(/&&/g, "&");
    const evaluate = new Function("x", `return Number(${code.replace(/\(x [<>]=? \d+\)/g, "Number($&)")})`);
    return {in: (_, m, out) => out(0, [evaluate(m[0])])};
  },
  uzi: () => ({in: (_, m, out) => { for (let i = 1; i <= m[0]; i++) { out(2, [i]); out(0, ["bang"]); } out(1, ["bang"]); }}),
  select: ([value]) => ({in: (_, m, out) => (m[0] === Number(value) ? out(0, ["bang"]) : out(1, m))}),
  route: (keys) => ({in: (_, m, out) => {
    const found = keys.findIndex((key) => key === String(m[0]));
    if (found < 0) out(keys.length, m); else out(found, m.length > 1 ? m.slice(1) : ["bang"]);
  }}),
  coll: () => {
    const rows = new Map();
    return {in: (_, m, out) => {
      if (m[0] === "remove") rows.delete(m[1]);
      else if (m.length > 1) rows.set(m[0], m.slice(1));
      else if (rows.has(m[0])) out(0, rows.get(m[0]));
    }};
  },
  "zl.iter": ([size]) => ({in: (_, m, out) => { for (let i = 0; i < m.length; i += Number(size)) out(0, m.slice(i, i + Number(size))); }}),
  unpack: (kinds) => ({in: (_, m, out) => kinds.map((_k, i) => i).reverse().forEach((i) => i < m.length && out(i, [m[i]]))}),
};

function cold(start, hot, also_store = () => {}) {
  let value = start;
  return {in: (inlet, m, out) => {
    if (inlet > 0) value = m[0];
    else { also_store(m, (v) => { value = v; }); hot(value, m, out); }
  }};
}
const arithmetic = (words, act) => cold(NUMBER(words[0], 0), (value, m, out) => out(0, [act(m[0], value)]));

class Patch {
  // `special`: objects of the test's own by kind or id.
  constructor(patcher, special = {}) {
    this.objects = new Map();
    this.lines = patcher.lines.map(({patchline}) => patchline);
    for (const {box} of patcher.boxes) {
      const [kind, ...words] = box.maxclass === "newobj" ? box.text.split(" ") : [box.maxclass];
      const make = special[kind] || OBJECTS[kind];
      this.objects.set(box.id, make ? make(words, box) : {in: () => {}});
      Object.assign(this.objects.get(box.id), {kind});
    }
  }

  leave(id, outlet, message) {
    for (const {source, destination} of this.lines)
      if (source[0] === id && source[1] === outlet) this.send(destination[0], destination[1], message);
  }

  send(id, inlet, message) { this.objects.get(id).in(inlet, message, (outlet, out) => this.leave(id, outlet, out)); }

  id_of(kind) { return [...this.objects].find(([, object]) => object.kind === kind)[0]; }
}

module.exports = {Patch};

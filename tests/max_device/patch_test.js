// The built files against what the reference says of them; written without the builder's own tables.
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const {built} = require("./fakes/max.js");

const read = (name) => fs.readFileSync(path.join(built, name));
const {patcher} = JSON.parse(read("doodled.maxpat"));
const boxes = new Map(patcher.boxes.map(({box}) => [box.id, box]));
const lines = patcher.lines.map(({patchline}) => patchline);
const kind_of = (box) => (box.maxclass === "newobj" ? box.text.split(" ")[0] : box.maxclass);
const of_kind = (kind) => [...boxes.values()].filter((box) => kind_of(box) === kind);
const targets = (box, outlet) => lines.filter((l) => l.source[0] === box.id && l.source[1] === outlet)
  .map((l) => boxes.get(l.destination[0]));

// Inlets and outlets as the objects' own reference pages have them.
const SHAPES = {
  udpreceive: [1, 1], udpsend: [1, 0], deferlow: [1, 1], "live.thisdevice": [1, 3], makenote: [3, 2], noteout: [3, 0],
  midiin: [1, 1], midiout: [1, 0], metro: [2, 1], transport: [2, 9], uzi: [2, 3], coll: [1, 4], "zl.iter": [2, 2],
  pattr: [1, 3], "live.remote~": [2, 1], split: [3, 2], message: [2, 1], comment: [1, 0], "live.numbox": [1, 2],
  "live.menu": [1, 3], "live.text": [1, 2], "live.dial": [1, 2], "live.step": [1, 5], prepend: [1, 1], freebang: [1, 1],
  int: [2, 1], "-": [2, 1], "+": [2, 1], "*": [2, 1], "%": [2, 1], "!-": [2, 1], "!/": [2, 1],
};

test("every object has the inlets and outlets that Max gives it", () => {
  for (const box of boxes.values()) {
    const kind = kind_of(box), rest = box.maxclass === "newobj" ? box.text.split(" ").length - 1 : 0;
    const shape = SHAPES[kind] || {route: [1, rest + 1], unpack: [1, rest], trigger: [1, rest], pak: [rest, 1],
                                   select: [rest === 1 ? 2 : rest + 1, rest + 1], expr: [1, 1], js: [1, 9]}[kind];
    assert.deepStrictEqual([box.numinlets, box.numoutlets], shape, box.text || kind);
    assert.strictEqual((box.outlettype || []).length, box.numoutlets, box.text || kind);
  }
});

test("ids are unique, and every line ends at an outlet and an inlet that exist", () => {
  assert.strictEqual(boxes.size, patcher.boxes.length);
  for (const {source, destination} of lines) {
    assert.ok(source[1] < boxes.get(source[0]).numoutlets, JSON.stringify(source));
    assert.ok(destination[1] < boxes.get(destination[0]).numinlets, JSON.stringify(destination));
  }
  assert.strictEqual(new Set(lines.map((l) => JSON.stringify(l))).size, lines.length);
});

test("every object with an inlet or outlet in use is connected; none stands alone", () => {
  const used = new Set(lines.flatMap((l) => [l.source[0], l.destination[0]]));
  for (const box of boxes.values()) if (box.maxclass !== "comment") assert.ok(used.has(box.id), box.text || box.maxclass);
});

test("the device view holds every control whole, none upon another", () => {
  const seen = [...boxes.values()].filter((box) => box.presentation).map((box) => box.presentation_rect);
  for (const [x, y, w, h] of seen) assert.ok(x >= 0 && y >= 0 && x + w <= patcher.devicewidth && y + h <= 169, `${[x, y, w, h]}`);
  seen.forEach((a, i) => seen.slice(i + 1).forEach((b) => assert.ok(
    a[0] + a[2] <= b[0] || b[0] + b[2] <= a[0] || a[1] + a[3] <= b[1] || b[1] + b[3] <= a[1], `${a} and ${b}`)));
});

test("controls have names of their own, and the block of parameters lists them", () => {
  const kept = [...boxes.values()].filter((box) => box.parameter_enable);
  const names = kept.map((box) => box.saved_attribute_attributes.valueof.parameter_longname);
  assert.strictEqual(new Set(names).size, names.length);
  assert.deepStrictEqual(kept.map((box) => patcher.parameters[box.id][0]), names);
  assert.deepStrictEqual(patcher.parameters.parameterbanks[0].parameters,
                         Array.from({length: 8}, (_, i) => `Macro ${i + 1}`));
});

test("address, ports and bindings are stored with the set, buttons are not, dials can be automated", () => {
  const invisible = Object.fromEntries([...boxes.values()].filter((box) => box.parameter_enable)
    .map((box) => [box.saved_attribute_attributes.valueof.parameter_longname, box.saved_attribute_attributes.valueof.parameter_invisible]));
  for (const name of ["Box Address 1", "Box Address 4", "Answers Port", "Hands Port", "Listen Port", "Clock", "Part", "Bindings"])
    assert.strictEqual(invisible[name], 1, name);
  for (const name of ["Panic", "Write Clips", "Learn", "Play"]) assert.strictEqual(invisible[name], 2, name);
  assert.strictEqual(invisible["Macro 9"], 0);
});

test("what arrives on port 9000 reaches the script through deferlow", () => {
  const [receive] = of_kind("udpreceive");
  assert.strictEqual(receive.text, "udpreceive 9000");
  assert.strictEqual(kind_of(targets(receive, 0)[0]), "deferlow");
  assert.strictEqual(kind_of(targets(targets(receive, 0)[0], 0)[0]), "js");
});

test("sixteen live.remote~ get their id on the right and their value on the left", () => {
  const remotes = of_kind("live.remote~");
  assert.strictEqual(remotes.length, 16);
  for (const remote of remotes) {
    const into = (inlet) => lines.filter((l) => l.destination[0] === remote.id && l.destination[1] === inlet)
      .map((l) => boxes.get(l.source[0]).text);
    assert.deepStrictEqual(into(1), ["prepend id"]);
    assert.deepStrictEqual(into(0), ["route id value"]);
  }
});

test("nothing of the score passes the script on its way to the notes", () => {
  const reached = new Set(), walk = (box) => {
    if (reached.has(box.id)) return;
    reached.add(box.id);
    for (let i = 0; i < box.numoutlets; i++) targets(box, i).forEach(walk);
  };
  walk(of_kind("metro")[0]);
  const kinds = [...reached].map((id) => kind_of(boxes.get(id)));
  assert.ok(kinds.includes("noteout") && !kinds.includes("js"), kinds.join(" "));
});

test("the device in Live is a MIDI effect, 169 pixels high, and looks for its script", () => {
  assert.strictEqual(patcher.project.amxdtype, 0x6d6d6d6d);
  assert.deepStrictEqual(patcher.openrect.slice(2), [patcher.devicewidth, 169]);
  assert.strictEqual(patcher.openinpresentation, 1);
  assert.strictEqual(patcher.dependency_cache[0].name, "doodled.js");
});

// Chunks of an .amxd: id, little-endian length, data.
function chunks_of(file) {
  const chunks = {};
  let at = 0;
  for (; at < file.length; at += 8 + file.readUInt32LE(at + 4))
    chunks[file.toString("latin1", at, at + 4)] = file.subarray(at + 8, at + 8 + file.readUInt32LE(at + 4));
  assert.strictEqual(at, file.length);
  return chunks;
}

test("the unfrozen device: ampf, meta and ptch, the patch's JSON, a line feed and a NUL", () => {
  const chunks = chunks_of(read("doodled.amxd"));
  assert.deepStrictEqual(Object.keys(chunks), ["ampf", "meta", "ptch"]);
  assert.strictEqual(chunks.ampf.toString(), "mmmm");
  assert.deepStrictEqual([...chunks.meta], [0, 0, 0, 0]);
  assert.deepStrictEqual([...chunks.ptch.subarray(-2)], [10, 0]);
  assert.deepStrictEqual(JSON.parse(chunks.ptch.subarray(0, -1).toString()).patcher, patcher);
});

test("the frozen device: both files where its directory says, the device first", () => {
  const {ptch} = chunks_of(read("doodled-one-file.amxd"));
  assert.strictEqual(ptch.toString("latin1", 0, 4), "mx@c");
  assert.strictEqual(ptch.readUInt32BE(4), 16);
  const footer = Number(ptch.readBigUInt64BE(8));
  assert.strictEqual(ptch.toString("latin1", footer, footer + 4), "dlst");
  assert.strictEqual(footer + ptch.readUInt32BE(footer + 4), ptch.length);
  const files = [];
  for (let at = footer + 8; at < ptch.length; at += ptch.readUInt32BE(at + 4)) {
    assert.strictEqual(ptch.toString("latin1", at, at + 4), "dire");
    const fields = {}, end = at + ptch.readUInt32BE(at + 4);
    for (let field = at + 8; field < end; field += ptch.readUInt32BE(field + 4))
      fields[ptch.toString("latin1", field, field + 4)] = ptch.subarray(field + 8, field + ptch.readUInt32BE(field + 4));
    const offset = fields.of32.readUInt32BE(), size = fields.sz32.readUInt32BE();
    files.push([fields.fnam.toString().replace(/\0+$/, ""), fields.type.toString(), ptch.subarray(offset, offset + size)]);
  }
  assert.deepStrictEqual(files.map(([name, type]) => [name, type]), [["doodled.amxd", "JSON"], ["doodled.js", "TEXT"]]);
  assert.deepStrictEqual(files[1][2], read("doodled.js"));
  assert.deepStrictEqual(JSON.parse(files[0][2]).patcher, patcher);
});

test("the script keeps to ECMAScript 5, which Max 8's js object runs", () => {
  const code = read("doodled.js").toString().replace(/\/\/.*$/gm, "").replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
  for (const modern of [/\b(let|const|class|async|await|yield|import|export)\b/, /=>/, /`/, /\.\.\./, /\bof\s+\w+\)/,
                        /\*\*/, /\?\./, /\?\?/, /\b(Map|Set|Promise|Symbol|Uint8Array|setTimeout|require)\b/,
                        /\.(includes|padStart|startsWith|endsWith|flat|flatMap|find|findIndex|fill|repeat)\((?!\))/])
    assert.doesNotMatch(code, modern);
});

test("doodled's parameters are numbered as the daemon numbers them", () => {
  const names = (text, pattern) => [...text.matchAll(pattern)].map((m) => m[1]);
  const source = fs.readFileSync(path.join(__dirname, "../../core/music/parameters.cpp"), "utf8");
  assert.deepStrictEqual(names(read("doodled.js").toString(), /^  \{name: "(\w+)"/gm), names(source, /\{P::\w+, "(\w+)"/g));
});

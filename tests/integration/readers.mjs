// Readers that others wrote: node readers.mjs midi FILE, or musicxml FILE. Prints what they find as JSON. Exit 77 where
// the packages are not installed (npm ci in server/web).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../server/web/package.json", import.meta.url));

function load(name) {
  try {
    return require(name);
  } catch (failure) {
    if (failure.code !== "MODULE_NOT_FOUND") throw failure;
    console.error(`SKIPPED: the package ${name} is not installed`);
    process.exit(77);
  }
}

function midi(file) {
  const { Midi } = load("@tonejs/midi");
  const song = new Midi(readFileSync(file));
  const tracks = song.tracks.map(track => ({
    name: track.name, channel: track.channel,
    notes: track.notes.map(note => [note.ticks, note.durationTicks, note.midi, Math.round(note.velocity * 127)]),
  }));
  const { ppq, tempos, timeSignatures, keySignatures, meta } = song.header;
  return { name: song.header.name, ppq, bpm: tempos[0]?.bpm, meter: timeSignatures[0]?.timeSignature, key: keySignatures[0],
           markers: meta.filter(event => event.type === "marker").map(event => [event.ticks, event.text]), tracks };
}

// Sounding notes: [start, duration, pitch] in divisions, ties joined.
function soundingNotes(part) {
  let barStart = 0, divisions = 1;
  const notes = [], open = new Map();
  for (const measure of part.measures) {
    divisions = measure.attributes?.divisions ?? divisions;
    let at = barStart, before = barStart, end = barStart;
    for (const entry of measure.entries) {
      if (entry.type === "attributes") divisions = entry.attributes.divisions ?? divisions;
      if (entry.type === "backup") at -= entry.duration;
      if (entry.type === "forward") at += entry.duration;
      if (entry.type === "note") {
        const start = entry.chord ? before : at;
        if (!entry.chord) { before = at; at += entry.duration; }
        const steps = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };
        if (entry.pitch) {
          const pitch = 12 * (entry.pitch.octave + 1) + steps[entry.pitch.step] + (entry.pitch.alter ?? 0);
          const ties = (entry.ties ?? (entry.tie ? [entry.tie] : [])).map(tie => tie.type);
          const key = `${entry.voice}/${pitch}`;
          let note = ties.includes("stop") ? open.get(key) : undefined;
          if (note) note[1] += entry.duration;
          else notes.push(note = [start, entry.duration, pitch]);
          if (ties.includes("start")) open.set(key, note);
          else open.delete(key);
        }
      }
      end = Math.max(end, at);
    }
    barStart = end;
  }
  return { divisions, notes };
}

function musicxml(file) {
  const { parse, validate } = load("musicxml-io");
  const score = parse(readFileSync(file, "utf8"));
  const { errors } = validate(score);
  return { title: score.metadata?.workTitle, problems: errors.map(error => error.message), parts: score.parts.map(soundingNotes), names: score.partList.map(part => part.name) };
}

const [kind, file] = process.argv.slice(2);
console.log(JSON.stringify({ midi, musicxml }[kind](file)));

// Plays a session by Live's own transport. The script only fills a coll and says where the music begins; from
// then on stock objects in the scheduler look up each tick, so that nothing the script does is ever late.
// Ticks of a coll are Max's: 480 a quarter note, half of doodled's.
//   emit("coll" | "length" | "origin" | "last" | "run" | "stop", ...)
function Player(emit, random) {
  this.emit = emit;
  this.random = random;
  this.document = null;
  this.part = 0;  // 0 all, n the nth track
  this.rows = {};  // what the coll holds: tick -> [pitch, velocity, duration, ...]
  this.lanes = {};
  this.loop = 0;
  this.running = false;
}

Player.prototype.load = function (document) {
  this.document = document;
  this.fill();
};

Player.prototype.choose_part = function (part) {
  this.part = part;
  if (this.document) this.fill();
};

Player.prototype.tracks = function () {
  var all = this.document.tracks;
  return this.part === 0 ? all : all.slice(this.part - 1, this.part);
};

// Notes that sound only sometimes are drawn anew each time. Only rows that differ are written, so that what
// plays goes on meanwhile.
Player.prototype.fill = function () {
  var rows = {}, tracks = this.tracks();
  for (var i = 0; i < tracks.length; i++) this.add_notes(rows, Notes.of_track(tracks[i]));
  for (var gone in this.rows)
    if (!rows[gone]) this.emit("coll", "remove", Number(gone));
  for (var tick in rows)
    if (String(rows[tick]) !== String(this.rows[tick]))
      this.emit.apply(null, ["coll", Number(tick)].concat(rows[tick]));
  this.rows = rows;
  this.emit("length", Math.max(1, Math.round(this.document.length / 2)));
  this.fill_lanes(tracks);
};

Player.prototype.add_notes = function (rows, notes) {
  for (var i = 0; i < notes.length; i++) {
    var note = notes[i];
    if (note.probability < 1 && this.random() >= note.probability) continue;
    var tick = Math.round(note.tick / 2);
    (rows[tick] = rows[tick] || []).push(note.pitch, note.velocity, Math.max(1, Math.round(note.duration / 2)));
  }
};

// Automation is looked up by the script: a few milliseconds more or less are not heard there.
Player.prototype.fill_lanes = function (tracks) {
  this.lanes = {};
  for (var i = 0; i < tracks.length; i++)
    for (var k = 0; k < (tracks[i].lanes || []).length; k++) {
      var lane = tracks[i].lanes[k], name = PARAMETERS[lane.p] && PARAMETERS[lane.p].name;
      if (name && !this.lanes[name]) this.lanes[name] = lane.v;
    }
};

Player.prototype.has_chances = function () {
  return this.tracks().some(function (track) { return (track.chances || []).length > 0; });
};

// Begins at the first bar line that is not before `beat` of Live's song.
Player.prototype.start = function (beat) {
  if (!this.document || this.running) return;
  this.running = true;
  this.loop = 0;
  this.begin_at(beat);
  this.emit("run", 1);
};

Player.prototype.bar = function () { return this.document.meter[0] * 4 / this.document.meter[1]; };

Player.prototype.begin_at = function (beat) {
  this.origin = Math.max(0, Math.ceil(beat / this.bar() - 1e-6)) * this.bar();
  this.emit("origin", Math.round(this.origin * 480));
  this.emit("last", -100000);  // no tick was played yet
};

Player.prototype.stop = function () {
  this.running = false;
  this.emit("run", 0);
  this.emit("stop");
};

// Called often while it runs and Live plays; `move(name, x)` gets the automation.
Player.prototype.at = function (beat, move) {
  if (!this.running) return;
  if (this.origin - beat > this.bar()) this.begin_at(beat);  // Live was sent back to before the beginning
  if (beat < this.origin) return;
  var position = (beat - this.origin) * 960, tick = position % this.document.length;
  this.turn_over(Math.floor(position / this.document.length));
  for (var name in this.lanes) {
    var value = Player.lane_value(this.lanes[name], tick);
    if (value !== null) move(name, value / 65535);
  }
};

Player.prototype.turn_over = function (loop) {
  if (loop !== this.loop && this.has_chances()) this.fill();
  this.loop = loop;
};

// The last point at or before the tick of [tick, value, ...].
Player.lane_value = function (lane, tick) {
  var low = 0, high = lane.length / 2;
  while (low < high) {
    var middle = (low + high) >> 1;
    if (lane[middle * 2] <= tick) low = middle + 1; else high = middle;
  }
  return low === 0 ? null : lane[low * 2 - 1];
};

// The idea's sixteen steps as a document of one bar: {"midi_sequence": [{step, note, velocity, active}]}.
Player.document_of_matrix = function (matrix, tempo) {
  var notes = [];
  for (var i = 0; i < matrix.midi_sequence.length; i++) {
    var step = matrix.midi_sequence[i];
    if (step.active && step.note > 0) notes.push(step.step * 240, step.note, step.velocity, 240);
  }
  return {title: "steps", tempo: tempo, meter: [4, 4], root: 0, intervals: [], length: 3840, markers: [],
          tracks: [{name: "steps", role: "lead", notes: notes}]};
};

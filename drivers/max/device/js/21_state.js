// What the box says is so: playing or not, the tempo, which session, and the last value of each parameter of
// each track. Values have 16 bits, so that both ends find the same checksum.
function State() {
  this.playing = 0;
  this.tempo = 0;     // thousandths of a beat a minute
  this.revision = 0;  // of the session document
  this.values = {};   // by track * 64 + parameter
}

State.TRACKS = 64;

State.sixteen_bits = function (value) {
  return Math.floor(Math.max(0, Math.min(1, value)) * 65535 + 0.5);
};

State.prototype.set = function (track, parameter, value) {
  if (track >= 0 && track < State.TRACKS) this.values[track * 64 + parameter] = State.sixteen_bits(value);
};

State.prototype.keys = function () {
  var keys = [];
  for (var key in this.values) keys.push(Number(key));
  return keys.sort(function (a, b) { return a - b; });
};

State.prototype.words = function () {
  var words = [this.playing, this.tempo, this.revision], keys = this.keys();
  for (var i = 0; i < keys.length; i++) words.push(keys[i] >> 6, keys[i] & 63, this.values[keys[i]]);
  return words;
};

State.prototype.crc = function () { return Crc32.of_words(this.words()); };

// A snapshot comes in up to `count` messages of one serial number; null until all are here.
function Snapshot() { this.serial = 0; }

Snapshot.prototype.add = function (serial, index, count, words) {
  if (serial !== this.serial) {
    this.serial = serial;
    this.pieces = [];
    this.missing = count;
  }
  if (this.pieces[index] || this.missing === 0) return null;
  this.pieces[index] = words;
  this.missing--;
  return this.missing === 0 ? Snapshot.state_of(Array.prototype.concat.apply([], this.pieces)) : null;
};

Snapshot.state_of = function (words) {
  var state = new State();
  state.playing = words[0];
  state.tempo = words[1];
  state.revision = words[2];
  for (var i = 3; i + 2 < words.length; i += 3) state.values[words[i] * 64 + words[i + 1]] = words[i + 2];
  return state;
};

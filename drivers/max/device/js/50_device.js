// The companion as a whole: what comes from the box, from the player and from Live meets here. Knows nothing
// of Max's outlets: `out` has one function for each direction.
//   out.link(address, ...), out.hands(address, ...)   UDP to the box
//   out.player(...), out.remote(slot, what, value)    the patch
//   out.note(pitch, velocity, milliseconds), out.cut(pitch), out.silence()
//   out.macro(number, x), out.steps(...), out.status(text), out.keep(text), out.network(...)
function Device(out, now) {
  var device = this;
  this.out = out;
  this.settings = {clock: Device.AUTO, part: 0, play: 0, tempo: 0, scale: 0};
  this.live_plays = false;
  this.now = now;
  this.told_at = -1e9;
  this.refused = 0;
  this.turned = {};  // macros since the last second: number -> sixteen bits
  this.link = new Link(out.link, now, this.link_events(), function () { return device.revision; });
  this.inbox = new Inbox(out.link, function (kind, revision, document) {
    return device.take_document(kind, revision, document);
  });
  this.player = new Player(out.player, function () { return Math.random(); });
  this.binder = new Binder(new RemotePool(out.remote), now, function (number, x) {
    device.player_moved(number, x);
  }, out.keep);
  this.revision = 0;
}

Device.TOLD = 4000;  // milliseconds
Device.AUTO = 0;
Device.BOX = 1;
Device.LIVE = 2;
Device.SESSION = 1;
Device.CLIPS = 2;

// When live.thisdevice says that the Live API is there.
Device.prototype.start = function () {
  var device = this;
  this.transport = new LiveAPI(function (args) {
    if (args[0] === "is_playing") device.live_plays = Number(args[1]) === 1;
  }, "live_set");
  this.transport.property = "is_playing";
  this.binder.scan();
  this.show();
};

Device.prototype.end = function () {
  this.player.stop();
  this.binder.end();
};

// Once a second.
Device.prototype.second = function () {
  if (this.link.connected) this.repeat_macros();
  this.link.tick();
  this.show();
};

// Twenty times a second: what must not be done from Live's notifications is done here.
Device.prototype.tick = function () {
  this.binder.tick();
  this.follow_clock();
  if (!this.player.running || !this.live_plays) return;
  var device = this;
  this.player.at(this.beat(), function (name, x) { device.binder.move(name, x); });
};

Device.prototype.on_live_clock = function () {
  if (this.settings.clock !== Device.AUTO) return this.settings.clock === Device.LIVE;
  return (this.live_plays || this.settings.play) && this.player.document !== null;
};

// The score is armed before Live plays, so that its first beat is not missed.
Device.prototype.follow_clock = function () {
  var wanted = (this.link.state.playing || this.settings.play) && this.on_live_clock();
  if (wanted && !this.player.running) this.player.start(this.beat());
  if (!wanted && this.player.running) this.player.stop();
  if (this.live_played && !this.live_plays) this.out.silence();
  this.live_played = this.live_plays;
};

Device.prototype.beat = function () { return Live.number(Live.at("live_set"), "current_song_time"); };

Device.prototype.link_events = function () {
  var device = this;
  return {
    connected: function (is) { device.connection_changed(is); },
    another_box: function () {
      device.inbox.forget();
      device.revision = 0;
    },
    refused: function (version) { device.refused = version; },
    state: function (state, former) { device.take_state(state, former); }
  };
};

// A box that has gone leaves Live's own clock playing; what it played itself ends.
Device.prototype.connection_changed = function (is) {
  if (!is && !this.player.running) this.stop_box();
  this.refused = 0;
  this.show();
};

Device.prototype.stop_box = function () {
  this.link.state.playing = 0;
  this.out.silence();
  this.binder.release(this.binder.enabled);
};

// Only what is news moves anything, so that controls at rest stay the player's.
Device.prototype.take_state = function (state, former) {
  this.set_tempo(state.tempo / 1000);
  if (!state.playing && former.playing) this.out.silence();
  var keys = state.keys();
  for (var i = 0; i < keys.length; i++)
    if (state.values[keys[i]] !== former.values[keys[i]])
      this.apply(keys[i] >> 6, keys[i] & 63, state.values[keys[i]] / 65535);
};

Device.prototype.take_document = function (kind, revision, document) {
  if (document.format !== "doodled.max" || document.version !== 1) return false;
  if (kind === Device.CLIPS) return this.write_clips(document);
  if (kind !== Device.SESSION) return false;
  this.revision = revision;
  this.load(document);
  return true;
};

Device.prototype.load = function (document) {
  this.player.load(document);
  this.out.steps(Device.first_steps(this.player.tracks()));
  this.show();
};

// Sixteen pitches, 0 for a rest: the first bar of the first part that is not drums.
Device.first_steps = function (tracks) {
  var melodic = tracks.filter(function (track) { return track.role !== "drums"; });
  var notes = Notes.of_track(melodic[0] || tracks[0] || {}), steps = [];
  for (var i = 0; i < 16; i++) steps.push(0);
  for (var k = 0; k < notes.length; k++) {
    var step = Math.floor(notes[k].tick / 240);
    if (step < 16 && steps[step] === 0) steps[step] = notes[k].pitch;
  }
  return steps;
};

Device.prototype.write_clips = function (document) {
  var options = {tempo: this.settings.tempo, meter: this.settings.tempo, scale: this.settings.scale};
  var report = Clips.write(document, options);
  this.out.link("/doodled/max/clips", report.tracks, report.scenes, report.clips, report.notes, report.lost);
  return true;
};

// The button: what is held here becomes clips.
Device.prototype.write_held = function () {
  if (this.player.document) this.write_clips(this.player.document);
};

Device.prototype.set_tempo = function (bpm) {
  if (!this.settings.tempo || !(bpm >= 20 && bpm <= 999) || bpm === this.tempo_set) return;
  this.tempo_set = bpm;
  Live.at("live_set").set("tempo", bpm);
};

Device.prototype.is_part = function (track) {
  return this.settings.part === 0 || this.settings.part === track + 1;
};

// The parameter of a track reaches the instrument of that part; with all parts here the first that moved it
// last wins, as on one synthesiser.
Device.prototype.apply = function (track, number, x) {
  if (!PARAMETERS[number]) return;
  if (number >= FIRST_MACRO) this.out.macro(number - FIRST_MACRO + 1, x);
  if (this.is_part(track) && !this.player.running) this.binder.move(PARAMETERS[number].name, x);
};

Device.prototype.player_moved = function (number, x) {
  this.out.hands("/doodled/param/" + PARAMETERS[number].name, x);
};

// A box that is connected hears it as part of the conversation, a second time a second later in case it was
// lost; any other listener gets plain OSC.
Device.prototype.turn_macro = function (number, x) {
  if (!this.link.connected) return this.out.hands("/doodled/macro/" + number, x);
  this.turned[number] = State.sixteen_bits(x);
  this.tell_macro(number);
};

Device.prototype.tell_macro = function (number) {
  this.out.link("/doodled/max/macro", this.link.nonce, number, this.turned[number]);
};

Device.prototype.repeat_macros = function () {
  for (var number in this.turned) this.tell_macro(Number(number));
  this.turned = {};
};

// A word to the player stays for a while.
Device.prototype.tell = function (text) {
  this.told_at = this.now();
  this.out.status(text);
};

Device.prototype.show = function () {
  if (this.now() - this.told_at >= Device.TOLD) this.out.status(this.describe());
};

Device.prototype.describe = function () {
  if (this.refused) return "update: the box speaks version " + this.refused;
  var words = [this.link.connected ? "connected" : "looking for the box"];
  if (this.player.document) words.push(this.player.document.title);
  words.push(this.player.running ? "in Live's time" : this.link.state.playing ? "plays" : "stopped");
  if (this.binder.device_name) words.push(this.binder.device_name);
  return words.join(" - ");
};

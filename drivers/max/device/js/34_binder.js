// doodled's parameters and the Live parameters they move: those of the instrument on this track, found by the
// tables, and those that somebody bound by hand, which are kept with the set.
//   pool, now(), taken(parameter_number, x), keep(text) for the set
function Binder(pool, now, taken, keep) {
  this.pool = pool;
  this.now = now;
  this.taken = taken;
  this.keep = keep;
  this.by_hand = {};   // parameter name -> "Track/Device/Parameter", or "" for none
  this.controls = {};  // parameter name -> [Control]
  this.device_name = "";
  this.enabled = true;
}

// Again after the device, the track or a binding changed.
Binder.prototype.scan = function () {
  this.end();
  var track = Live.own_track(), device = track && Targets.instrument_on(track);
  var found = device ? Targets.of_instrument(device) : {};
  this.device_name = device ? Live.text(device, "name") : "";
  for (var i = 0; i < PARAMETERS.length; i++) {
    var ids = this.ids_of(PARAMETERS[i].name, found, track);
    if (ids.length) this.controls[PARAMETERS[i].name] = this.make_controls(i, ids);
  }
};

Binder.prototype.ids_of = function (name, found, track) {
  var words = this.by_hand[name];
  if (words === undefined) return found[name] || [];
  var id = words === "" ? 0 : Targets.by_names(words, track);
  return id ? [id] : [];
};

Binder.prototype.make_controls = function (number, ids) {
  var controls = [], taken = this.taken;
  function report(control, x) { taken(number, x); }
  for (var i = 0; i < ids.length; i++)
    controls.push(new Control(ids[i], PARAMETERS[number], this.pool, report));
  return controls;
};

Binder.prototype.each = function (action) {
  for (var name in this.controls)
    for (var i = 0; i < this.controls[name].length; i++) action(this.controls[name][i]);
};

Binder.prototype.move = function (name, x) {
  var controls = this.enabled && this.controls[name], now = this.now();
  for (var i = 0; controls && i < controls.length; i++) controls[i].move(x, now);
};

Binder.prototype.tick = function () {
  var now = this.now();
  this.each(function (control) { control.rest(now); });
};

// All controls back to the player at once; with `enabled` off doodled moves none.
Binder.prototype.release = function (enabled) {
  this.enabled = enabled;
  this.each(function (control) { control.let_go(); });
};

// What the player took is doodled's again.
Binder.prototype.give_back = function () {
  this.each(function (control) { control.is_taken = false; });
};

// `words` as Targets.by_names takes them; "" binds to nothing, "auto" to what the table says.
Binder.prototype.bind = function (name, words) {
  if (parameter_number(name) < 0) return false;
  if (words === "auto") delete this.by_hand[name]; else this.by_hand[name] = words;
  this.keep(this.to_text());
  this.scan();
  return words === "auto" || words === "" || this.controls[name] !== undefined;
};

Binder.prototype.bind_to_touched = function (name) {
  var id = Live.children(Live.at("live_set view"), "selected_parameter")[0];
  var words = id ? Targets.words_for(id) : "";
  return words !== "" && this.bind(name, words);
};

Binder.prototype.to_text = function () { return JSON.stringify(this.by_hand); };

Binder.prototype.restore = function (text) {
  try {
    var kept = JSON.parse(text);
    for (var name in kept)
      if (parameter_number(name) >= 0 && typeof kept[name] === "string") this.by_hand[name] = kept[name];
  } catch (problem) {
    return false;
  }
  return true;
};

Binder.prototype.end = function () {
  this.each(function (control) { control.end(); });
  this.controls = {};
};

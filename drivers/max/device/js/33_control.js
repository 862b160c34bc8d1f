// One Live parameter that doodled moves. While values come, a live.remote~ of the pool holds it, smoothly and
// without undo steps; after a second of rest it is given back, so that knobs, automation and Push reach it.
// When somebody else moves it then, it is the player's, and doodled leaves it alone until it is given back.
//   pool: attach(control) -> slot or -1, detach(slot), send(slot, value)
//   taken(control, x)   the player moved it to x of 0..1; never calls into Live
function Control(id, parameter, pool, taken) {
  var live = Live.by_id(id);
  this.id = id;
  this.pool = pool;
  this.minimum = Live.number(live, "min");
  this.maximum = Live.number(live, "max");
  this.points = parameter.unit ? this.measure(live, parameter) : null;
  this.parameter = parameter;
  this.slot = -1;
  this.moved_at = 0;
  this.sent = Live.number(live, "value");  // or what it stood at before
  this.is_taken = false;
  this.watch(taken);
}

Control.REST = 1000;      // milliseconds
Control.TOLERANCE = 1e-3;  // of the range: less is the rounding of Live itself

Control.prototype.measure = function (live, parameter) {
  function show(value) { return [].concat(live.call("str_for_value", value)).join(" "); }
  return Curve.measure(show, this.minimum, this.maximum, parameter.unit);
};

// The value as it is, what live.remote~ moves and what we set ourselves are told as well.
Control.prototype.watch = function (taken) {
  var control = this;
  this.observer = new LiveAPI(function (args) {
    if (args[0] !== "value" || control.slot >= 0 || control.is_known(Number(args[1]))) return;
    control.is_taken = true;
    taken(control, control.place_of(Number(args[1])));
  }, "id " + this.id);
  this.observer.property = "value";
};

Control.prototype.is_known = function (value) {
  return Math.abs(value - this.sent) <= Control.TOLERANCE * (this.maximum - this.minimum);
};

// In the parameter's own range.
Control.prototype.value_for = function (x) {
  if (this.points) x = Curve.place(this.points, parameter_in_unit(this.parameter, x));
  return this.minimum + x * (this.maximum - this.minimum);
};

// The player's value as doodled's 0..1.
Control.prototype.place_of = function (value) {
  var x = (value - this.minimum) / (this.maximum - this.minimum);
  if (!this.points) return x;
  var low = 0, high = 1;
  for (var i = 0; i < 24; i++) {
    var middle = (low + high) / 2;
    if (this.value_for(middle) < value) low = middle; else high = middle;
  }
  return (low + high) / 2;
};

Control.prototype.move = function (x, now) {
  if (this.is_taken) return;
  this.sent = this.value_for(x);
  this.moved_at = now;
  if (this.slot < 0) this.slot = this.pool.attach(this);
  if (this.slot >= 0) this.pool.send(this.slot, this.sent);
  else Live.by_id(this.id).set("value", this.sent);
};

Control.prototype.rest = function (now) {
  if (this.slot >= 0 && now - this.moved_at >= Control.REST) this.let_go();
};

// The value stays where it was sent.
Control.prototype.let_go = function () {
  if (this.slot < 0) return;
  this.pool.detach(this.slot);
  Live.by_id(this.id).set("value", this.sent);
  this.slot = -1;
};

Control.prototype.end = function () {
  this.let_go();
  this.observer.property = "";
};

// The sixteen live.remote~ of the patch.
//   emit(slot, "id" or "value", number)
function RemotePool(emit) {
  this.emit = emit;
  this.held = [];
}

RemotePool.SIZE = 16;

RemotePool.prototype.attach = function (control) {
  for (var slot = 0; slot < RemotePool.SIZE; slot++) {
    if (this.held[slot]) continue;
    this.held[slot] = control;
    this.emit(slot, "id", control.id);
    return slot;
  }
  return -1;
};

RemotePool.prototype.send = function (slot, value) { this.emit(slot, "value", value); };

RemotePool.prototype.detach = function (slot) {
  this.held[slot] = null;
  this.emit(slot, "id", 0);
};

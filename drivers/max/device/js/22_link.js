// The conversation with the box: who is there, is it still there, does it hold the same as we do.
//   send(address, ...numbers), now() in milliseconds
//   events: connected(is_connected), state(State, former State), parameter(track, number, value), refused(version)
function Link(send, now, events, held) {
  this.send = send;
  this.now = now;
  this.events = events;
  this.held = held;  // revision of the session document that is here
  this.state = new State();
  this.snapshot = new Snapshot();
  this.nonce = 1 + Math.floor(Math.random() * 0x7ffffffe);
  this.port = 9000;
  this.epoch = 0;
  this.heard = -1e9;
  this.differed = 0;
  this.connected = false;
}

Link.VERSION = 1;
Link.FEATURES = 15;  // 1 clips, 2 Live's clock, 4 bindings, 8 hands back
Link.SILENCE = 3500;
Link.WANT_STATE = 1;
Link.WANT_SESSION = 2;

// Once a second.
Link.prototype.tick = function () {
  if (this.connected && this.now() - this.heard > Link.SILENCE) this.lose();
  if (this.connected) this.send("/doodled/max/alive", this.nonce, this.held(), this.state.crc());
  else this.send("/doodled/max/hello", Link.VERSION, Link.FEATURES, this.nonce, this.port);
};

Link.prototype.lose = function () {
  this.connected = false;
  this.events.connected(false);
};

Link.prototype.welcome = function (version, features, nonce, epoch) {
  if (nonce !== this.nonce) return;
  if (version !== Link.VERSION) return this.events.refused(version);
  this.heard = this.now();
  if (this.epoch !== epoch) this.events.another_box();
  this.epoch = epoch;
  this.differed = 0;
  if (!this.connected) {
    this.connected = true;
    this.events.connected(true);
  }
};

// One difference may be a message under way; two in a row are a loss.
Link.prototype.alive = function (epoch, revision, crc) {
  if (epoch !== this.epoch) return this.connected ? this.lose() : undefined;
  if (!this.connected) return;
  this.heard = this.now();
  this.differed = this.state.crc() === crc ? 0 : this.differed + 1;
  if (this.differed >= 2) this.send("/doodled/max/want", this.nonce, Link.WANT_STATE);
  if (this.held() !== revision) this.send("/doodled/max/want", this.nonce, Link.WANT_SESSION);
};

Link.prototype.state_part = function (epoch, serial, index, count, words) {
  if (epoch !== this.epoch) return;
  var state = this.snapshot.add(serial, index, count, words);
  if (!state) return;
  var former = this.state;
  this.state = state;
  this.differed = 0;
  this.events.state(state, former);
};

Link.prototype.bye = function (epoch) {
  if (epoch === this.epoch && this.connected) this.lose();
};

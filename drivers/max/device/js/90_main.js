// The js object of the patch. Written for Max 8's engine (ECMAScript 5), which Max 9 runs as well; it runs in
// the low-priority thread, where the Live API may be used.
autowatch = 0;
inlets = 1;
outlets = 9;
setinletassist(0, "OSC from the box, and the device's own controls");

var OUT = {LINK: 0, HANDS: 1, PLAYER: 2, REMOTE: 3, NOTES: 4, FACE: 5, STEPS: 6, NETWORK: 7, KEEP: 8};

function send_to(number) {
  return function () { outlet(number, Array.prototype.slice.call(arguments)); };
}

function show_steps(pitches) {
  outlet(OUT.STEPS, ["pitch", 1].concat(pitches));
  outlet(OUT.STEPS, ["velocity", 1].concat(pitches.map(function (pitch) { return pitch ? 100 : 0; })));
}

var device = new Device({
  link: send_to(OUT.LINK),
  hands: send_to(OUT.HANDS),
  player: send_to(OUT.PLAYER),
  remote: send_to(OUT.REMOTE),
  note: function (pitch, velocity, duration) { outlet(OUT.NOTES, ["note", pitch, velocity, duration]); },
  cut: function (pitch) { outlet(OUT.NOTES, ["cut", pitch, 0]); },
  silence: function () { outlet(OUT.NOTES, ["silence"]); },
  macro: function (number, x) { outlet(OUT.FACE, ["macro", number, x]); },
  status: function (text) { outlet(OUT.FACE, ["status", text]); },
  steps: show_steps,
  network: send_to(OUT.NETWORK),
  keep: function (text) { outlet(OUT.KEEP, text); }
}, function () { return new Date().getTime(); });

var started = false;
var each_second = new Task(function () { device.second(); });
var each_tick = new Task(function () { device.tick(); });
each_second.interval = 1000;
each_tick.interval = 50;

// From live.thisdevice, again whenever the device is moved.
function bang() {
  if (started) return device.binder.scan();
  started = true;
  device.start();
  each_second.repeat();
  each_tick.repeat();
}

function anything() {
  var args = arrayfromargs(arguments);
  if (!started && messagename.charAt(0) === "/") return;
  if (!Messages.take(device, messagename, args) && !Controls.take(device, messagename, args, started))
    if (messagename.indexOf("/doodled/") === 0) post("doodled: nothing known of " + messagename + "\n");
}

function notifydeleted() {
  each_second.cancel();
  each_tick.cancel();
  if (started) device.end();
}

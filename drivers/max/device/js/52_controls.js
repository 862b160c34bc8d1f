// What the player does on the device itself.
var Controls = (function () {
  var words = {
    host: function (d, a) { d.out.network("host", a.join(".")); },
    reply: function (d, a) { d.out.network("reply", Math.round(a[0])); },
    input: function (d, a) { d.out.network("input", Math.round(a[0])); },
    listen: function (d, a) {
      d.link.port = Math.round(a[0]);
      d.out.network("listen", d.link.port);
    },
    clock: function (d, a) { d.settings.clock = a[0]; },
    part: choose_part,
    play: play,
    tempo: function (d, a) { d.settings.tempo = a[0]; },
    scale: function (d, a) { d.settings.scale = a[0]; },
    macro: function (d, a) { d.turn_macro(a[0], a[1]); },
    move: function (d, a) { d.binder.release(a[0] !== 0); },
    give_back: function (d) { d.binder.give_back(); },
    write: function (d) { d.write_held(); },
    scan: function (d) { d.binder.scan(); d.show(); },
    learn: learn,
    bindings: function (d, a) { d.binder.restore(a.join(" ")); },
    panic: panic
  };

  function choose_part(device, a) {
    device.settings.part = a[0];
    device.player.choose_part(a[0]);
    device.out.silence();
  }

  // Live's transport is started for it, since there is nothing to be in time with otherwise.
  function play(device, a) {
    device.settings.play = a[0];
    if (a[0] && !device.live_plays) Live.at("live_set").call("start_playing");
  }

  function learn(device, a) {
    var name = PARAMETERS[a[0]].name, bound = device.binder.bind_to_touched(name);
    device.tell(bound ? name + " bound to " + device.binder.by_hand[name]
                      : "touch a parameter in Live first, then learn");
  }

  function panic(device) {
    device.player.stop();
    device.settings.play = 0;
    device.out.silence();
    device.binder.release(device.binder.enabled);
    if (device.link.connected) device.out.link("/doodled/max/panic", device.link.nonce);
    else device.out.hands("/doodled/panic", 1);
  }

  // What a set may say while it opens, before Live is there.
  var SETTINGS = ["host", "reply", "input", "listen", "clock", "part", "tempo", "scale", "move", "bindings"];

  // False for a word that is not ours.
  function take(device, word, args, started) {
    if (!words[word]) return false;
    if (!started && SETTINGS.indexOf(word) < 0) return true;
    words[word](device, args);
    return true;
  }

  return {take: take};
})();

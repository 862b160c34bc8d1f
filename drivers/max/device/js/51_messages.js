// OSC addresses to what they do. Arguments come as udpreceive gives them: numbers, and one symbol for text.
var Messages = (function () {
  var PARAM = "/doodled/param/";

  var addresses = {
    "/doodled/max/welcome": function (d, a) { d.link.welcome(a[0], a[1], a[2], a[3]); },
    "/doodled/max/alive": function (d, a) { d.link.alive(a[0], a[1], a[2]); },
    "/doodled/max/bye": function (d, a) { d.link.bye(a[0]); },
    "/doodled/max/begin": function (d, a) { d.inbox.begin(a[0], a[1], a[2], a[3], a[4], a[5]); },
    "/doodled/max/part": function (d, a) { d.inbox.part(a[0], a[1], a[2], a.slice(3)); },
    "/doodled/max/state": function (d, a) { d.link.state_part(a[0], a[1], a[2], a[3], a.slice(4)); },
    "/doodled/note": note,
    "/doodled/transport": transport,
    "/doodled/session": function (d) { d.link.state.values = {}; },
    "/doodled/bind": function (d, a) { d.binder.bind(String(a[0]), String(a[1])); },
    "/doodled/release": function (d) { d.binder.give_back(); },
    "/live/synth/cutoff": function (d, a) { alone(d, "cutoff", a[0]); },
    "/live/synth/resonance": function (d, a) { alone(d, "resonance", a[0]); },
    "/live/seq/matrix": matrix
  };

  function note(device, a) {
    if (device.on_live_clock() || !device.is_part(a[1])) return;
    if (a[3] === 0) return device.out.cut(a[2]);
    var tempo = device.link.state.tempo || 120000;
    device.out.note(a[2], a[3], a[4] * 60000000 / (tempo * 960));
  }

  function transport(device, a) {
    device.link.state.playing = a[0] ? 1 : 0;
    device.link.state.tempo = Math.round(a[2] * 1000);
    device.set_tempo(a[2]);
    if (a[0]) return;
    device.out.silence();
    device.binder.release(device.binder.enabled);
  }

  function parameter(device, name, a) {
    var number = parameter_number(name);
    if (number < 0) return;
    device.link.state.set(a[1], number, a[2]);
    device.apply(a[1], number, a[2]);
  }

  // The idea's addresses name no track. A box that is connected says the same in its own words as well.
  function alone(device, name, x) {
    if (!device.link.connected) device.binder.move(name, x);
  }

  function matrix(device, a) {
    if (device.link.connected) return;
    try {
      var tempo = device.link.state.tempo / 1000 || 120;
      device.load(Player.document_of_matrix(JSON.parse(a.join(" ")), tempo));
    } catch (problem) {
      device.tell("/live/seq/matrix: not understood");
    }
  }

  // False for an address that is not ours.
  function take(device, address, args) {
    if (address.indexOf(PARAM) === 0) parameter(device, address.slice(PARAM.length), args);
    else if (addresses[address]) addresses[address](device, args);
    else return false;
    return true;
  }

  return {take: take};
})();

// Where a Live parameter has to stand for a value in hertz or milliseconds. A parameter's value is linear in
// the travel of its control, not in its unit, so what Live shows for 65 places of the travel is asked for
// once and turned around. No curve (null) where what it shows is not a rising number of that unit.
var Curve = (function () {
  var FACTORS = {hz: ["Hz", 1], khz: ["Hz", 1000], ms: ["ms", 1], s: ["ms", 1000], us: ["ms", 0.001],
                 min: ["ms", 60000]};
  var PLACES = 64;

  // "1.20 kHz", "12,5 ms", "350 Hz" -> the number in `unit`, or null.
  function shown_value(text, unit) {
    var parts = /^\s*(-?[0-9]+(?:[.,][0-9]+)?)\s*([a-zA-Z\u00b5]+)/.exec(String(text));
    var factor = parts && FACTORS[parts[2].toLowerCase().replace("\u00b5", "u")];
    if (!factor || factor[0] !== unit) return null;
    return Number(parts[1].replace(",", ".")) * factor[1];
  }

  // `show(value)` is Live's str_for_value.
  function measure(show, minimum, maximum, unit) {
    var points = [];
    for (var i = 0; i <= PLACES; i++) {
      var shown = shown_value(show(minimum + (maximum - minimum) * i / PLACES), unit);
      if (shown === null || (i > 0 && shown < points[i - 1])) return null;
      points.push(shown);
    }
    return points[0] < points[PLACES] ? points : null;
  }

  // 0..1 of the travel.
  function place(points, value) {
    if (value <= points[0]) return 0;
    for (var i = 1; i < points.length; i++)
      if (value <= points[i]) return (i - 1 + between(points[i - 1], points[i], value)) / (points.length - 1);
    return 1;
  }

  // Such scales are even in octaves rather than in units.
  function between(low, high, value) {
    if (low <= 0) return (value - low) / (high - low);
    return Math.log(value / low) / Math.log(high / low);
  }

  return {shown_value: shown_value, measure: measure, place: place};
})();

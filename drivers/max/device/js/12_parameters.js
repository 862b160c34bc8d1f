// doodled's parameters in the order of their numbers on the wire, each with what 0 and 1 stand for where a
// unit is known. A test holds this list to core/music/parameters.cpp.
var PARAMETERS = [
  {name: "cutoff", unit: "Hz", minimum: 20, maximum: 20000, law: "logarithmic"},
  {name: "resonance"},
  {name: "attack", unit: "ms", minimum: 1, maximum: 20000, law: "logarithmic"},
  {name: "decay", unit: "ms", minimum: 1, maximum: 20000, law: "logarithmic"},
  {name: "sustain"},
  {name: "release", unit: "ms", minimum: 1, maximum: 20000, law: "logarithmic"},
  {name: "drive"},
  {name: "noise"},
  {name: "detune"},
  {name: "wave_mix"},
  {name: "reverb"},
  {name: "delay"},
  {name: "lfo_rate", unit: "Hz", minimum: 0.01, maximum: 100, law: "logarithmic"},
  {name: "lfo_depth"},
  {name: "pitch"},
  {name: "level"},
  {name: "pan"},
  {name: "macro_1"},
  {name: "macro_2"},
  {name: "macro_3"},
  {name: "macro_4"},
  {name: "macro_5"},
  {name: "macro_6"},
  {name: "macro_7"},
  {name: "macro_8"},
  {name: "macro_9"}
];

var FIRST_MACRO = 17;

function parameter_number(name) {
  for (var i = 0; i < PARAMETERS.length; i++)
    if (PARAMETERS[i].name === name) return i;
  return -1;
}

// In the parameter's unit.
function parameter_in_unit(parameter, x) {
  return parameter.minimum * Math.pow(parameter.maximum / parameter.minimum, x);
}

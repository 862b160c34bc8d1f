#include "answers.hpp"

namespace doodled::llm {
namespace {

const char* const patch =
    R"({"oscillators": [{"wave": "saw", "detune": 7, "octave": 0, "level": 80}, {"wave": "sine", "detune": 0, "octave": -1, "level": 60}],
  "filter": {"type": "lowpass", "cutoff_hz": 1200, "resonance": 40}, "envelope": {"attack_ms": 5, "decay_ms": 120, "sustain": 60, "release_ms": 300},
  "drive": 10, "noise": 0, "reverb": 25, "delay": 5})";

const char* const voice =
    R"({"notes": [60, 1, 0, 63, 65, 0, 67, 1, 1, 0, 70, 0, 72, 0, 67, 1], "velocities": [110, 70, 90, 60]})";

Json head(const char* rule) {
  return {
      {"seen", "A jagged line over a circle: a plucked saw."},
      {"title", "Over the circle"},
      {"evidence", Json::array({{{"seen", "jagged line"}, {"box", {100, 200, 900, 450}}, {"rule", rule}}})},
      {"key", {{"tonic", "C"}, {"scale", "minor"}}},
      {"bpm", 112}};
}

Json lfo() {
  Json samples = Json::array();
  for (int i = 0; i < 64; ++i) samples.push_back(i * 3 - 94);
  return {{"samples", samples}, {"cycle", 16}, {"destination", "cutoff"}, {"depth", 50}};
}

Json pad() {
  return {{"patch", Json::parse(patch)},
          {"chords", {{{"root", "C"}, {"quality", "minor"}}, {{"root", "Ab"}, {"quality", "maj7"}}}}};
}

Json drawing(const char* rule) {
  Json json = head(rule);
  json["patch"] = Json::parse(patch);
  json["lfos"] = Json::array({lfo()});
  json["modulation"] = Json::array({{{"source", "lfo_1"}, {"destination", "cutoff"}, {"depth", 30}}});
  json["voices"] = Json::array({Json::parse(voice)});
  return json;
}

Json photo() {
  Json json = head("luminance-cutoff");
  json["pad"] = pad();
  json["lead"] = Json::parse(voice);
  json["lead"]["patch"] = Json::parse(patch);
  json["texture"] = {{"noise", 30}, {"destination", "cutoff"}, {"rate", 50}, {"depth", 40}};
  json["cells"] = {0, 10, 20, 30, 40, 50, 60, 70, 80};
  return json;
}

Json macros() {
  Json json = drawing("cell-macro");
  json.erase("lfos");
  json.erase("modulation");
  json["macros"] = Json::array();
  for (int i = 1; i <= 9; ++i)
    json["macros"].push_back({{"name", "part " + std::to_string(i)}, {"value", i * 10}});
  return json;
}

}  // namespace

Json answer_for(std::string_view mode) {
  if (mode == "photo") return photo();
  if (mode == "macros") return macros();
  Json json = drawing(mode == "lfo" ? "line-lfo" : "shape-rhythm");
  if (mode == "lfo") json.erase("modulation");
  if (mode != "auto") return json;
  json["kind"] = "drawing";
  json["pad"] = pad();
  json["cells"] = {0, 10, 20, 30, 40, 50, 60, 70, 80};
  return json;
}

}  // namespace doodled::llm

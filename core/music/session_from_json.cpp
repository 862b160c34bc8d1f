#include <nlohmann/json.hpp>

#include "core/music/session.hpp"

namespace doodled {
namespace {

// Throws Json::exception or ErrorException; session_from_json() turns both into an Error.

[[noreturn]] void refuse(const Json& value, std::string_view what) {
  throw ErrorException({"invalid_session", to_text(value) + " is not " + std::string(what), {}});
}

template <class T>
T require(const std::optional<T>& found, const Json& value, std::string_view what) {
  if (!found) refuse(value, what);
  return *found;
}

std::string text_or(const Json& object, const char* key, std::string fallback = {}) {
  return object.contains(key) ? object.at(key).get<std::string>() : std::move(fallback);
}

double number_or(const Json& object, const char* key, double fallback) {
  return object.contains(key) ? object.at(key).get<double>() : fallback;
}

int whole(const Json& value, int minimum, int maximum) {
  if (!value.is_number_integer()) refuse(value, "a whole number");
  const auto number = value.get<std::int64_t>();
  if (number < minimum || number > maximum)
    refuse(value, "between " + std::to_string(minimum) + " and " + std::to_string(maximum));
  return static_cast<int>(number);
}

Tick tick(const Json& value) {
  if (!value.is_number_integer() || value.get<std::int64_t>() < 0) refuse(value, "a number of ticks");
  return value.get<Tick>();
}

template <class T>
std::vector<T> list(const Json& object, const char* key, T (*read)(const Json&)) {
  std::vector<T> values;
  const auto found = object.find(key);
  if (found == object.end()) return values;
  values.reserve(found->size());
  for (const auto& item : *found) values.push_back(read(item));
  return values;
}

Parameter parameter(const Json& value) {
  return require(parameter_from_name(value.get<std::string>()), value, "a parameter");
}

Point point(const Json& json) { return {json.at(0).get<double>(), json.at(1).get<double>()}; }

Box box(const Json& json) {
  return {json.at(0).get<double>(), json.at(1).get<double>(), json.at(2).get<double>(),
          json.at(3).get<double>()};
}

Meter meter(const Json& json) {
  return {whole(json.at("numerator"), 1, 32), whole(json.at("denominator"), 1, 32)};
}

// Ascending semitones of one octave, the first 0.
std::vector<int> intervals(const Json& json) {
  std::vector<int> values;
  for (const auto& item : json) {
    const int value = whole(item, 0, 11);
    if (values.empty() ? value != 0 : value <= values.back())
      refuse(json, "a scale: semitones 0 to 11, ascending from 0");
    values.push_back(value);
  }
  return values;
}

Key key(const Json& json) {
  const auto tonic =
      require(pitch_class_from_name(json.at("tonic").get<std::string>()), json.at("tonic"), "a tonic");
  const auto name = json.at("scale").get<std::string>();
  if (json.contains("intervals")) return {tonic, name, intervals(json.at("intervals"))};
  const Scale* scale = find_scale(name);
  if (!scale) refuse(json.at("scale"), "a scale");
  return {tonic, std::string(scale->name), {}};
}

Tuning tuning(const Json& json) {
  return {text_or(json, "name"), json.at("cents").get<std::vector<double>>(),
          json.contains("root") ? whole(json.at("root"), 0, 127) : 60};
}

Oscillator oscillator(const Json& json) {
  return {require(wave_from(json.at("wave").get<std::string>()), json.at("wave"), "a wave"),
          number_or(json, "detune_cents", 0), number_or(json, "level", 1),
          json.contains("octave") ? whole(json.at("octave"), -3, 3) : 0};
}

Filter filter(const Json& json) {
  return {require(filter_type_from(json.at("type").get<std::string>()), json.at("type"), "a filter type"),
          json.at("cutoff_hz").get<double>(), json.at("resonance").get<double>()};
}

Envelope envelope(const Json& json) {
  return {json.at("attack_ms").get<double>(), json.at("decay_ms").get<double>(),
          json.at("sustain").get<double>(), json.at("release_ms").get<double>()};
}

Modulation modulation(const Json& json) {
  return {json.at("source").get<std::string>(), parameter(json.at("destination")),
          json.at("depth").get<double>()};
}

Patch patch(const Json& json) {
  return {text_or(json, "name"),
          list(json, "oscillators", oscillator),
          number_or(json, "noise", 0),
          filter(json.at("filter")),
          envelope(json.at("envelope")),
          number_or(json, "drive", 0),
          number_or(json, "reverb", 0),
          number_or(json, "delay", 0),
          list(json, "modulation", modulation)};
}

ExpressionPoint expression_point(const Json& json) {
  return {json.at(0).get<double>(), json.at(1).get<double>()};
}

std::vector<Expression> expression(const Json& json) {
  std::vector<Expression> curves;
  for (const auto dimension : {Dimension::bend, Dimension::pressure, Dimension::timbre}) {
    const std::string name(to_string(dimension));
    if (json.contains(name)) curves.push_back({dimension, list(json, name.c_str(), expression_point)});
  }
  return curves;
}

Note note(const Json& json) {
  Note result{tick(json.at("start")), tick(json.at("duration")), whole(json.at("pitch"), 0, 127),
              whole(json.at("velocity"), 1, 127)};
  if (json.size() == 4) return result;  // as nearly all of them are
  result.probability = number_or(json, "probability", 1);
  result.ratchet = json.contains("ratchet") ? whole(json.at("ratchet"), 1, most_ratchets) : 1;
  result.nudge = json.contains("nudge") ? whole(json.at("nudge"), -most_nudge, most_nudge) : 0;
  result.tied = json.value("tied", false);
  if (json.contains("expression")) result.expression = expression(json.at("expression"));
  return result;
}

AutomationPoint automation_point(const Json& json) {
  return {tick(json.at("tick")), json.at("value").get<double>()};
}

Interpolation interpolation(const Json& json) {
  return require(interpolation_from(text_or(json, "interpolation", "linear")), json, "an interpolation");
}

Automation automation(const Json& json) {
  return {parameter(json.at("parameter")), interpolation(json), list(json, "points", automation_point)};
}

Pattern pattern(const Json& json) {
  return {json.at("id").get<std::string>(), tick(json.at("length")), list(json, "notes", note),
          list(json, "automation", automation)};
}

Pad pad(const Json& json) {
  return {json.at("pad").get<std::string>(), json.at("role").get<std::string>(),
          whole(json.at("pitch"), 0, 127)};
}

Track track(const Json& json) {
  Track result{json.at("id").get<std::string>(),
               text_or(json, "name", json.at("id").get<std::string>()),
               require(role_from(json.at("role").get<std::string>()), json.at("role"), "a role"),
               whole(json.at("channel"), 1, 16),
               std::nullopt,
               list(json, "pads", pad),
               list(json, "patterns", pattern)};
  if (json.contains("patch")) result.patch = patch(json.at("patch"));
  return result;
}

LfoShape lfo(const Json& json) {
  return {json.at("id").get<std::string>(),
          text_or(json, "name"),
          json.at("samples").get<std::vector<double>>(),
          tick(json.at("cycle")),
          json.at("track").get<std::string>(),
          parameter(json.at("parameter")),
          json.at("depth").get<double>(),
          number_or(json, "seconds", 0),
          interpolation(json),
          json.value("unipolar", false)};
}

MacroTarget macro_target(const Json& json) {
  return {json.at("track").get<std::string>(), parameter(json.at("parameter")),
          json.at("amount").get<double>()};
}

Macro macro(const Json& json) {
  Macro result{json.at("id").get<std::string>(), json.at("name").get<std::string>(),
               text_or(json, "group"),           json.contains("cell") ? whole(json.at("cell"), 0, 9) : 0,
               json.at("value").get<double>(),   std::nullopt,
               text_or(json, "track"),           list(json, "targets", macro_target)};
  if (json.contains("cc")) result.cc = whole(json.at("cc"), 0, 119);
  return result;
}

SectionPart section_part(const Json& json) {
  return {json.at("track").get<std::string>(), json.at("pattern").get<std::string>()};
}

ChordMark chord_mark(const Json& json) {
  return {tick(json.at("tick")), json.at("symbol").get<std::string>()};
}

Section section(const Json& json) {
  return {json.at("name").get<std::string>(), whole(json.at("bars"), 1, 4096),
          list(json, "parts", section_part), list(json, "chords", chord_mark)};
}

Evidence evidence(const Json& json) {
  Evidence result{json.at("pointer").get<std::string>(), std::nullopt, list(json, "polygon", point),
                  text_or(json, "reading"), text_or(json, "rule")};
  if (json.contains("box")) result.box = box(json.at("box"));
  return result;
}

std::vector<std::string> texts(const Json& object, const char* key) {
  return object.value(key, std::vector<std::string>{});
}

Provenance provenance(const Json& json) {
  return {text_or(json, "interpreter"), text_or(json, "interpreter_version"), text_or(json, "image_sha256"),
          texts(json, "transforms"), text_or(json, "parent")};
}

Session read_session(const Json& json) {
  Session session;
  session.title = json.at("title").get<std::string>();
  session.mode = json.at("mode").get<std::string>();
  session.seed = json.at("seed").get<std::uint64_t>();
  session.tempo_bpm = json.at("tempo_bpm").get<double>();
  session.meter = meter(json.at("meter"));
  session.key = key(json.at("key"));
  session.swing = number_or(json, "swing", 50);
  if (json.contains("tuning")) session.tuning = tuning(json.at("tuning"));
  session.tracks = list(json, "tracks", track);
  session.lfos = list(json, "lfos", lfo);
  session.macros = list(json, "macros", macro);
  session.arrangement = list(json, "arrangement", section);
  session.evidence = list(json, "evidence", evidence);
  session.locks = texts(json, "locks");
  if (json.contains("provenance")) session.provenance = provenance(json.at("provenance"));
  return session;
}

}  // namespace

Result<Session> session_from_json(const Json& document) {
  try {
    return read_session(document);
  } catch (const Json::exception& failure) {
    return Error{"invalid_session", failure.what()};
  } catch (const ErrorException& failure) {
    return failure.error();
  }
}

}  // namespace doodled

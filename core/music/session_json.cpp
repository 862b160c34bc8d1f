#include <nlohmann/json.hpp>

#include "core/base/enum_names.hpp"
#include "core/music/session.hpp"

namespace doodled {
namespace {

constexpr EnumNames<Wave, 6> waves{{"sine", "triangle", "saw", "square", "noise", "wavetable"}};
constexpr EnumNames<FilterType, 4> filter_types{{"lowpass", "highpass", "bandpass", "notch"}};
constexpr EnumNames<Role, 7> roles{{"lead", "bass", "pad", "chords", "drums", "texture", "arpeggio"}};
constexpr EnumNames<Interpolation, 2> interpolations{{"linear", "step"}};

template <class T>
Json list_to_json(const std::vector<T>& values);

Json to_json(const Meter& meter) {
  return {{"numerator", meter.numerator}, {"denominator", meter.denominator}};
}
Json to_json(const Key& key) { return {{"tonic", pitch_class_name(key.tonic)}, {"scale", key.scale}}; }
Json to_json(const Box& box) { return Json::array({box.x, box.y, box.width, box.height}); }
Json to_json(const Point& point) { return Json::array({point.x, point.y}); }

Json to_json(const Oscillator& o) {
  return {{"wave", to_string(o.wave)},
          {"detune_cents", o.detune_cents},
          {"level", o.level},
          {"octave", o.octave}};
}

Json to_json(const Modulation& m) {
  return {{"source", m.source}, {"destination", info(m.destination).name}, {"depth", m.depth}};
}

Json to_json(const Filter& f) {
  return {{"type", to_string(f.type)}, {"cutoff_hz", f.cutoff_hz}, {"resonance", f.resonance}};
}

Json to_json(const Envelope& e) {
  return {{"attack_ms", e.attack_ms},
          {"decay_ms", e.decay_ms},
          {"sustain", e.sustain},
          {"release_ms", e.release_ms}};
}

Json to_json(const Patch& p) {
  return {{"name", p.name},
          {"oscillators", list_to_json(p.oscillators)},
          {"noise", p.noise},
          {"filter", to_json(p.filter)},
          {"envelope", to_json(p.envelope)},
          {"drive", p.drive},
          {"reverb", p.reverb},
          {"delay", p.delay},
          {"modulation", list_to_json(p.modulation)}};
}

Json to_json(const Note& n) {
  return {{"start", n.start}, {"duration", n.duration}, {"pitch", n.pitch}, {"velocity", n.velocity}};
}

Json to_json(const AutomationPoint& p) { return {{"tick", p.tick}, {"value", p.value}}; }

Json to_json(const Automation& a) {
  return {{"parameter", info(a.parameter).name},
          {"interpolation", interpolations.name(a.interpolation)},
          {"points", list_to_json(a.points)}};
}

Json to_json(const Pattern& p) {
  return {{"id", p.id},
          {"length", p.length},
          {"notes", list_to_json(p.notes)},
          {"automation", list_to_json(p.automation)}};
}

Json to_json(const Pad& p) { return {{"pad", p.pad}, {"role", p.role}, {"pitch", p.pitch}}; }

Json to_json(const Track& t) {
  Json json{{"id", t.id},
            {"name", t.name},
            {"role", to_string(t.role)},
            {"channel", t.channel},
            {"patterns", list_to_json(t.patterns)}};
  if (t.patch) json["patch"] = to_json(*t.patch);
  if (!t.pads.empty()) json["pads"] = list_to_json(t.pads);
  return json;
}

Json to_json(const LfoShape& l) {
  return {{"id", l.id},       {"name", l.name},   {"samples", l.samples},
          {"cycle", l.cycle}, {"track", l.track}, {"parameter", info(l.parameter).name},
          {"depth", l.depth}};
}

Json to_json(const MacroTarget& t) {
  return {{"track", t.track}, {"parameter", info(t.parameter).name}, {"amount", t.amount}};
}

Json to_json(const Macro& m) {
  Json json{{"id", m.id},     {"name", m.name},   {"group", m.group},
            {"cell", m.cell}, {"value", m.value}, {"targets", list_to_json(m.targets)}};
  if (m.cc) json["cc"] = *m.cc;
  if (!m.track.empty()) json["track"] = m.track;
  return json;
}

Json to_json(const SectionPart& p) { return {{"track", p.track}, {"pattern", p.pattern}}; }
Json to_json(const Section& s) {
  return {{"name", s.name}, {"bars", s.bars}, {"parts", list_to_json(s.parts)}};
}

Json to_json(const Evidence& e) {
  Json json{{"pointer", e.pointer}, {"reading", e.reading}, {"rule", e.rule}};
  if (e.box) json["box"] = to_json(*e.box);
  if (!e.polygon.empty()) json["polygon"] = list_to_json(e.polygon);
  return json;
}

Json to_json(const Provenance& p) {
  return {{"interpreter", p.interpreter},
          {"interpreter_version", p.interpreter_version},
          {"image_sha256", p.image_sha256},
          {"transforms", p.transforms}};
}

template <class T>
Json list_to_json(const std::vector<T>& values) {
  Json list = Json::array();
  for (const auto& value : values) list.push_back(to_json(value));
  return list;
}

// Reading. Throws Json::exception or ErrorException; session_from_json() turns both into an Error.

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
  if (!object.contains(key)) return values;
  for (const auto& item : object.at(key)) values.push_back(read(item));
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

Key key(const Json& json) {
  const Scale* scale = find_scale(json.at("scale").get<std::string>());
  if (!scale) refuse(json.at("scale"), "a scale");
  return {require(pitch_class_from_name(json.at("tonic").get<std::string>()), json.at("tonic"), "a tonic"),
          std::string(scale->name)};
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

Note note(const Json& json) {
  return {tick(json.at("start")), tick(json.at("duration")), whole(json.at("pitch"), 0, 127),
          whole(json.at("velocity"), 1, 127)};
}

AutomationPoint automation_point(const Json& json) {
  return {tick(json.at("tick")), json.at("value").get<double>()};
}

Automation automation(const Json& json) {
  const std::string name = text_or(json, "interpolation", "linear");
  return {parameter(json.at("parameter")), require(interpolations.value(name), json, "an interpolation"),
          list(json, "points", automation_point)};
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
          json.at("depth").get<double>()};
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

Section section(const Json& json) {
  return {json.at("name").get<std::string>(), whole(json.at("bars"), 1, 4096),
          list(json, "parts", section_part)};
}

Evidence evidence(const Json& json) {
  Evidence result{json.at("pointer").get<std::string>(), std::nullopt, list(json, "polygon", point),
                  text_or(json, "reading"), text_or(json, "rule")};
  if (json.contains("box")) result.box = box(json.at("box"));
  return result;
}

Provenance provenance(const Json& json) {
  return {text_or(json, "interpreter"), text_or(json, "interpreter_version"), text_or(json, "image_sha256"),
          json.contains("transforms") ? json.at("transforms").get<std::vector<std::string>>()
                                      : std::vector<std::string>{}};
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
  session.tracks = list(json, "tracks", track);
  session.lfos = list(json, "lfos", lfo);
  session.macros = list(json, "macros", macro);
  session.arrangement = list(json, "arrangement", section);
  session.evidence = list(json, "evidence", evidence);
  if (json.contains("provenance")) session.provenance = provenance(json.at("provenance"));
  return session;
}

}  // namespace

std::string_view to_string(Wave wave) { return waves.name(wave); }
std::string_view to_string(FilterType type) { return filter_types.name(type); }
std::string_view to_string(Role role) { return roles.name(role); }
std::optional<Wave> wave_from(std::string_view name) { return waves.value(name); }
std::optional<FilterType> filter_type_from(std::string_view name) { return filter_types.value(name); }
std::optional<Role> role_from(std::string_view name) { return roles.value(name); }

Json to_json(const Session& session) {
  return {{"format", session_format},
          {"version", session_version},
          {"title", session.title},
          {"mode", session.mode},
          {"seed", session.seed},
          {"tempo_bpm", session.tempo_bpm},
          {"meter", to_json(session.meter)},
          {"key", to_json(session.key)},
          {"swing", session.swing},
          {"tracks", list_to_json(session.tracks)},
          {"lfos", list_to_json(session.lfos)},
          {"macros", list_to_json(session.macros)},
          {"arrangement", list_to_json(session.arrangement)},
          {"evidence", list_to_json(session.evidence)},
          {"provenance", to_json(session.provenance)}};
}

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

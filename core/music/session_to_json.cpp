#include <nlohmann/json.hpp>

#include "core/music/session.hpp"

namespace doodled {
namespace {

template <class T>
Json list_to_json(const std::vector<T>& values);

// An object whose members are added in the order of their names. What there may be many of is written so: an
// initializer list makes each member twice.
class Members {
 public:
  template <class T>
  Members& add(const char* name, T&& value) {
    members_.emplace_hint(members_.end(), name, std::forward<T>(value));
    return *this;
  }
  Json json() { return std::move(members_); }

 private:
  Json::object_t members_;
};

Json to_json(const Meter& meter) {
  return {{"numerator", meter.numerator}, {"denominator", meter.denominator}};
}

Json to_json(const Key& key) {
  Json json{{"tonic", pitch_class_name(key.tonic)}, {"scale", key.scale}};
  if (!key.intervals.empty()) json["intervals"] = key.intervals;
  return json;
}

Json to_json(const Tuning& t) { return {{"name", t.name}, {"cents", t.cents}, {"root", t.root}}; }
Json to_json(const Box& box) { return Json::array({box.x, box.y, box.width, box.height}); }
Json to_json(const Point& point) { return Json::array({point.x, point.y}); }

Json to_json(const Oscillator& o) {
  return Members()
      .add("detune_cents", o.detune_cents)
      .add("level", o.level)
      .add("octave", o.octave)
      .add("wave", to_string(o.wave))
      .json();
}

Json to_json(const Modulation& m) {
  return Members()
      .add("depth", m.depth)
      .add("destination", info(m.destination).name)
      .add("source", m.source)
      .json();
}

Json to_json(const Filter& f) {
  return Members()
      .add("cutoff_hz", f.cutoff_hz)
      .add("resonance", f.resonance)
      .add("type", to_string(f.type))
      .json();
}

Json to_json(const Envelope& e) {
  return Members()
      .add("attack_ms", e.attack_ms)
      .add("decay_ms", e.decay_ms)
      .add("release_ms", e.release_ms)
      .add("sustain", e.sustain)
      .json();
}

Json to_json(const Patch& p) {
  return Members()
      .add("delay", p.delay)
      .add("drive", p.drive)
      .add("envelope", to_json(p.envelope))
      .add("filter", to_json(p.filter))
      .add("modulation", list_to_json(p.modulation))
      .add("name", p.name)
      .add("noise", p.noise)
      .add("oscillators", list_to_json(p.oscillators))
      .add("reverb", p.reverb)
      .json();
}

Json to_json(const std::vector<Expression>& curves) {
  Json json = Json::object();
  for (const auto& curve : curves) {
    Json points = Json::array();
    points.get_ref<Json::array_t&>().reserve(curve.points.size());
    for (const auto& point : curve.points) points.push_back(Json::array({point.position, point.value}));
    json[std::string(to_string(curve.dimension))] = std::move(points);
  }
  return json;
}

Json to_json(const Note& n) {
  Members members;
  members.add("duration", n.duration);
  if (!n.expression.empty()) members.add("expression", to_json(n.expression));
  if (n.nudge != 0) members.add("nudge", n.nudge);
  members.add("pitch", n.pitch);
  if (n.probability != 1) members.add("probability", n.probability);
  if (n.ratchet != 1) members.add("ratchet", n.ratchet);
  members.add("start", n.start);
  if (n.tied) members.add("tied", true);
  return members.add("velocity", n.velocity).json();
}

Json to_json(const AutomationPoint& p) { return Members().add("tick", p.tick).add("value", p.value).json(); }

Json to_json(const Automation& a) {
  return {{"parameter", info(a.parameter).name},
          {"interpolation", to_string(a.interpolation)},
          {"points", list_to_json(a.points)}};
}

Json to_json(const Pattern& p) {
  return Members()
      .add("automation", list_to_json(p.automation))
      .add("id", p.id)
      .add("length", p.length)
      .add("notes", list_to_json(p.notes))
      .json();
}

Json to_json(const Pad& p) { return {{"pad", p.pad}, {"role", p.role}, {"pitch", p.pitch}}; }

Json to_json(const Track& t) {
  Json json{{"id", t.id}, {"name", t.name}, {"role", to_string(t.role)}, {"channel", t.channel}};
  json["patterns"] = list_to_json(t.patterns);  // moved, which an initializer list would not do
  if (t.patch) json["patch"] = to_json(*t.patch);
  if (!t.pads.empty()) json["pads"] = list_to_json(t.pads);
  return json;
}

Json to_json(const LfoShape& l) {
  Members members;
  members.add("cycle", l.cycle).add("depth", l.depth).add("id", l.id);
  if (l.interpolation != Interpolation::linear) members.add("interpolation", to_string(l.interpolation));
  members.add("name", l.name).add("parameter", info(l.parameter).name).add("samples", l.samples);
  if (l.seconds != 0) members.add("seconds", l.seconds);
  members.add("track", l.track);
  if (l.unipolar) members.add("unipolar", true);
  return members.json();
}

Json to_json(const MacroTarget& t) {
  return Members()
      .add("amount", t.amount)
      .add("parameter", info(t.parameter).name)
      .add("track", t.track)
      .json();
}

Json to_json(const Macro& m) {
  Members members;
  if (m.cc) members.add("cc", *m.cc);
  members.add("cell", m.cell).add("group", m.group).add("id", m.id).add("name", m.name);
  members.add("targets", list_to_json(m.targets));
  if (!m.track.empty()) members.add("track", m.track);
  return members.add("value", m.value).json();
}

Json to_json(const SectionPart& p) {
  return Members().add("pattern", p.pattern).add("track", p.track).json();
}
Json to_json(const ChordMark& c) { return {{"tick", c.tick}, {"symbol", c.symbol}}; }

Json to_json(const Section& s) {
  Json json{{"name", s.name}, {"bars", s.bars}, {"parts", list_to_json(s.parts)}};
  if (!s.chords.empty()) json["chords"] = list_to_json(s.chords);
  return json;
}

Json to_json(const Evidence& e) {
  Json json{{"pointer", e.pointer}, {"reading", e.reading}, {"rule", e.rule}};
  if (e.box) json["box"] = to_json(*e.box);
  if (!e.polygon.empty()) json["polygon"] = list_to_json(e.polygon);
  return json;
}

Json to_json(const Provenance& p) {
  Json json{{"interpreter", p.interpreter},
            {"interpreter_version", p.interpreter_version},
            {"image_sha256", p.image_sha256},
            {"transforms", p.transforms}};
  if (!p.parent.empty()) json["parent"] = p.parent;
  return json;
}

template <class T>
Json list_to_json(const std::vector<T>& values) {
  Json list = Json::array();
  list.get_ref<Json::array_t&>().reserve(values.size());
  for (const auto& value : values) list.push_back(to_json(value));
  return list;
}

}  // namespace

Json to_json(const Session& session) {
  Json json{{"format", session_format},
            {"version", session_version},
            {"title", session.title},
            {"mode", session.mode},
            {"seed", session.seed},
            {"tempo_bpm", session.tempo_bpm},
            {"meter", to_json(session.meter)},
            {"key", to_json(session.key)},
            {"swing", session.swing},
            {"lfos", list_to_json(session.lfos)},
            {"macros", list_to_json(session.macros)},
            {"arrangement", list_to_json(session.arrangement)},
            {"evidence", list_to_json(session.evidence)},
            {"provenance", to_json(session.provenance)}};
  json["tracks"] = list_to_json(session.tracks);
  if (session.tuning) json["tuning"] = to_json(*session.tuning);
  if (!session.locks.empty()) json["locks"] = session.locks;
  return json;
}

}  // namespace doodled

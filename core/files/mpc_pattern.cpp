#include "core/files/mpc_pattern.hpp"

#include <limits>

#include <nlohmann/json.hpp>

#include "core/files/notes.hpp"
#include "core/play/pad_note.hpp"

namespace doodled {
namespace {

// Keys in the order of the files that the machine writes.
using Ordered = nlohmann::ordered_json;

struct Hit {
  Tick tick, length;
  int note;
  double velocity;  // 0..1
};

Ordered classic_event(int type, Tick time, Tick length, int first, double second, double modifier) {
  return {{"type", type}, {"time", time}, {"len", length}, {"1", first},
          {"2", second},  {"3", 0},       {"mod", 0},      {"modVal", modifier}};
}

Ordered classic(const Hit& hit) {
  return classic_event(2, hit.tick, hit.length, hit.note, hit.velocity, 0.5);
}

// What every known good file of the classic dialect begins with.
void append_classic_header(Ordered& events) {
  events.push_back(classic_event(1, 0, 0, 0, 0.0, 0.0));
  events.push_back(classic_event(1, 0, 0, 32, 0.0, 0.0));
  events.push_back(classic_event(1, 0, 0, 130, 0.787401556968689, 0.0));
}

Ordered mpc3(const Hit& hit) {
  Ordered note{{"version", 1},       {"note", hit.note}, {"velocity", hit.velocity}, {"length", hit.length},
               {"probability", 100}, {"ratchet", 1},     {"articulation", 197}};
  for (int slot = 0; slot < 16; ++slot) {
    const double rest = slot == 0 || slot == 1 || slot == 5 ? 0.5 : slot == 6 ? 1.0 : 0.0;
    note["modifierValue" + std::to_string(slot)] = rest;
  }
  for (int slot = 0; slot < 16; ++slot) note["modifierActiveState" + std::to_string(slot)] = false;
  note["EnumCerealisationWrapper(selectedModifierType)"] = "Tuning (coarse)";
  return {{"version", 2},      {"time", hit.tick}, {"type", 3},         {"channel", 0},
          {"selected", false}, {"muted", false},   {"invented", false}, {"note", std::move(note)}};
}

std::vector<Hit> hits_of(const Timeline& timeline, std::size_t index, PadMap pad_map) {
  DeviceProfile profile;
  profile.pad_map = pad_map;
  const auto& track = timeline.tracks[index];
  std::vector<Hit> hits;
  for (const auto& note : notes_of(timeline)) {
    if (note.track != index) continue;
    const int pad = track.role == Role::drums ? pad_note(note.pitch, track.pads, profile) : note.pitch;
    hits.push_back({note.start, note.duration, pad, note.velocity / 127.0});
  }
  return hits;
}

}  // namespace

std::string to_mpc_pattern(const Timeline& timeline, std::size_t index, const MpcPatternOptions& options) {
  const bool is_classic = options.dialect == MpcDialect::classic;
  Ordered events = Ordered::array();
  if (is_classic) append_classic_header(events);
  for (const auto& hit : hits_of(timeline, index, options.pad_map))
    events.push_back(is_classic ? classic(hit) : mpc3(hit));
  Ordered pattern{{"length", std::numeric_limits<std::int64_t>::max()}, {"events", std::move(events)}};
  if (!is_classic) {
    pattern["version"] = 2;
    pattern["quantisation"] = {{"version", 1}, {"pulses", 0}, {"swing", 0.0}, {"strength", 1.0}};
    pattern["numFilterTypes"] = 30;
  }
  return Ordered{{"pattern", std::move(pattern)}}.dump(1, '\t') + "\n";
}

}  // namespace doodled

#include <algorithm>
#include <map>

#include "core/interpret/llm/answer/parts.hpp"

namespace doodled::llm {
namespace {

// Which part of a session a rule makes. '#' counts: the first such evidence is for the first one, and so on.
struct Place {
  std::string_view rule;
  Role role;  // of the track, where the place begins with '@'
  std::string_view pointer;
};

constexpr Place places[] = {
    {"shape-wave", Role::lead, "@/patch/oscillators/#"},
    {"density-cutoff", Role::lead, "@/patch/filter/cutoff_hz"},
    {"corners-resonance", Role::lead, "@/patch/filter/resonance"},
    {"shading-drive", Role::lead, "@/patch/drive"},
    {"space-reverb", Role::lead, "@/patch/reverb"},
    {"repeat-delay", Role::lead, "@/patch/delay"},
    {"line-envelope", Role::lead, "@/patch/envelope"},
    {"corners-envelope", Role::lead, "@/patch/envelope"},
    {"line-lfo", Role::lead, "/lfos/#"},
    {"arrow-modulation", Role::lead, "@/patch/modulation/#"},
    {"pen-tonic", Role::lead, "/key/tonic"},
    {"outline-tonic", Role::lead, "/key/tonic"},
    {"outline-scale", Role::lead, "/key/scale"},
    {"lines-tempo", Role::lead, "/tempo_bpm"},
    {"weight-swing", Role::lead, "/swing"},
    {"shape-rhythm", Role::lead, "@/patterns/0"},
    {"grid-steps", Role::lead, "@/patterns/0"},
    {"grid-drums", Role::drums, "@/patterns/0"},
    {"hatching-hats", Role::drums, "@/patterns/0"},
    {"edge-bass", Role::bass, "@/patterns/0"},
    {"drawing-lead", Role::lead, "@"},
    {"luminance-cutoff", Role::lead, "@/patch/filter/cutoff_hz"},
    {"contrast-harmonics", Role::lead, "@/patch"},
    {"texture-noise", Role::texture, "@/patch/noise"},
    {"sharpness-lead", Role::lead, "@/patch"},
    {"hue-tonic", Role::lead, "/key/tonic"},
    {"colour-mode", Role::lead, "/key/scale"},
    {"palette-space", Role::pad, "@/patch"},
    {"motion-tempo", Role::lead, "/tempo_bpm"},
    {"busy-chords", Role::pad, "@/patterns/0"},
    {"weight-chords", Role::pad, "@/patterns/0"},
    {"ground-bass", Role::bass, "@/patterns/0"},
    {"background-pad", Role::pad, "@"},
    {"depth-reverb", Role::pad, "@/patch/reverb"},
    {"foreground-lead", Role::lead, "@"},
    {"focal-note", Role::lead, "@/patterns/0"},
    {"cells-lfo", Role::texture, "/lfos/0"},
    {"cell-macro", Role::lead, "/macros/#"},
};

std::string track_pointer(const Session& session, Role role) {
  const auto found = std::ranges::find(session.tracks, role, &Track::role);
  const auto index = found == session.tracks.end() ? 0 : found - session.tracks.begin();
  return "/tracks/" + std::to_string(index);
}

// The longest beginning of the pointer that the document has.
std::string existing(const Json& document, std::string pointer) {
  while (!pointer.empty() && !document.contains(Json::json_pointer(pointer)))
    pointer.erase(pointer.rfind('/'));
  return pointer;
}

// What the mode 'prompt' calls the parts of a piece.
constexpr Place named_places[] = {{"key", Role::lead, "/key"},     {"bpm", Role::lead, "/tempo_bpm"},
                                  {"swing", Role::lead, "/swing"}, {"drums", Role::drums, "@"},
                                  {"bass", Role::bass, "@"},       {"pad", Role::pad, "@"},
                                  {"lead", Role::lead, "@"},       {"sections", Role::lead, "/arrangement"}};

template <std::size_t Count>
std::string pointer_of(const Session& session, const Place (&list)[Count], const std::string& name,
                       int count) {
  const auto place = std::ranges::find(list, name, &Place::rule);
  if (place == std::end(list)) return track_pointer(session, Role::lead);
  std::string pointer(place->pointer);
  if (pointer.starts_with('@')) pointer.replace(0, 1, track_pointer(session, place->role));
  if (pointer.ends_with('#')) pointer.replace(pointer.size() - 1, 1, std::to_string(count));
  return pointer;
}

}  // namespace

Box box_of(const Json& box) {
  const auto ordered = [&](std::size_t low, std::size_t high) {
    return std::minmax({box.at(low).get<int>(), box.at(high).get<int>()});
  };
  const auto [left, right] = ordered(0, 2);
  const auto [top, bottom] = ordered(1, 3);
  return {left / 1000.0, top / 1000.0, (right - left) / 1000.0, (bottom - top) / 1000.0};
}

void add_evidence(Lowering& lowering, const Json& evidence) {
  const Json document = to_json(lowering.session);
  std::map<std::string, int> counts;
  for (const auto& item : evidence) {
    const bool words = item.contains("part");
    const auto name = item.at(words ? "part" : "rule").get<std::string>();
    const auto& session = lowering.session;
    const int count = counts[name]++;
    auto pointer =
        words ? pointer_of(session, named_places, name, count) : pointer_of(session, places, name, count);
    std::optional<Box> box;
    if (item.contains("box")) box = box_of(item.at("box"));
    lowering.session.evidence.push_back({existing(document, std::move(pointer)),
                                         box,
                                         {},
                                         item.at("seen").get<std::string>(),
                                         words ? "prompt-words" : name});
  }
}

}  // namespace doodled::llm

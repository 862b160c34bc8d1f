#include "core/vary/operations.hpp"

#include <nlohmann/json.hpp>

namespace doodled {
namespace {

constexpr OperationParameter mutate_numbers[] = {{"steps", "how many steps change", 1, 4096, 4, true}};
constexpr OperationParameter thin_numbers[] = {{"percent", "of the notes that go", 1, 100, 30, false}};
constexpr OperationParameter thicken_numbers[] = {
    {"percent", "notes added, of those there are", 1, 200, 30, false}};
constexpr OperationParameter humanise_numbers[] = {
    {"ticks", "how far off the grid a note gets at most, either way", 0, 120, 12, true},
    {"velocity", "how much louder or softer a note gets at most", 0, 64, 10, true}};
constexpr OperationParameter transpose_numbers[] = {
    {"semitones", "upwards; of everything, the key moves too", -48, 48, 0, true},
    {"degrees", "upwards along the scale", -28, 28, 0, true}};
constexpr OperationParameter swing_numbers[] = {
    {"percent", "of a pair of sixteenths that the first one takes; 50 is straight", 50, 75, 58, false}};
constexpr OperationParameter tempo_numbers[] = {
    {"bpm", "quarter notes a minute", min_tempo_bpm, max_tempo_bpm, 120, false}};
constexpr OperationParameter bars_numbers[] = {{"bars", "how long it gets", 1, 1024, 64, true}};

constexpr OperationKind kinds[] = {
    {"mutate", "changes a number of steps: another note, accent, a strike more or less", false, false, true,
     mutate_numbers, varying::mutate},
    {"reroll",
     "plays something new in the manner of the part: melody, chords or hits",
     false,
     false,
     true,
     {},
     varying::reroll},
    {"humanise", "plays a little off the grid, louder and softer", false, false, true, humanise_numbers,
     varying::humanise},
    {"thin", "takes notes out, those between the beats first", false, false, true, thin_numbers,
     varying::thin},
    {"thicken", "adds notes on silent steps", false, false, true, thicken_numbers, varying::thicken},
    {"transpose", "moves melodic notes by semitones or along the scale", false, false, true,
     transpose_numbers, varying::transpose},
    {"invert",
     "mirrors a melody about its first note, along the scale",
     false,
     false,
     true,
     {},
     varying::invert},
    {"retrograde", "plays a pattern backwards", false, false, true, {}, varying::retrograde},
    {"reharmonise",
     "gives each bar after the first another chord, the same for all parts",
     false,
     false,
     true,
     {},
     varying::reharmonise},
    {"swing", "sets how the sixteenths swing", true, false, true, swing_numbers, varying::swing},
    {"key", "goes to another key or scale, degree by degree", true, true, true, {}, varying::change_key},
    {"tempo", "sets the tempo", true, false, false, tempo_numbers, varying::tempo},
    {"bars", "arranges what there is as a form of so many bars", true, false, false, bars_numbers,
     varying::bars},
};

}  // namespace

std::span<const OperationKind> all_operations() { return kinds; }

const OperationKind* find_operation(std::string_view name) {
  const auto kind = std::ranges::find(kinds, name, &OperationKind::name);
  return kind == std::end(kinds) ? nullptr : &*kind;
}

Json operations_json() {
  Json list = Json::array();
  for (const auto& kind : kinds) {
    Json parameters = Json::array();
    for (const auto& p : kind.parameters)
      parameters.push_back({{"name", p.name},
                            {"summary", p.summary},
                            {"minimum", p.minimum},
                            {"maximum", p.maximum},
                            {"default", p.standard},
                            {"whole", p.whole}});
    list.push_back({{"op", kind.name},
                    {"summary", kind.summary},
                    {"takes_part", !kind.of_session},
                    {"takes_key", kind.takes_key},
                    {"may_evolve", kind.may_evolve},
                    {"parameters", std::move(parameters)}});
  }
  return list;
}

}  // namespace doodled

#include "core/actions/controls.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace doodled {
namespace {

Parameter parameter_of(int number) {
  return static_cast<Parameter>(static_cast<int>(Parameter::macro_1) + number - 1);
}

int number_of(const Macro& macro) {
  const auto parameter = parameter_from_name(macro.id);
  if (!parameter || *parameter < Parameter::macro_1) return 0;
  return static_cast<int>(*parameter) - static_cast<int>(Parameter::macro_1) + 1;
}

Touch touch_of(Touch::Kind kind, std::uint16_t track, Parameter parameter, double value) {
  return {.kind = kind, .track = track, .parameter = parameter, .value = static_cast<float>(value)};
}

}  // namespace

void Controls::use(const Session& session) {
  for (auto& dial : dials_) dial.turned.reset();
  parameters_.clear();
  go_on_with(session);
}

void Controls::go_on_with(const Session& session) {
  tracks_.clear();
  drums_.clear();
  for (const auto& track : session.tracks) {
    tracks_.push_back(track.id);
    drums_.push_back(track.role == Role::drums);
  }
  for (auto& dial : dials_) dial.macro.reset();
  for (const auto& macro : session.macros)
    if (const int number = number_of(macro); number > 0) dial(number).macro = macro;
}

MacroState Controls::macro(int number) const {
  const Dial& one = dial(number);
  MacroState state;
  state.number = number;
  state.name = one.macro ? one.macro->name : "Macro " + std::to_string(number);
  if (one.macro) {
    state.group = one.macro->group;
    state.cell = one.macro->cell;
  }
  state.value = one.turned.value_or(one.rest());
  state.touched = one.turned.has_value();
  return state;
}

std::vector<MacroState> Controls::macros() const {
  std::vector<MacroState> states;
  for (int number = 1; number <= macro_count; ++number) states.push_back(macro(number));
  return states;
}

std::vector<Touch> Controls::turn(int number, double value) {
  dial(number).turned = std::clamp(value, 0.0, 1.0);
  return told_of(number);
}

std::vector<Touch> Controls::release(int number) {
  if (!dial(number).turned) return {};
  dial(number).turned.reset();
  return told_of(number);
}

std::vector<Touch> Controls::told_of(int number) const {
  const Dial& one = dial(number);
  const auto track = one.macro ? track_index(one.macro->track) : std::uint16_t{0};
  std::vector<Touch> touches = moved_by(one);
  const bool held = one.turned.has_value();
  const double value = one.turned.value_or(one.rest());
  touches.push_back(
      touch_of(held ? Touch::Kind::hold : Touch::Kind::release, track, parameter_of(number), value));
  if (!one.macro || !one.macro->cc) return touches;
  Touch controller{.kind = held ? Touch::Kind::controller : Touch::Kind::let_go,
                   .track = track,
                   .controller = static_cast<std::uint8_t>(*one.macro->cc),
                   .value = static_cast<float>(value)};
  touches.push_back(controller);
  return touches;
}

std::vector<Touch> Controls::moved_by(const Dial& turned) const {
  std::vector<Touch> touches;
  if (!turned.macro) return touches;
  for (const auto& target : turned.macro->targets) {
    double moved = 0;
    for (const auto& other : dials_)
      if (other.macro && other.turned)
        for (const auto& reached : other.macro->targets)
          if (reached.track == target.track && reached.parameter == target.parameter)
            moved += reached.amount * (*other.turned - other.rest());
    touches.push_back(touch_of(Touch::Kind::move, track_index(target.track), target.parameter, moved));
  }
  return touches;
}

std::vector<Touch> Controls::hold(Parameter parameter, std::optional<int> track, double value) {
  std::vector<Touch> touches;
  for (const auto index : tracks_of(track)) {
    parameters_[{index, parameter}] = value;
    touches.push_back(touch_of(Touch::Kind::hold, index, parameter, value));
  }
  return touches;
}

std::vector<Touch> Controls::release(Parameter parameter, std::optional<int> track) {
  std::vector<Touch> touches;
  for (const auto index : tracks_of(track)) {
    if (parameters_.erase({index, parameter}) == 0) continue;
    touches.push_back(touch_of(Touch::Kind::release, index, parameter, 0));
    for (const auto& dial : dials_)
      for (const auto& moved : moved_by(dial))
        if (moved.track == index && moved.parameter == parameter) touches.push_back(moved);
  }
  return touches;
}

std::vector<Touch> Controls::release_all() {
  std::vector<Touch> touches;
  for (const auto& [place, value] : parameters_)
    touches.push_back(touch_of(Touch::Kind::release, place.first, place.second, value));
  parameters_.clear();
  for (int number = 1; number <= macro_count; ++number) {
    const auto released = release(number);
    touches.insert(touches.end(), released.begin(), released.end());
  }
  return touches;
}

std::vector<Touch> Controls::held() const {
  std::vector<Touch> touches;
  for (int number = 1; number <= macro_count; ++number) {
    if (!dial(number).turned) continue;
    const auto told = told_of(number);
    touches.insert(touches.end(), told.begin(), told.end());
  }
  for (const auto& [place, value] : parameters_)
    touches.push_back(touch_of(Touch::Kind::hold, place.first, place.second, value));
  return touches;
}

bool Controls::holds_anything() const {
  return !parameters_.empty() ||
         std::ranges::any_of(dials_, [](const Dial& dial) { return dial.turned.has_value(); });
}

std::uint16_t Controls::track_index(const std::string& id) const {
  const auto found = std::ranges::find(tracks_, id);
  return found == tracks_.end() ? std::uint16_t{0} : static_cast<std::uint16_t>(found - tracks_.begin());
}

std::vector<std::uint16_t> Controls::tracks_of(std::optional<int> track) const {
  if (track) return {static_cast<std::uint16_t>(*track)};
  std::vector<std::uint16_t> melodic;
  const auto count = static_cast<std::uint16_t>(tracks_.size());
  for (std::uint16_t index = 0; index < count; ++index)
    if (!drums_[index]) melodic.push_back(index);
  if (melodic.empty()) melodic.push_back(0);
  return melodic;
}

Json to_json(const MacroState& macro) {
  return {{"macro", macro.number}, {"name", macro.name},   {"group", macro.group},
          {"cell", macro.cell},    {"value", macro.value}, {"touched", macro.touched}};
}

}  // namespace doodled

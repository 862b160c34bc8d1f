#include "core/play/teach.hpp"

#include <algorithm>
#include <cmath>

#include "core/play/profile_shelf.hpp"

namespace doodled {
namespace {

constexpr double tempo_bpm = 60;
constexpr int moves_per_second = 20;

Tick ticks(double seconds) { return std::llround(seconds * tempo_bpm / 60 * ticks_per_quarter); }

Error invalid(const std::string& pointer, const std::string& message) {
  return {"invalid_teach", message, {{pointer, message}}};
}

const ParameterRoute& route_of(const DeviceProfile& profile, Parameter parameter) {
  return profile.controllers[static_cast<std::size_t>(parameter)];
}

bool is_sent(const DeviceProfile& profile, Parameter parameter) {
  return route_of(profile, parameter).carrier != Carrier::none;
}

std::optional<Error> check(const TeachWish& wish, const DeviceProfile& profile) {
  for (std::size_t i = 0; i < wish.parameters.size(); ++i)
    if (!is_sent(profile, wish.parameters[i]))
      return invalid("/parameters/" + std::to_string(i), "the profile \"" + profile.id + "\" does not send " +
                                                             std::string(info(wish.parameters[i]).name));
  if (!(wish.seconds >= 1 && wish.seconds <= 60)) return invalid("/seconds", "seconds must be 1 to 60");
  if (!(wish.rest_seconds >= 0 && wish.rest_seconds <= 60))
    return invalid("/rest_seconds", "rest_seconds must be 0 to 60");
  if (wish.channel < 1 || wish.channel > 16) return invalid("/channel", "channel must be 1 to 16");
  return std::nullopt;
}

std::vector<Parameter> all_of(const DeviceProfile& profile) {
  std::vector<Parameter> all;
  for (const auto& parameter : all_parameters())
    if (is_sent(profile, parameter.parameter) && parameter.parameter != Parameter::pitch)
      all.push_back(parameter.parameter);
  return all;
}

// Up to the top and down again.
void move(Timeline& timeline, const TeachStep& step) {
  const int moves = static_cast<int>(
      std::lround(static_cast<double>(step.end - step.begin) * moves_per_second / ticks_per_quarter));
  for (int i = 0; i <= moves; ++i) {
    const double along = static_cast<double>(i) / moves;
    const Tick at = step.begin + std::llround(along * static_cast<double>(step.end - step.begin));
    timeline.events.push_back(
        {at, 0, ParameterChange{step.parameter, static_cast<float>(1 - std::abs(2 * along - 1))}});
  }
}

}  // namespace

Result<TeachPlan> teach_plan(const TeachWish& wish, const DeviceProfile& profile) {
  if (auto error = check(wish, profile)) return *error;
  auto timeline = std::make_shared<Timeline>();
  timeline->title = "teach";
  timeline->tempo_bpm = tempo_bpm;
  timeline->meter = {4, 4};
  timeline->tracks.push_back(
      {.id = "teach", .name = "Teach", .role = Role::lead, .channel = wish.channel, .pads = {}});
  TeachPlan plan;
  Tick at = 0;
  for (const auto parameter : wish.parameters.empty() ? all_of(profile) : wish.parameters) {
    at += ticks(wish.rest_seconds);
    plan.steps.push_back({parameter, describe(route_of(profile, parameter)), at, at + ticks(wish.seconds)});
    move(*timeline, plan.steps.back());
    at = plan.steps.back().end;
  }
  if (plan.steps.empty())
    return invalid("/parameters", "the profile \"" + profile.id + "\" sends no parameter");
  const Tick bar = timeline->meter.bar();
  timeline->length = (at / bar + 1) * bar;
  plan.timeline = std::move(timeline);
  return plan;
}

const TeachStep* step_at(const TeachPlan& plan, Tick tick) {
  const auto found =
      std::ranges::find_if(plan.steps, [&](const TeachStep& step) { return tick <= step.end; });
  return found == plan.steps.end() ? nullptr : &*found;
}

}  // namespace doodled

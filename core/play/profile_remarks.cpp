// What a profile is asked beyond its form, and how its routes are called (declared in profile_shelf.hpp).
#include <algorithm>
#include <array>

#include "core/play/profile_shelf.hpp"

namespace doodled {
namespace {

constexpr std::array<int, 10> reserved_controllers{0, 6, 32, 38, 96, 97, 98, 99, 100, 101};

const ParameterRoute& route_of(const DeviceProfile& profile, Parameter parameter) {
  return profile.controllers[static_cast<std::size_t>(parameter)];
}

// The controllers that a route occupies; -1: none.
std::array<int, 2> controllers_of(const ParameterRoute& route) {
  if (route.carrier != Carrier::controller) return {-1, -1};
  return {route.number, route.fine ? route.number + 32 : -1};
}

bool collide(const ParameterRoute& a, const ParameterRoute& b) {
  if (a.carrier == Carrier::none || b.carrier == Carrier::none) return false;
  for (const int one : controllers_of(a))
    for (const int other : controllers_of(b))
      if (one >= 0 && one == other) return true;
  if (a.carrier != b.carrier || a.carrier == Carrier::controller) return false;
  if (a.carrier == Carrier::sysex) return a.sysex->text() == b.sysex->text();
  return a.carrier == Carrier::osc ? a.osc == b.osc : a.number == b.number;
}

class Remarks {
 public:
  explicit Remarks(const DeviceProfile& profile) : profile_(profile) {}

  std::vector<Problem> all() && {
    for (const auto& parameter : all_parameters()) look_at(parameter.parameter);
    const bool lower = profile_.mpe_zone == MpeZone::lower;
    const int members = profile_.mpe_members, drums = profile_.drum_channel;
    if (members > 0 && (lower ? drums <= members + 1 : drums >= 16 - members))
      remark("/mpe_members", "reaches drum_channel; the zone is cut there while drums play");
    return std::move(remarks_);
  }

 private:
  void look_at(Parameter parameter) {
    const auto& route = route_of(profile_, parameter);
    if (route.carrier == Carrier::none) return;
    const auto place = "/controllers/" + std::string(info(parameter).name);
    if (route.source.empty() && profile_.sources.size() != 1) remark(place, "has no source");
    for (const int controller : controllers_of(route))
      if (std::ranges::find(reserved_controllers, controller) != reserved_controllers.end())
        remark(place, "uses controller " + std::to_string(controller) +
                          ", which MIDI keeps for banks and numbered parameters");
    for (const auto& other : all_parameters())
      if (other.parameter > parameter && collide(route, route_of(profile_, other.parameter)))
        remark(place, "shares " + describe(route) + " with " + std::string(other.name));
  }
  void remark(std::string place, std::string message) {
    remarks_.push_back({std::move(place), std::move(message)});
  }

  const DeviceProfile& profile_;
  std::vector<Problem> remarks_;
};

std::string numbered(const char* kind, int number) {
  return std::string(kind) + " " + std::to_string(number / 128) + ":" + std::to_string(number % 128);
}

}  // namespace

std::vector<Problem> profile_remarks(const DeviceProfile& profile) { return Remarks(profile).all(); }

std::string describe(const ParameterRoute& route) {
  switch (route.carrier) {
    case Carrier::none:
      return "not sent";
    case Carrier::controller:
      return route.fine
                 ? "controllers " + std::to_string(route.number) + " and " + std::to_string(route.number + 32)
                 : "controller " + std::to_string(route.number);
    case Carrier::pitch_bend:
      return "pitch bend";
    case Carrier::rpn:
      return numbered("RPN", route.number);
    case Carrier::nrpn:
      return numbered("NRPN", route.number);
    case Carrier::sysex:
      return "SysEx " + route.sysex->text();
    case Carrier::osc:
      return "OSC " + route.osc;
  }
  return {};
}

}  // namespace doodled

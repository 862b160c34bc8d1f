#include "core/play/device_profile.hpp"

#include <initializer_list>

namespace doodled {

int pad_index(std::string_view name) {
  if (name.size() != 3 || name[0] < 'A' || name[0] > 'H') return -1;
  const int pad = (name[1] - '0') * 10 + (name[2] - '0');
  const bool digits = name[1] >= '0' && name[1] <= '9' && name[2] >= '0' && name[2] <= '9';
  return digits && pad >= 1 && pad <= 16 ? (name[0] - 'A') * 16 + pad - 1 : -1;
}

std::string pad_name(int index) {
  const int pad = index % 16 + 1;
  return {static_cast<char>('A' + index / 16), static_cast<char>('0' + pad / 10),
          static_cast<char>('0' + pad % 10)};
}

DeviceProfile generic_profile() {
  DeviceProfile profile;
  const std::initializer_list<std::pair<Parameter, int>> routes{
      {Parameter::cutoff, 74},   {Parameter::resonance, 71}, {Parameter::attack, 73}, {Parameter::decay, 75},
      {Parameter::sustain, 79},  {Parameter::release, 72},   {Parameter::drive, 80},  {Parameter::noise, 81},
      {Parameter::detune, 94},   {Parameter::wave_mix, 70},  {Parameter::reverb, 91}, {Parameter::delay, 92},
      {Parameter::lfo_rate, 76}, {Parameter::lfo_depth, 77}, {Parameter::level, 7},   {Parameter::pan, 10}};
  const auto set = [&](std::size_t parameter, int controller) {
    profile.controllers[parameter].carrier = Carrier::controller;
    profile.controllers[parameter].number = controller;
  };
  for (const auto& [parameter, controller] : routes) set(static_cast<std::size_t>(parameter), controller);
  for (int macro = 0; macro < 9; ++macro)
    set(static_cast<std::size_t>(Parameter::macro_1) + static_cast<std::size_t>(macro), 20 + macro);
  auto& pitch = profile.controllers[static_cast<std::size_t>(Parameter::pitch)];
  pitch.carrier = Carrier::pitch_bend;
  pitch.highest = 16383;
  return profile;
}

}  // namespace doodled

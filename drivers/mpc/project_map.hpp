// The controller map in a user's own saved MPC 3 project (.xpj). Only the numbers of controllers in bindings
// that the unit itself has made are changed; every other byte of the project's JSON stays as it was.
//
// A project is gzip of five lines (ACVS, build, SerialisableProjectData, json, platform) and a JSON document,
// whose /data/midiLearnSettings/controls lists the bindings of MIDI Learn. How one binding looks is in no
// document, and the known projects have none; so the form is taken from the project's own bindings, and a
// project without any, or whose form leaves a doubt, is refused. Pure.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/play/device_profile.hpp"

namespace doodled::mpc {

inline constexpr std::size_t largest_project = std::size_t{64} << 20;    // packed
inline constexpr std::size_t largest_document = std::size_t{512} << 20;  // unpacked

struct LearnedControl {
  std::size_t index = 0;  // in the list of bindings
  int controller = 0;     // 0..127
  std::string target;     // the texts of the binding: what it moves, as the MPC calls it
};

struct LearnedControls {
  std::string build;           // of the MPC's software
  std::string controller_key;  // the member that holds the controller, as a pointer within a binding
  std::vector<LearnedControl> controls;
};

// `controller_key`: the member that holds the controller's number; empty: to be recognised by its name.
// Codes: not_a_project, old_project (of MPC 2, whose map is in a binary file), too_large, no_bindings,
// unknown_mapping (with the members that could be meant as problems).
Result<LearnedControls> read_learned(std::string_view project, const std::string& controller_key = {});

struct Rebinding {
  std::size_t index = 0;
  int controller = 0;  // 0..119
};

// The project with other numbers. Codes as above; invalid_binding (pointer '/bindings/0').
Result<std::string> with_controllers(std::string_view project, const std::vector<Rebinding>& bindings,
                                     const std::string& controller_key = {});

// For each binding whose target names one of our parameters the controller that the profile sends it on.
// Those that name none, or one that another binding has taken, are left as they are.
std::vector<Rebinding> suggested(const LearnedControls& learned, const DeviceProfile& profile);

}  // namespace doodled::mpc

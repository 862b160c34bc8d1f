// Teaching a device that learns controllers (MIDI Learn): one parameter at a time, slowly up and down, with
// rests between in which the next control is chosen.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/play/device_profile.hpp"
#include "core/play/timeline.hpp"

namespace doodled {

struct TeachWish {
  std::vector<Parameter> parameters = {};  // in this order; empty: all that the profile sends, but for pitch
  double seconds = 4;                      // that each moves, 1..60
  double rest_seconds = 3;                 // before each, 0..60
  int channel = 1;                         // 1..16
};

struct TeachStep {
  Parameter parameter;
  std::string message;  // 'controller 74'
  Tick begin = 0, end = 0;
};

struct TeachPlan {
  std::shared_ptr<const Timeline> timeline;
  std::vector<TeachStep> steps;
};

// Code: invalid_teach; pointers '/parameters/0' (one that the profile does not send), '/seconds', '/channel'.
Result<TeachPlan> teach_plan(const TeachWish& wish, const DeviceProfile& profile);
// The step that a plan is in, or is about to take, at a tick of its timeline; null after the last.
const TeachStep* step_at(const TeachPlan& plan, Tick tick);

}  // namespace doodled

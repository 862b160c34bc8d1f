// The devices of a rack: how they start, change while others play, and leave.
#include <algorithm>
#include <thread>

#include "core/play/device_rack_body.hpp"

namespace doodled {
namespace {

constexpr std::chrono::seconds longest_close{2};

}  // namespace

DeviceRack::Body::Units DeviceRack::Body::units() const {
  const std::lock_guard lock(units_mutex_);
  return units_;
}

void DeviceRack::Body::add_device(DeviceSetup setup) {
  auto unit = std::make_shared<Unit>();
  unit->settings = setup.settings;
  unit->profile = std::move(setup.profile);
  RunnerOptions options;
  options.streams = setup.streams;
  unit->runner = std::make_shared<Runner>(std::move(setup.settings), std::move(setup.driver), clock_, options,
                                          view_, vigil_);
  unit->runner->set_capabilities(setup.capabilities);
  start_runner(*unit);
  const std::lock_guard lock(units_mutex_);
  units_.push_back(std::move(unit));
}

void DeviceRack::Body::start_runner(Unit& unit) {
  std::promise<void> left;
  unit.left = left.get_future();
  unit.thread =
      std::thread([runner = unit.runner, realtime = config_.realtime, left = std::move(left)]() mutable {
        runner->run(realtime);
        left.set_value();
      });
}

void DeviceRack::Body::change_device(Unit& unit, DeviceSetup setup) {
  unit.settings = setup.settings;
  unit.profile = std::move(setup.profile);
  unit.runner->replace(std::move(setup.settings), std::move(setup.driver), setup.capabilities, setup.streams);
}

void DeviceRack::Body::take_out(const std::shared_ptr<Unit>& unit) {
  leave_all(*unit->runner);
  unit->leaves_by = std::chrono::steady_clock::now() + longest_close;
  unit->unknown_from = runners_version_ + 1;
  unit->runner->quit();
  const std::lock_guard lock(units_mutex_);
  std::erase(units_, unit);
  leaving_.push_back(unit);
}

// A device whose driver call does not return can't be changed any more; a new one takes its place.
ReloadedDevices DeviceRack::Body::reconfigure(std::vector<DeviceSetup> devices) {
  const std::lock_guard one_at_a_time(reload_mutex_);
  ReloadedDevices report;
  auto left = units();
  for (auto& setup : devices) {
    const auto id = setup.settings.id;
    const auto found = std::ranges::find_if(left, [&](const auto& unit) { return unit->settings.id == id; });
    if (found == left.end()) {
      report.added.push_back(id);
      add_device(std::move(setup));
      continue;
    }
    const auto unit = *found;
    left.erase(found);
    if (unit->settings == setup.settings && unit->profile == setup.profile) {
      report.kept.push_back(id);
      continue;
    }
    report.changed.push_back(id);
    if (!unit->runner->stuck()) {
      change_device(*unit, std::move(setup));
    } else {
      take_out(unit);
      add_device(std::move(setup));
    }
  }
  for (const auto& unit : left) {
    report.removed.push_back(unit->settings.id);
    take_out(unit);
  }
  set_margin();
  tell_player();
  vigil_->ring();
  return report;
}

// The player reads the list at its next step; the one before has been read by then.
void DeviceRack::Body::tell_player() {
  while (player_.runners_version() != runners_version_) std::this_thread::yield();
  known_runners_.clear();
  for (const auto& unit : units()) known_runners_.push_back(unit->runner.get());
  if (player_.change_runners(known_runners_, runners_version_ + 1)) ++runners_version_;
}

void DeviceRack::Body::set_margin() {
  double largest = 0;
  for (const auto& unit : units()) largest = std::max(largest, unit->settings.latency_ms);
  player_.set_margin(Nanoseconds{static_cast<std::int64_t>(largest * 1e6)});
}

bool DeviceRack::Body::has_left(Unit& unit) {
  const std::lock_guard one_at_a_time(leave_mutex_);
  if (unit.gone) return true;
  if (unit.left.wait_for(std::chrono::seconds{0}) == std::future_status::ready) {
    unit.thread.join();
    return unit.gone = true;
  }
  if (std::chrono::steady_clock::now() < unit.leaves_by) return false;
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<const void>> keep(plays_.begin(), plays_.end());
  keep.insert(keep.end(), held_.begin(), held_.end());
  unit.runner->abandon(std::move(keep));
  unit.thread.detach();
  return unit.gone = true;
}

// The housekeeper's, between two looks; what a device sent last is in the log by then.
void DeviceRack::Body::see_off() {
  Units leaving;
  {
    const std::lock_guard lock(units_mutex_);
    leaving = leaving_;
  }
  for (const auto& unit : leaving) {
    if (!has_left(*unit) || player_.runners_version() < unit->unknown_from) continue;
    while (collect(*unit->runner) > 0) write_collected();
    const std::lock_guard lock(units_mutex_);
    std::erase(leaving_, unit);
  }
}

// At the end of the rack. All leave at once.
void DeviceRack::Body::close_runners() {
  for (const auto& unit : units()) take_out(unit);
  Units leaving;
  {
    const std::lock_guard lock(units_mutex_);
    leaving = leaving_;
    units_ = leaving_;  // their last packets are still to be read
    leaving_.clear();
  }
  for (const auto& unit : leaving) {
    unit->left.wait_until(unit->leaves_by);
    has_left(*unit);
  }
}

std::vector<DeviceState> DeviceRack::Body::devices() const {
  std::vector<DeviceState> states;
  for (const auto& unit : units()) states.push_back(device_state(*unit));
  return states;
}

void DeviceRack::Body::show(std::shared_ptr<const Scene> scene) {
  view_->show(std::move(scene));
  for (const auto& unit : units()) unit->runner->scene_changed();
}

DeviceState DeviceRack::Body::device_state(const Unit& unit) const {
  auto state = unit.runner->state();
  const std::lock_guard lock(mutex_);
  for (const auto& play : plays_)
    for (const auto& seat : play->seats)
      if (seat.runner == unit.runner.get() && seat.taken && play->status.load() == PlayStatus::playing)
        state.play_id = play->request.id;
  return state;
}

std::shared_ptr<Runner> DeviceRack::Body::find_device(const std::string& id) const {
  for (const auto& unit : units())
    if (unit->runner->id() == id) return unit->runner;
  return nullptr;
}

}  // namespace doodled

// Plays that the end of the process has interrupted go on once their devices are there.
#pragma once
#include <atomic>
#include <thread>
#include <vector>

#include "core/perform/performer.hpp"

namespace doodled {

class Resumer {
 public:
  // `interrupted`: of Plays::take_resumable. All outlive it.
  Resumer(Performer& performer, const DeviceRack& rack, const Clock& clock,
          std::vector<PlayRecord> interrupted);
  // Those that still wait are not resumed any more.
  ~Resumer();

 private:
  void work();
  bool is_ready(const PlayRecord& play) const;

  Performer& performer_;
  const DeviceRack& rack_;
  const Clock& clock_;
  std::vector<PlayRecord> waiting_;
  Bell bell_;
  std::atomic<bool> quit_{false};
  std::thread thread_;  // ends with the last play
};

}  // namespace doodled

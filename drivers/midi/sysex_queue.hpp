// SysEx messages of a device that needs time between them: they wait for their turn, each parameter with its
// newest value. One thread; never allocates but in the constructor.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "core/play/driver.hpp"

namespace doodled::midi {

class SysexQueue {
 public:
  // 0: nothing is to wait.
  explicit SysexQueue(int gap_ms);

  bool waits() const noexcept { return gap_ > Nanoseconds::zero(); }
  bool empty() const noexcept { return waiting_ == 0; }
  // `channel` 0..15, a message of at most SysexTemplate::longest bytes. One of the same channel and parameter
  // that waits is replaced, in its place.
  void put(int channel, Parameter parameter, Bytes message) noexcept;
  // Adds the one that has waited longest, when it is time. When there may be another one; max: none waits.
  Nanoseconds release(Nanoseconds now, Packets& packets) noexcept;
  void clear() noexcept;

 private:
  struct Slot {
    std::array<std::uint8_t, SysexTemplate::longest> bytes;
    std::uint8_t size = 0;  // 0: does not wait
  };
  static std::size_t slot_of(int channel, Parameter parameter) noexcept;

  const Nanoseconds gap_;
  std::vector<Slot> slots_;
  std::vector<std::uint16_t> line_;  // of slots, a ring as long as there are slots
  std::size_t first_ = 0, waiting_ = 0;
  Nanoseconds next_{0};
};

}  // namespace doodled::midi

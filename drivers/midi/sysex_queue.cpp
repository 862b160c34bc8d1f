#include "drivers/midi/sysex_queue.hpp"

#include <algorithm>

namespace doodled::midi {

SysexQueue::SysexQueue(int gap_ms)
    : gap_(std::chrono::milliseconds(gap_ms)),
      slots_(gap_ms > 0 ? 16 * static_cast<std::size_t>(parameter_count) : 0),
      line_(slots_.size()) {}

std::size_t SysexQueue::slot_of(int channel, Parameter parameter) noexcept {
  return static_cast<std::size_t>(channel & 15) * parameter_count + static_cast<std::size_t>(parameter);
}

void SysexQueue::put(int channel, Parameter parameter, Bytes message) noexcept {
  const auto index = slot_of(channel, parameter);
  auto& slot = slots_[index];
  if (slot.size == 0) line_[(first_ + waiting_++) % line_.size()] = static_cast<std::uint16_t>(index);
  slot.size = static_cast<std::uint8_t>(std::min(message.size(), slot.bytes.size()));
  std::copy_n(message.begin(), slot.size, slot.bytes.begin());
}

Nanoseconds SysexQueue::release(Nanoseconds now, Packets& packets) noexcept {
  if (waiting_ > 0 && now >= next_) {
    auto& slot = slots_[line_[first_]];
    packets.add(Bytes{slot.bytes.data(), slot.size});
    slot.size = 0;
    first_ = (first_ + 1) % line_.size();
    --waiting_;
    next_ = now + gap_;
  }
  return waiting_ > 0 ? next_ : Nanoseconds::max();
}

void SysexQueue::clear() noexcept {
  for (; waiting_ > 0; --waiting_, first_ = (first_ + 1) % line_.size()) slots_[line_[first_]].size = 0;
}

}  // namespace doodled::midi

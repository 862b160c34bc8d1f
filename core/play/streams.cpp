#include "core/play/streams.hpp"

#include <algorithm>
#include <cmath>

namespace doodled {

void Streams::use(const Timeline& timeline, Tick origin, Tick from) {
  lanes_ = limits_.values_hz > 0 ? timeline.streams : nullptr;
  length_ = lanes_ && timeline.length > 0 ? timeline.length : 0;
  origin_ = origin;
  next_ = from;
  const auto count = lanes_ ? lanes_->size() : 0;
  cursors_.assign(count, {});
  sent_.assign(count, -1);
  changed_.clear();
  changed_.reserve(count);
  messages_ = 0;
  for (std::size_t i = 0; i < count; ++i)
    messages_ += limits_.messages[static_cast<std::size_t>((*lanes_)[i].parameter)];
}

// Ticks between two values. 16 ticks a second for each beat a minute.
Tick Streams::step(double tempo_bpm) const noexcept {
  const double rate = std::min(limits_.values_hz, limits_.total_hz / std::max(1.0, messages_));
  return std::max<Tick>(1, static_cast<Tick>(std::ceil(tempo_bpm * 16 / rate - 1e-9)));
}

Nanoseconds Streams::next(const TempoLine& line) const noexcept {
  return length_ == 0 ? Nanoseconds::max() : line.time_of(next_);
}

std::span<const TimelineEvent> Streams::take(const TempoLine& line, Nanoseconds now) noexcept {
  if (length_ == 0 || line.time_of(next_) > now) return {};
  const Tick unit = step(line.tempo_bpm);
  const Tick late = static_cast<Tick>(line.tick_at(now)) - next_;
  at_ = next_ + std::max<Tick>(0, late) / unit * unit;
  next_ = origin_ + ((at_ - origin_) / unit + 1) * unit;
  const Tick position = ((at_ - origin_) % length_ + length_) % length_;
  changed_.clear();
  for (std::size_t i = 0; i < cursors_.size(); ++i) {
    const Lane& lane = (*lanes_)[i];
    const auto value = static_cast<float>(cursors_[i].at(lane, position));
    if (std::abs(value - sent_[i]) < smallest_move) continue;
    sent_[i] = value;
    changed_.push_back({position, lane.track, ParameterChange{lane.parameter, value}});
  }
  return changed_;
}

void Streams::told(std::uint16_t track, Parameter parameter, float value) noexcept {
  for (std::size_t i = 0; i < sent_.size(); ++i)
    if ((*lanes_)[i].track == track && (*lanes_)[i].parameter == parameter) sent_[i] = value;
}

}  // namespace doodled

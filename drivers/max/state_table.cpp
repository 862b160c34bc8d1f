#include "drivers/max/state_table.hpp"

#include <algorithm>
#include <cmath>

namespace doodled::max_link {
namespace {

constexpr std::int32_t unset = -1;

std::int32_t sixteen_bits(float value) {
  return static_cast<std::int32_t>(
      std::floor(std::clamp(static_cast<double>(value), 0.0, 1.0) * 65535 + 0.5));
}

}  // namespace

std::array<std::array<std::int32_t, parameter_count>, StateTable::tracks> StateTable::cleared() noexcept {
  std::array<std::array<std::int32_t, parameter_count>, tracks> values;
  for (auto& track : values) track.fill(unset);
  return values;
}

void StateTable::record(const TimelineEvent& event) noexcept {
  if (std::holds_alternative<SessionStart>(event.body)) {
    values_ = cleared();
  } else if (const auto* transport = std::get_if<TransportChange>(&event.body)) {
    playing_ = transport->playing;
    tempo_ = static_cast<std::int32_t>(std::lround(static_cast<double>(transport->tempo_bpm) * 1000));
  } else if (const auto* change = std::get_if<ParameterChange>(&event.body)) {
    if (event.track < tracks)
      values_[event.track][static_cast<std::size_t>(change->parameter)] = sixteen_bits(change->value);
  }
}

std::vector<std::int32_t> StateTable::words(std::int32_t revision) const {
  std::vector<std::int32_t> words{playing_ ? 1 : 0, tempo_, revision};
  for (std::size_t track = 0; track < tracks; ++track)
    for (std::size_t i = 0; i < parameter_count; ++i)
      if (const auto value = values_[track][i]; value != unset)
        words.insert(words.end(), {static_cast<std::int32_t>(track), static_cast<std::int32_t>(i), value});
  return words;
}

}  // namespace doodled::max_link

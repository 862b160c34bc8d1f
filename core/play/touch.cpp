#include "core/play/touch.hpp"

#include <algorithm>

namespace doodled {

void TouchTable::forget() noexcept {
  std::ranges::fill(cells_, Cell{});
  held_count_ = 0;
}

std::optional<float> TouchTable::touch(const Touch& touch) noexcept {
  Cell& cell = cells_[index_of(touch.track, touch.parameter)];
  switch (touch.kind) {
    case Touch::Kind::hold:
      cell.held = touch.value;
      break;
    case Touch::Kind::move:
      cell.moved = touch.value;
      break;
    case Touch::Kind::release:
      cell.held = none;
      cell.moved = 0;
      break;
    case Touch::Kind::controller:
      if (!holds(touch.track, touch.controller) && held_count_ < held_.size())
        held_[held_count_++] = {touch.track, touch.controller};
      return touch.value;
    case Touch::Kind::let_go:
      let_go(touch.track, touch.controller);
      return touch.value;
  }
  return value(touch.track, touch.parameter);
}

std::optional<float> TouchTable::pass(std::uint16_t track, Parameter parameter, float value) noexcept {
  Cell& cell = cells_[index_of(track, parameter)];
  cell.timeline = value;
  if (cell.held != none) return std::nullopt;
  return std::clamp(value + cell.moved, 0.0F, 1.0F);
}

std::optional<float> TouchTable::pass(std::uint16_t track, std::uint8_t controller,
                                      float value) const noexcept {
  if (holds(track, controller)) return std::nullopt;
  return value;
}

std::optional<float> TouchTable::value(std::uint16_t track, Parameter parameter) const noexcept {
  const Cell& cell = cells_[index_of(track, parameter)];
  if (cell.held != none) return cell.held;
  if (cell.timeline == none) return std::nullopt;
  return std::clamp(cell.timeline + cell.moved, 0.0F, 1.0F);
}

bool TouchTable::holds(std::uint16_t track, std::uint8_t controller) const noexcept {
  return std::any_of(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(held_count_),
                     [&](const Held& held) { return held.track == track && held.controller == controller; });
}

void TouchTable::let_go(std::uint16_t track, std::uint8_t controller) noexcept {
  const auto end = held_.begin() + static_cast<std::ptrdiff_t>(held_count_);
  const auto kept = std::remove_if(held_.begin(), end, [&](const Held& held) {
    return held.track == track && held.controller == controller;
  });
  held_count_ = static_cast<std::size_t>(kept - held_.begin());
}

}  // namespace doodled

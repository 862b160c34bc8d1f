// What hands hold: a parameter or a controller that was turned wins over the timeline until it is released.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/music/parameters.hpp"
#include "core/play/ledger.hpp"

namespace doodled {

struct Touch {
  enum class Kind : std::uint8_t {
    hold,        // `parameter` is `value` (0..1), whatever the timeline says
    move,        // the timeline's `parameter` is moved by `value` (-1..1)
    release,     // of `parameter`: the timeline's own value again
    controller,  // `controller` is `value` (0..1)
    let_go       // `controller` is `value`, and the timeline's from the next change on
  };
  Kind kind = Kind::hold;
  std::uint16_t track = 0;
  Parameter parameter = Parameter::cutoff;
  std::uint8_t controller = 0;
  float value = 0;
  std::uint64_t play = 0;  // serial of the play it is for; filled in by the rack
};

// What one device is told of one play. Never allocates after it was made.
class TouchTable {
 public:
  TouchTable() : cells_(max_timeline_tracks * parameter_count) {}

  // Another play: nothing is held and nothing is known.
  void forget() noexcept;
  // The value that the device is to be told now, if any.
  std::optional<float> touch(const Touch& touch) noexcept;
  // What the timeline says passes through here: what is to be sent instead, or nothing while it is held.
  std::optional<float> pass(std::uint16_t track, Parameter parameter, float value) noexcept;
  std::optional<float> pass(std::uint16_t track, std::uint8_t controller, float value) const noexcept;
  // The value that the device should have, where one is known.
  std::optional<float> value(std::uint16_t track, Parameter parameter) const noexcept;

 private:
  static constexpr float none = -1;
  struct Cell {
    float timeline = none, held = none, moved = 0;
  };
  struct Held {
    std::uint16_t track = 0;
    std::uint8_t controller = 0;
  };

  std::size_t index_of(std::uint16_t track, Parameter parameter) const noexcept {
    return (track % max_timeline_tracks) * parameter_count + static_cast<std::size_t>(parameter);
  }
  bool holds(std::uint16_t track, std::uint8_t controller) const noexcept;
  void let_go(std::uint16_t track, std::uint8_t controller) noexcept;

  std::vector<Cell> cells_;
  std::array<Held, 64> held_{};
  std::size_t held_count_ = 0;
};

}  // namespace doodled

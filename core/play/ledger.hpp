// Which notes a device has been told to play and not yet to end.
#pragma once
#include <array>
#include <cstdint>

namespace doodled {

inline constexpr std::size_t max_timeline_tracks = 128;

class Ledger {
 public:
  void on(std::size_t track, std::uint8_t pitch) noexcept {
    auto& count = counts_[track & 127][pitch & 127];
    if (count == 255) return;
    ++count;
    ++sounding_;
  }
  // False when the note was not sounding.
  bool off(std::size_t track, std::uint8_t pitch) noexcept {
    auto& count = counts_[track & 127][pitch & 127];
    if (count == 0) return false;
    --count;
    --sounding_;
    return true;
  }
  bool counts(std::size_t track, std::uint8_t pitch) const noexcept {
    return counts_[track & 127][pitch & 127] > 0;
  }
  int sounding() const noexcept { return sounding_; }

  // Notes marked here survive the next release().
  void keep(std::size_t track, std::uint8_t pitch) noexcept { kept_[track & 127][pitch & 127] = true; }

  void forget_kept() noexcept { kept_ = {}; }

  // Calls `end(track, pitch)` for every sounding note that is not kept, as often as it was started. Stops
  // where `end` answers false: that note and the rest go on being counted.
  template <class End>
  void release(End end) {
    for (std::size_t track = 0; track < counts_.size() && sounding_ > 0; ++track)
      for (std::size_t pitch = 0; pitch < 128; ++pitch)
        while (counts_[track][pitch] > 0 && !kept_[track][pitch]) {
          if (!end(static_cast<std::uint16_t>(track), static_cast<std::uint8_t>(pitch))) return;
          off(track, static_cast<std::uint8_t>(pitch));
        }
    forget_kept();
  }

 private:
  std::array<std::array<std::uint8_t, 128>, max_timeline_tracks> counts_{};
  std::array<std::array<bool, 128>, max_timeline_tracks> kept_{};
  int sounding_ = 0;
};

}  // namespace doodled

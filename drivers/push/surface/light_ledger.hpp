// What the device was told to light, so that only changes are sent and everything can be taken back. Pure.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "drivers/push/surface/lights.hpp"
#include "drivers/push/surface/palette.hpp"

namespace doodled::push {

class LightLedger {
 public:
  explicit LightLedger(const ControlMap& map) : map_(map) {}

  // What makes the device show `lights`, in the order to send it: colours before the lights that use them.
  std::vector<Message> show(const Lights& lights);
  // Everything dark, whether it is known to be lit or not, and the palette as it was, as far as it was read.
  std::vector<Message> release();
  // An entry as it was before the first show(). Kept for release().
  void remember(int index, const PaletteEntry& entry) { before_[index] = entry; }
  // The device was lost or is new: nothing of what it shows is known. What was remembered stays.
  void forget();
  // How many pads and buttons are lit.
  int lit() const;

 private:
  static constexpr std::int16_t unknown = -1;
  struct Told {
    std::int16_t value = unknown;  // the palette's index, or a white
  };
  void tell(std::uint8_t status, int number, int value, Told& told, std::vector<Message>& messages);
  int index_of_colour(Colour colour, std::vector<Message>& messages);
  PaletteEntry entry(int index, Colour colour) const;

  const ControlMap map_;
  Palette palette_;
  std::array<Told, pad_count> pads_{};
  std::array<Told, button_count> buttons_{};
  std::array<std::uint8_t, 31> strip_{};
  bool strip_known_ = false;
  std::map<int, PaletteEntry> before_;
  std::map<int, Colour> set_;  // entries that we changed
};

}  // namespace doodled::push

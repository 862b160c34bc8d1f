#include "drivers/push/surface/light_ledger.hpp"

#include <algorithm>

namespace doodled::push {

void LightLedger::tell(std::uint8_t status, int number, int value, Told& told,
                       std::vector<Message>& messages) {
  if (told.value == value) return;
  told.value = static_cast<std::int16_t>(value);
  messages.push_back({status, static_cast<std::uint8_t>(number), static_cast<std::uint8_t>(value)});
}

// A place holds a white, too, which is not ours to change.
PaletteEntry LightLedger::entry(int index, Colour colour) const {
  const auto known = before_.find(index);
  return {colour, known == before_.end() ? std::uint8_t{0} : known->second.white};
}

int LightLedger::index_of_colour(Colour colour, std::vector<Message>& messages) {
  const auto place = palette_.place(colour);
  if (place.anew) {
    set_[place.index] = colour;
    messages.push_back(set_palette(place.index, entry(place.index, colour)));
    // A light that was told this place before shows another colour by now, or is about to be told its own.
    for (auto& told : pads_)
      if (told.value == place.index) told.value = unknown;
    for (auto& told : buttons_)
      if (told.value == place.index) told.value = unknown;
  }
  return place.index;
}

std::vector<Message> LightLedger::show(const Lights& lights) {
  std::vector<Message> colours, messages;
  palette_.begin();
  std::array<int, pad_count> pad_values{};
  std::array<int, button_count> button_values{};
  for (std::size_t i = 0; i < lights.pads.size(); ++i)
    pad_values[i] = index_of_colour(lights.pads[i], colours);
  for (std::size_t i = 0; i < lights.buttons.size(); ++i)
    button_values[i] = is_coloured(static_cast<Button>(i))
                           ? index_of_colour(lights.buttons[i].colour, colours)
                           : lights.buttons[i].white;
  for (std::size_t i = 0; i < pad_values.size(); ++i)
    tell(0x90, note_of(pad_of_index(static_cast<int>(i))), pad_values[i], pads_[i], messages);
  for (std::size_t i = 0; i < button_values.size(); ++i)
    if (const int controller = map_.controller[i]; controller >= 0)
      tell(0xb0, controller, button_values[i], buttons_[i], messages);
  if (!strip_known_ || strip_ != lights.strip) messages.push_back(set_strip_lights(lights.strip));
  strip_ = lights.strip;
  strip_known_ = true;
  colours.insert(colours.end(), messages.begin(), messages.end());
  return colours;
}

std::vector<Message> LightLedger::release() {
  for (auto& told : pads_) told.value = unknown;
  for (auto& told : buttons_) told.value = unknown;
  strip_known_ = false;
  auto messages = show({});
  for (const auto& [index, colour] : set_)
    if (const auto known = before_.find(index); known != before_.end())
      messages.push_back(set_palette(index, known->second));
  set_.clear();
  palette_.forget();
  return messages;
}

void LightLedger::forget() {
  pads_.fill({});
  buttons_.fill({});
  strip_known_ = false;
  set_.clear();
  palette_.forget();
}

int LightLedger::lit() const {
  const auto is_lit = [](const Told& told) { return told.value > 0; };
  return static_cast<int>(std::ranges::count_if(pads_, is_lit) + std::ranges::count_if(buttons_, is_lit));
}

}  // namespace doodled::push

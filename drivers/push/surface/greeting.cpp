#include "drivers/push/surface/greeting.hpp"

namespace doodled::push {

std::vector<Message> Greeting::begin(Nanoseconds now) {
  stage_ = Stage::identity;
  identity_.reset();
  palette_.clear();
  deadline_ = now + options_.patience;
  return {identity_request()};
}

std::vector<Message> Greeting::heard(Bytes message, Nanoseconds now) {
  if (stage_ == Stage::identity)
    if (const auto identity = identity_from(message)) {
      identity_ = identity;
      return ask_mode(now);
    }
  if (stage_ == Stage::mode)
    if (const auto mode = midi_mode_from(message); mode == options_.mode)
      return ask_entry(Palette::first, now);
  if (stage_ == Stage::palette)
    if (const auto reply = palette_from(message); reply && reply->index == asked_) {
      palette_.push_back({reply->index, reply->entry});
      return ask_entry(asked_ + 1, now);
    }
  return {};
}

// An entry that is not told ends the asking, since the next would not be either.
std::vector<Message> Greeting::waited(Nanoseconds now) {
  if (now < deadline_) return {};
  if (stage_ == Stage::identity) return ask_mode(now);
  return stage_ == Stage::mode ? ask_entry(Palette::first, now) : finish();
}

std::vector<Message> Greeting::ask_mode(Nanoseconds now) {
  stage_ = Stage::mode;
  deadline_ = now + options_.patience;
  return {set_midi_mode(options_.mode)};
}

std::vector<Message> Greeting::ask_entry(int from, Nanoseconds now) {
  stage_ = Stage::palette;
  asked_ = from;
  while (asked_ <= Palette::last && !Palette::is_ours(asked_)) ++asked_;
  if (asked_ > Palette::last) return finish();
  deadline_ = now + options_.palette_patience;
  return {get_palette(asked_)};
}

std::vector<Message> Greeting::finish() {
  stage_ = Stage::done;
  deadline_ = Nanoseconds::max();
  return {set_aftertouch(options_.aftertouch), set_touch_strip(TouchStrip::host),
          set_led_brightness(options_.led_brightness), set_display_brightness(options_.display_brightness)};
}

}  // namespace doodled::push

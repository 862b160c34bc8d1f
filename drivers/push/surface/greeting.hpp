// How the surface and a Push get acquainted, one question at a time, because a Push may drop answers when
// asked again too early: identity, mode, then the palette's entries that will be changed, to be given back at
// the end. Pure; time is told.
#pragma once
#include <optional>
#include <vector>

#include "core/base/bell.hpp"
#include "drivers/push/surface/palette.hpp"
#include "drivers/push/surface/sysex.hpp"

namespace doodled::push {

struct GreetingOptions {
  Nanoseconds patience{500'000'000};         // for an answer to the first two questions
  Nanoseconds palette_patience{60'000'000};  // for each entry; one that is not answered ends the asking
  MidiMode mode = MidiMode::user;
  Aftertouch aftertouch = Aftertouch::channel;
  int led_brightness = 127, display_brightness = 255;
};

class Greeting {
 public:
  enum class Stage { identity, mode, palette, done };

  explicit Greeting(GreetingOptions options = {}) : options_(options) {}

  // What to send now. Call after begin, after each heard() that says so, and when deadline() has come.
  std::vector<Message> begin(Nanoseconds now);
  std::vector<Message> heard(Bytes message, Nanoseconds now);
  std::vector<Message> waited(Nanoseconds now);
  Nanoseconds deadline() const { return deadline_; }  // max when nothing is awaited

  Stage stage() const { return stage_; }
  // Nothing when it did not say who it is.
  const std::optional<Identity>& identity() const { return identity_; }
  struct Entry {
    int index;
    PaletteEntry entry;
  };
  const std::vector<Entry>& palette() const { return palette_; }

 private:
  std::vector<Message> ask_mode(Nanoseconds now);
  std::vector<Message> ask_entry(int from, Nanoseconds now);
  std::vector<Message> finish();

  const GreetingOptions options_;
  Stage stage_ = Stage::identity;
  Nanoseconds deadline_ = Nanoseconds::max();
  std::optional<Identity> identity_;
  std::vector<Entry> palette_;
  int asked_ = 0;
};

}  // namespace doodled::push

// What is said to AbletonOSC and when: the clips of a play are written once it is known how many tracks Live
// has, missing tracks are made first, then they are fired; parameters are found by name and follow at a rate
// that Live keeps up with. One that does not answer is told all the same. Pure; time is told.
#pragma once
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/bell.hpp"
#include "drivers/abletonosc/clips.hpp"
#include "drivers/abletonosc/parameter_names.hpp"

namespace doodled::ableton_osc {

struct ConversationOptions {
  int first_track = 0, slot = 0;           // where clips go, from 0
  int device = 0;                          // of each track, whose parameters are set
  Nanoseconds patience{1'000'000'000};     // for an answer before all is told without
  Nanoseconds keep_alive{5'000'000'000};   // between two questions whether it is there
  Nanoseconds between_values{50'000'000};  // of one parameter
};

class Conversation {
 public:
  explicit Conversation(ConversationOptions options) : options_(options) {}

  // The set that plays from now on; it is written and, where it plays already, fired.
  void use(std::shared_ptr<const ClipSet> set);
  // The device was opened or Live was started: nothing is known of it.
  void forget();
  void start(double tempo_bpm);
  void stop();
  void set_tempo(double tempo_bpm) { tempo_told_ = false, tempo_bpm_ = tempo_bpm; }
  // Kept until it can be told: `value` 0..1 of the parameter's own range. Never allocates once used for a
  // set.
  void set_parameter(std::size_t track, Parameter parameter, float value) noexcept;

  void hear(const Message& message, Nanoseconds now);
  // What is to be said now. Call at least every between_values while something plays.
  std::vector<Message> speak(Nanoseconds now);
  // The last that is said: what plays is stopped.
  std::vector<Message> goodbye();

  bool answered() const { return heard_at_.has_value(); }
  // 'Live 12.1' when it was told.
  const std::string& version() const { return version_; }

 private:
  struct Range {
    int index;
    float least, most;
  };
  struct Table {  // of one track's device
    std::vector<std::string> names;
    std::vector<float> least, most;
    std::map<Parameter, std::optional<Range>> found;
  };
  struct Pending {
    float value = -1, told = -1;
    Nanoseconds told_at{};
  };

  void ask(Nanoseconds now, std::vector<Message>& out);
  void write(Nanoseconds now, std::vector<Message>& out);
  void make_tracks(int missing, Nanoseconds now, std::vector<Message>& out);
  void ask_parameters(std::vector<Message>& out) const;
  void tell_clips(const char* address, std::vector<Message>& out) const;
  void tell_parameters(Nanoseconds now, std::vector<Message>& out);
  std::optional<Range> range_of(Table& table, Parameter parameter) const;
  void take_parameters(const Message& message, std::string_view what);
  int live_track(std::size_t track) const { return options_.first_track + static_cast<int>(track); }

  const ConversationOptions options_;
  std::shared_ptr<const ClipSet> set_;
  bool written_ = false, playing_ = false, fired_ = false, stop_wanted_ = false, tempo_told_ = true;
  double tempo_bpm_ = 120;
  std::optional<int> tracks_;  // that Live has
  std::optional<Nanoseconds> heard_at_, asked_at_, wanted_at_, made_at_;
  std::string version_;
  std::vector<Table> tables_;                                  // by track of the set
  std::vector<std::array<Pending, parameter_count>> pending_;  // likewise
};

}  // namespace doodled::ableton_osc

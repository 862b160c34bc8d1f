// The macros and parameters of the session in hand, and what turning them means for its tracks. Pure.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.hpp"
#include "core/music/session.hpp"
#include "core/play/touch.hpp"

namespace doodled {

struct MacroState {
  int number = 1;  // 1..9
  std::string name, group;
  int cell = 0;          // 1..9 of the picture; 0: none
  double value = 0.5;    // 0..1
  bool touched = false;  // turned by hand and not yet released
};

class Controls {
 public:
  static constexpr int macro_count = 9;

  Controls() = default;
  explicit Controls(const Session& session) { use(session); }

  // Another session: nothing is held any more.
  void use(const Session& session);
  // What the session became; what is held stays held.
  void go_on_with(const Session& session);

  MacroState macro(int number) const;
  std::vector<MacroState> macros() const;

  // What the devices are to be told. The number is 1..9, values 0..1. A macro that the session does not have
  // reaches the devices all the same, as macro_N of its first track.
  std::vector<Touch> turn(int number, double value);
  std::vector<Touch> release(int number);
  // Of `track`, or of every melodic one.
  std::vector<Touch> hold(Parameter parameter, std::optional<int> track, double value);
  std::vector<Touch> release(Parameter parameter, std::optional<int> track);
  std::vector<Touch> release_all();
  // All that is held, for a play that begins.
  std::vector<Touch> held() const;
  bool holds_anything() const;

 private:
  using Place = std::pair<std::uint16_t, Parameter>;

  struct Dial {
    std::optional<Macro> macro;  // the session's
    std::optional<double> turned;
    double rest() const { return macro ? macro->value : 0.5; }
  };

  Dial& dial(int number) { return dials_[static_cast<std::size_t>(number - 1)]; }
  const Dial& dial(int number) const { return dials_[static_cast<std::size_t>(number - 1)]; }
  std::uint16_t track_index(const std::string& id) const;
  std::vector<std::uint16_t> tracks_of(std::optional<int> track) const;
  // How far all turned macros together move what this one reaches.
  std::vector<Touch> moved_by(const Dial& dial) const;
  std::vector<Touch> told_of(int number) const;

  std::array<Dial, macro_count> dials_;
  std::map<Place, double> parameters_;  // held
  std::vector<std::string> tracks_;     // ids
  std::vector<bool> drums_;
};

Json to_json(const MacroState& macro);

}  // namespace doodled

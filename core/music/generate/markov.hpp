// A Markov chain of the first order over what a melody does, learned from notes that are there: how it moves
// (in steps of the key), how long until the next note, how long a note lasts and how loud it is.
#pragma once
#include <map>
#include <string_view>
#include <vector>

#include "core/base/random.hpp"
#include "core/music/session.hpp"

namespace doodled::generate {

class Markov {
 public:
  // From every melodic track of the session, or only from `track`. Drums are left out.
  static Markov learn(const Session& session, std::string_view track = {});

  bool empty() const { return states_.empty(); }
  // Notes of `key`, inside lowest..highest and `length`; none when nothing was learned. Where the chain ends
  // (a state seen only last) it starts again at its beginning.
  std::vector<Note> walk(const Key& key, Tick length, int lowest, int highest, Random& random) const;

 private:
  struct Event {
    int move;  // degrees of the key from the note before
    Tick until_next, duration;
    int velocity;
    auto operator<=>(const Event&) const = default;
  };
  void learn(const Pattern& pattern, const Key& key);
  const Event& next(const Event& event, Random& random) const;

  int first_pitch_ = 60;
  std::vector<Event> starts_;
  std::map<Event, std::vector<Event>> states_;
};

}  // namespace doodled::generate

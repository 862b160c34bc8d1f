// Keeps the next form of every evolving play ready, on a thread of its own.
#pragma once
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/perform/evolution.hpp"

namespace doodled {

struct EvolveState {
  int form = 0;         // that sounds; 0 is the session itself
  bool ready = false;   // the next one waits for its bar line
  int late = 0;         // forms that were not ready at theirs and came at a later one
  std::string problem;  // why it no longer changes, or empty
};

class Evolver {
 public:
  // Hands the form to the player for `at` ticks after the play began; the version that the player knows it
  // by. May refuse, when the play is over.
  using Hand =
      std::function<Result<std::uint32_t>(const std::string& play_id, const Accepted& form, Tick at)>;

  Evolver(Hand hand, RuleOptions rules);
  ~Evolver() { stop(); }
  // No further forms; waits for the one that is being made. The player may go after that.
  void stop();

  // `first` is form 1, which the player has already as version 2. Thread-safe, as all that follows.
  void begin(const std::string& play_id, Session session, EvolveWish wish, Session first);
  // The play has gone on with a version, `at` ticks after it began. If it is the form that was ready, the
  // next one is made now.
  void moved_on(const std::string& play_id, std::uint32_t version, Tick at);
  void ended(const std::string& play_id);
  std::optional<EvolveState> state(const std::string& play_id) const;

 private:
  struct Evolving {
    Session session, last;
    EvolveWish wish;
    int made = 1;               // the number of `last`
    std::uint32_t version = 2;  // of `last`
    EvolveState state;
  };

  void work(std::stop_token stop);
  void make_next(std::unique_lock<std::mutex>& lock, const std::string& play_id);

  const Hand hand_;
  const RuleOptions rules_;
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::map<std::string, Evolving> evolving_;
  std::vector<std::string> due_;  // plays whose next form is to be made
  std::jthread thread_;           // last: it uses what is above
};

}  // namespace doodled

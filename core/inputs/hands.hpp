// From what comes in to what is done: bindings, MIDI Learn, soft take-over, and what needs no binding
// (program changes, panic, our own OSC addresses). Clock goes to Sync.
//
// Thread-safe. heard() is for the threads of inputs: it reads the message and hands it on to a thread of its
// own, so that a clock is never kept waiting by a knob.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/actions/actions.hpp"
#include "core/base/clock.hpp"
#include "core/inputs/binding.hpp"
#include "core/inputs/pickup.hpp"
#include "core/sync/sync.hpp"

namespace doodled {

struct LearnWish {
  Binding binding;  // without a control
  double seconds = 30;
};

struct LearnState {
  bool active = false;
  std::string action;
  double seconds_left = 0;
  std::optional<Binding> learned;  // by the last wish
};

class Hands {
 public:
  Hands(Actions& actions, Sync& sync, const Clock& clock, Bindings bindings,
        std::function<void(const Binding&)> learned = {});
  ~Hands() { stop(); }
  void stop();

  // A MIDI message of the input `input`, as it came.
  void heard_midi(const std::string& input, Bytes message);
  // A datagram. What is no OSC is counted and left alone.
  void heard_osc(const std::string& input, Bytes packet);

  std::vector<Binding> bindings() const;
  Binding bind(Binding binding);
  bool unbind(const std::string& id);  // false: there is none

  // The next control that moves is bound. A wish takes the place of the one before.
  LearnState learn(LearnWish wish);
  LearnState learning() const;
  void stop_learning();

  // Packets and messages that could not be read.
  std::uint64_t refused() const noexcept { return refused_.load(); }

 private:
  struct Heard {
    std::string input;
    ControlMessage control;
    OscMessage osc;  // of kind osc
  };

  void push(Heard heard);
  void work(std::stop_token stop);
  void handle(const Heard& heard);
  bool learn_from(const Heard& heard);
  bool turn_by_bindings(const Heard& heard);
  void turn(const Binding& binding, const ControlMessage& control);
  void turn_value(const Binding& binding, const ControlMessage& control, const ActionInfo& action);
  void do_unbound(const Heard& heard);
  void do_osc(const OscMessage& osc);

  Actions& actions_;
  Sync& sync_;
  const Clock& clock_;
  const std::function<void(const Binding&)> learned_;

  mutable std::mutex mutex_;  // bindings and learning
  Bindings bindings_;
  std::optional<LearnWish> wish_;
  Nanoseconds wish_ends_{};
  std::optional<Binding> last_learned_;

  // The thread's own, by binding.
  std::map<std::string, Pickup> pickups_;
  std::map<std::string, double> before_;

  std::atomic<std::uint64_t> refused_{0};
  std::mutex queue_mutex_;
  std::condition_variable_any wake_;
  std::deque<Heard> queue_;
  std::jthread thread_;  // last: it uses what is above
};

}  // namespace doodled

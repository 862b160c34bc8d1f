// The one room for what hands ask for. MIDI in, OSC in, HTTP, control surfaces and the page call it by the
// names of action.hpp; nothing else turns a button into music.
//
// All methods are thread-safe. perform() and turn() run on the caller's thread; post() never waits.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/actions/action.hpp"
#include "core/actions/session_in_hand.hpp"
#include "core/actions/tap_tempo.hpp"
#include "core/rules/rules.hpp"

namespace doodled {

struct ActionServices {
  Store& store;
  Performer& performer;
  DeviceRack& rack;
  const Clock& clock;
  RuleOptions rules;
  // Called on the thread that acts, or on the actions' own; may not call Actions.
  std::function<void(const SessionHead&)> session_created, session_changed;
  // At most twenty times a second for each macro; also for all when another session is taken in hand.
  std::function<void(const MacroState&)> macro_changed;
  // Where the tempo is set; without it the rack's own. 'tempo_led' where somebody else sets it.
  std::function<Result<TransportState>(double tempo_bpm)> set_tempo = {};
};

struct HandState {
  std::string session_id;          // in hand, or empty when there is none at all
  std::string play_id;             // that sounds, or empty
  std::vector<MacroState> macros;  // nine
};
Json to_json(const HandState& state);

class Actions {
 public:
  explicit Actions(ActionServices services);
  ~Actions() { stop(); }
  // Nothing that was posted runs any more. The rack may go after that.
  void stop();

  // Does it and says what is in hand then. Errors: 'unknown_action', 'invalid_action', 'no_session',
  // 'unknown_session', 'no_neighbour', 'no_parent', 'too_few_taps', and those of Performer and DeviceRack.
  Result<HandState> perform(std::string_view name, const ActionCall& call = {});
  // The same for threads that must not wait (a MIDI or network callback): what is quick is done at once, the
  // rest in order on a thread of its own. Failures are logged.
  void post(std::string_view name, const ActionCall& call = {});

  HandState state();
  // What macro `number` (1..9) stands at, as soft take-over and displays need it. Quick.
  MacroState macro(int number);

 private:
  Result<void> act(const ActionInfo& action, const ActionCall& call);
  Result<void> act_on_sound(const ActionInfo& action, const ActionCall& call);
  Result<void> act_on_session(const ActionInfo& action, const ActionCall& call);
  Result<void> act_on_controls(const ActionInfo& action, const ActionCall& call);

  Result<void> play();
  Result<void> join();
  Result<void> play_in_hand(PerformRequest request);
  Result<void> stop_playing();
  Result<void> set_tempo(double tempo_bpm);
  Result<void> tap();
  Result<void> vary(const ActionCall& call);
  Result<void> back();
  Result<void> keep();
  Result<void> neighbour(bool newer);
  Result<void> pick(const ActionCall& call);
  Result<void> take(const std::string& session_id);
  Result<void> go_on_with(const SessionRecord& record);
  Result<void> tell(const std::vector<Touch>& touches);
  void mark_changed(int number);
  void mark_all_changed();

  void work(std::stop_token stop);
  void publish_changes(std::unique_lock<std::mutex>& lock);

  const ActionServices services_;
  std::mutex hand_mutex_;  // what is in hand; held while an action is done
  SessionInHand hand_;
  TapTempo taps_;
  std::uint64_t variations_ = 0;

  std::mutex queue_mutex_;
  std::condition_variable_any wake_;
  struct Posted {
    const ActionInfo* action;
    ActionCall call;
  };
  std::deque<Posted> posted_;
  std::uint32_t changed_macros_ = 0;  // bit n: macro n is to be told
  std::jthread thread_;               // last: it uses what is above
};

}  // namespace doodled

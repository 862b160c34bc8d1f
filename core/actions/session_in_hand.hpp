// Which session the hands are on: the one that sounds, else the one taken last, else the newest; with its
// macros and what is turned of them. One thread at a time.
#pragma once
#include <optional>
#include <string>

#include "core/actions/controls.hpp"
#include "core/perform/performer.hpp"

namespace doodled {

class SessionInHand {
 public:
  SessionInHand(Store& store, Performer& performer, const DeviceRack& rack)
      : store_(store), performer_(performer), rack_(rack) {}

  // Looks what sounds now. Errors: 'no_session' when there is none at all, and those of the store.
  Result<void> look();
  // After look().
  const std::string& session_id() const { return session_id_; }
  const std::string& play_id() const { return play_id_; }  // empty while nothing sounds
  Controls& controls() { return controls_; }

  // Takes it in hand; what sounds is `play_id`, or nothing. Error: 'unknown_session'.
  Result<void> take(const std::string& session_id, const std::string& play_id = {});
  // What sounds has become this session: what is held stays held.
  void become(const std::string& session_id, const Session& session);

 private:
  Result<std::string> newest() const;

  Store& store_;
  Performer& performer_;
  const DeviceRack& rack_;
  std::string session_id_, play_id_;
  Controls controls_;
};

}  // namespace doodled

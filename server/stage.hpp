// What control surfaces show: the session in hand with its picture and macros, made anew when something
// changed.
#pragma once
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "core/actions/actions.hpp"
#include "core/base/bell.hpp"
#include "core/play/scene.hpp"
#include "core/reader/client/reader_client.hpp"

namespace doodled {

class Stage {
 public:
  // All that is given outlives it.
  Stage(Store& store, DeviceRack& rack, Actions& actions, ReaderClient& reader);
  ~Stage();
  // Any thread; never waits. Plays or macros are not what they were.
  void changed() noexcept { bell_.ring(); }
  // The same of sessions: one is new, or has a star.
  void sessions_changed() noexcept;

 private:
  struct Seen {  // what the scene was made of
    std::string session_id, play_id;
    std::uint32_t version = 0;  // of the play; 0: the session itself
    bool operator==(const Seen&) const = default;
  };

  void work();
  bool is_seen() const;       // by any device
  bool is_looked_at() const;  // with eyes: the picture too
  void refresh();
  void look_up(const std::string& session_id);
  std::shared_ptr<const Session> session_of(const HandState& hand, const Seen& seen) const;
  Result<std::string> document_of(const HandState& hand, const Seen& seen) const;
  ScenePicture picture_of(const std::string& image_id) const;
  bool is_shown(const Scene& next) const;

  Store& store_;
  DeviceRack& rack_;
  Actions& actions_;
  ReaderClient& reader_;

  // The thread's own.
  std::optional<SessionHead> head_;  // of the session in hand
  Seen seen_;
  Scene shown_;
  std::string picture_id_;

  Bell bell_;
  std::atomic<bool> quit_{false}, sessions_changed_{true};
  std::thread thread_;  // last: it uses what is above
};

}  // namespace doodled

// What control surfaces show: the session in hand with its picture and macros, made anew when something
// changed.
#pragma once
#include <atomic>
#include <memory>
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
  // Any thread; never waits. Plays, sessions or macros are not what they were.
  void changed() noexcept;

 private:
  struct Seen {  // what the scene was made of
    std::string session_id, play_id;
    std::uint32_t version = 0;  // of the play; 0: the session itself
    bool operator==(const Seen&) const = default;
  };

  void work();
  bool is_seen() const;  // by any device
  void refresh();
  std::shared_ptr<const Session> session_of(const HandState& hand, const Seen& seen) const;
  Result<std::string> document_of(const HandState& hand, const Seen& seen) const;
  ScenePicture picture_of(const std::string& image_id) const;
  bool is_shown(const Scene& next) const;

  Store& store_;
  DeviceRack& rack_;
  Actions& actions_;
  ReaderClient& reader_;

  // The thread's own.
  Seen seen_;
  Scene shown_;
  std::string picture_id_;

  Bell bell_;
  std::atomic<bool> quit_{false};
  std::thread thread_;  // last: it uses what is above
};

}  // namespace doodled

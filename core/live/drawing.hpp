// One drawing that is made while it is heard: strokes come in, each is read, and what they became plays on.
//
// A thread of its own does everything in the order it was asked for. Changes that wait while a reading is
// under way are read together, so a fast hand never queues up readings.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "core/base/clock.hpp"
#include "core/compose/compose.hpp"
#include "core/interpret/accept.hpp"
#include "core/live/message.hpp"
#include "core/live/page_history.hpp"
#include "core/live/reply.hpp"
#include "core/perform/performer.hpp"
#include "core/reader/client/reader_client.hpp"
#include "core/store/store.hpp"

namespace doodled::live {

// What a drawing needs of the rest. Everything outlives it and is thread-safe.
struct Services {
  Store& store;
  Performer& performer;
  ReaderClient& reader;
  const Clock& clock;
  RuleOptions rules;  // that every session passes
  // A session was stored, or taken out of the lists again.
  std::function<void(const SessionHead&)> session_stored;
  std::function<void(const std::string& id)> session_hidden;
  std::function<void(const SessionHead&)> session_changed = {};
};

struct Limits {
  std::chrono::milliseconds linger{60'000};  // how long a drawing waits for its client to come back
  std::size_t max_drawings = 16;
  std::size_t max_waiting_bytes = std::size_t{4} << 20;  // messages of one drawing that wait for a reading
};

// The client's end. Called on the drawing's thread, never concurrently; must not block.
struct Peer {
  std::function<void(const std::string& message)> say;
  std::function<void(const std::string& reason)> end;
};

class Drawing {
 public:
  Drawing(std::string id, const Open& open, const Services& services, const Limits& limits);
  // As if the client had closed it.
  ~Drawing();
  Drawing(const Drawing&) = delete;

  const std::string& id() const { return id_; }
  bool over() const { return over_.load(); }

  // Any thread. The client is there (again) and is told where the drawing stands; another one that was there
  // is let go.
  void attach(std::shared_ptr<Peer> peer, bool resumed);
  // It has gone; nothing when another one is there by now.
  void detach(const std::shared_ptr<Peer>& peer);
  // What a client said, as it came. False when too much waits already.
  bool post(std::string text);

 private:
  struct Attached {
    std::shared_ptr<Peer> peer;
    bool resumed;
  };
  struct Detached {
    std::shared_ptr<Peer> peer;
  };
  using Item = std::variant<Attached, Detached, std::string>;

  void put(Item item);
  void run(const std::stop_token& stop);
  std::vector<Item> take(const std::stop_token& stop);
  void guarded(const std::function<void()>& work);
  void handle(Item& item);
  void handle(const Attached& attached);
  void handle(const std::string& text);
  void end();

  void obey(const Open&);
  void obey(const AddStroke& add);
  void obey(const Erase& erase);
  void obey(const Undo&);
  void obey(const Redo&);
  void obey(const Clear&);
  void obey(const Change& change);
  void obey(const Play& play);
  void obey(const Stop&);
  void obey(const Keep& keep);
  void obey(const Close&);

  void changed(const Result<void>& done);
  void catch_up();
  void read_page();
  void make_music();
  bool pass_on();
  bool is_playing();
  ComposeOptions options_now();
  StrokePage page() const;
  Result<ReadDrawing> see(bool with_picture);
  Result<SessionRecord> keep(bool wanted);
  Result<NewSession> new_session(Interpretation& interpretation);
  void say(const std::string& message);
  void refuse(const Error& error);

  const std::string id_;
  const Services& services_;
  const Limits& limits_;

  std::mutex mutex_;  // what follows is shared
  std::condition_variable_any wake_;
  std::vector<Item> inbox_;
  std::size_t waiting_bytes_ = 0;
  std::atomic<bool> over_{false};

  // The drawing's thread only.
  std::shared_ptr<Peer> peer_;
  std::chrono::steady_clock::time_point gone_since_{};
  std::stop_token stop_;
  Open open_;
  PageHistory history_;
  Seq seq_;             // of the message that is being obeyed
  Seq changed_seq_;     // of the last change
  bool dirty_ = false;  // changed since it was read
  bool closing_ = false;
  Reading reading_;
  std::optional<Accepted> accepted_;
  std::string play_id_;
  std::uint64_t revision_ = 0, kept_revision_ = 0;  // of what accepted_ was made of; of what was stored
  std::string kept_id_;                             // the session stored last
  bool kept_for_play_ = false;                      // nobody asked for it by name
  std::jthread thread_;                             // last: it uses all of the above
};

}  // namespace doodled::live

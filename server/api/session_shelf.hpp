// Stored sessions as they are sent. A session hardly ever changes, so its bytes and ETag are kept ready: to
// ask for it again costs neither the disk nor a thread that may wait for it.
#pragma once
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/events/bus.hpp"
#include "core/store/sessions.hpp"
#include "server/http/message.hpp"

namespace doodled::api {

// Thread-safe.
class SessionShelf {
 public:
  // Hears of changes from the bus; both outlive it. `most_bytes` of bodies are kept, the longest unasked go
  // first; one that is larger than an eighth of it is not kept.
  SessionShelf(Sessions& sessions, Bus& bus, std::size_t most_bytes = std::size_t{4} << 20);
  SessionShelf(const SessionShelf&) = delete;
  SessionShelf& operator=(const SessionShelf&) = delete;

  // What is ready, or nothing. Never waits.
  std::optional<http::Response> ready(std::string_view id);
  // Error: unknown_session.
  http::Response get(const std::string& id);

 private:
  struct Ready {
    std::string id;
    http::SharedBytes body;
    std::string tag;
  };
  using Kept = std::list<Ready>;

  static http::Response response_of(const Ready& ready);
  std::uint64_t changes() const;
  void keep(Ready ready, std::uint64_t changes_before);
  void heard(const Event& event);
  void remove_locked(Kept::iterator entry);

  Sessions& sessions_;
  const std::size_t most_bytes_;
  mutable std::mutex mutex_;
  Kept kept_;                                                   // the last asked first
  std::unordered_map<std::string_view, Kept::iterator> by_id_;  // the keys are those of kept_
  std::size_t bytes_ = 0;
  std::uint64_t changes_ = 0;
  Bus::Subscription subscription_;  // goes before what it uses
};

}  // namespace doodled::api

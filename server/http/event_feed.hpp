// Events to WebSocket clients: `GET PATH?topics=jobs,plays&since=SEQ`. One text message an event.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/web_socket.hpp"

namespace doodled::http {

struct FeedEvent {
  std::uint64_t seq;  // ascending
  std::string topic;
  std::string text;  // the JSON object that is sent
};

struct FeedOptions {
  std::vector<std::string> topics;  // what may be asked for; all of them when a client names none
  std::size_t kept = 1024;          // events kept for `since`
};

// A client that names a `since` gets what came after it, then what happens; where events after it are no
// longer kept (or the numbering began anew), the first message is {"seq", "topic": "events", "type": "gap",
// "data": {"since"}}, `seq` being the one before the oldest that follows.
class EventFeed {
 public:
  explicit EventFeed(FeedOptions options);
  ~EventFeed();

  // Thread-safe, never blocks, also before the server starts and after it stopped.
  void publish(FeedEvent event);
  // Give it to the HttpServer. The feed's state is shared with the route, so either may go first.
  WebSocketRoute route(std::string path);

 private:
  class State;
  std::shared_ptr<State> state_;
};

}  // namespace doodled::http

#include "server/http/event_feed.hpp"

#include <algorithm>
#include <charconv>
#include <deque>
#include <mutex>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "core/base/clock.hpp"
#include "server/http/text.hpp"

namespace doodled::http {
namespace {

constexpr std::chrono::steady_clock::duration longest_pause = std::chrono::milliseconds(1);

struct Packed {
  std::uint64_t seq;
  std::string topic;
  Frame frame;
};

// What a client asked for.
struct Wish {
  std::vector<std::string> topics;  // empty: all
  std::optional<std::uint64_t> since;

  bool takes(std::string_view topic) const {
    return topics.empty() || std::ranges::find(topics, topic) != topics.end();
  }
};

struct Client {
  std::shared_ptr<WebSocket> socket;
  Wish wish;
};

Error bad_wish(std::string name, std::string message) {
  return {"bad_query", "the query parameter '" + name + "' " + message, {{name, message}}};
}

Result<Wish> read_wish(const Request& request, const std::vector<std::string>& known) {
  Wish wish;
  for (const auto topic : split_list(request.query_value("topics").value_or(""))) {
    if (std::ranges::find(known, topic) == known.end())
      return bad_wish("topics", "names no topic: " + std::string(topic));
    wish.topics.emplace_back(topic);
  }
  if (const auto text = request.query_value("since")) {
    std::uint64_t since = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), since);
    if (error != std::errc{} || end != text->data() + text->size())
      return bad_wish("since", "is not a sequence number");
    wish.since = since;
  }
  return wish;
}

Frame gap_frame(std::uint64_t since, std::uint64_t seq) {
  return text_frame(to_text(Json{{"seq", seq},
                                 {"at", to_rfc3339(SystemClock().wall_ms())},
                                 {"topic", "events"},
                                 {"type", "gap"},
                                 {"data", {{"since", since}}}}));
}

}  // namespace

// The inbox is shared by all threads; the rest belongs to the I/O thread.
class EventFeed::State {
 public:
  explicit State(FeedOptions options) : options_(std::move(options)) {}

  static void publish(const std::shared_ptr<State>& self, FeedEvent event);
  static void started(const std::shared_ptr<State>& self, IoPost post);
  void stopped();
  std::optional<Response> refuse(const Request& request) const;
  void opened(const std::shared_ptr<WebSocket>& socket);
  void closed(WebSocket& socket) { clients_.erase(&socket); }

 private:
  static void schedule(const std::shared_ptr<State>& self);
  static void round(const std::shared_ptr<State>& self);
  std::vector<Packed> take_inbox();
  void tell(std::vector<Packed> events);
  void resume(const Client& client);

  const FeedOptions options_;
  std::mutex mutex_;
  std::vector<Packed> inbox_;
  bool round_due_ = false;
  std::chrono::steady_clock::time_point next_round_{};
  IoPost post_;  // while the server runs

  std::deque<Packed> kept_;
  std::unordered_map<WebSocket*, Client> clients_;
};

void EventFeed::State::publish(const std::shared_ptr<State>& self, FeedEvent event) {
  Packed packed{event.seq, std::move(event.topic), text_frame(event.text)};
  const std::lock_guard lock(self->mutex_);
  self->inbox_.push_back(std::move(packed));
  schedule(self);
}

void EventFeed::State::started(const std::shared_ptr<State>& self, IoPost post) {
  const std::lock_guard lock(self->mutex_);
  self->post_ = std::move(post);
  if (!self->inbox_.empty()) schedule(self);
}

void EventFeed::State::stopped() {
  const std::lock_guard lock(mutex_);
  post_ = nullptr;
  round_due_ = false;
}

// With the mutex held. Without a server the inbox keeps only what the history would.
void EventFeed::State::schedule(const std::shared_ptr<State>& self) {
  if (!self->post_) {
    if (self->inbox_.size() > self->options_.kept) self->inbox_.erase(self->inbox_.begin());
    return;
  }
  if (std::exchange(self->round_due_, true)) return;
  const auto pause = self->next_round_ - std::chrono::steady_clock::now();
  self->post_(std::max(std::chrono::microseconds(0), std::chrono::ceil<std::chrono::microseconds>(pause)),
              [self] { round(self); });
}

// The next round waits as long as this one took, within limits: where many listen the thread has other work
// too, and what is published meanwhile goes to each client in one write.
void EventFeed::State::round(const std::shared_ptr<State>& self) {
  const auto begun = std::chrono::steady_clock::now();
  self->tell(self->take_inbox());
  const auto ended = std::chrono::steady_clock::now();
  const std::lock_guard lock(self->mutex_);
  self->next_round_ = ended + std::min(ended - begun, longest_pause);
  self->round_due_ = false;
  if (!self->inbox_.empty()) schedule(self);
}

std::vector<Packed> EventFeed::State::take_inbox() {
  const std::lock_guard lock(mutex_);
  return std::exchange(inbox_, {});
}

void EventFeed::State::tell(std::vector<Packed> events) {
  std::vector<Frame> wanted;
  for (const auto& [address, client] : clients_) {
    wanted.clear();
    for (const auto& event : events)
      if (client.wish.takes(event.topic)) wanted.push_back(event.frame);
    if (!wanted.empty()) client.socket->send_now(wanted);
  }
  std::move(events.begin(), events.end(), std::back_inserter(kept_));
  while (kept_.size() > options_.kept) kept_.pop_front();
}

std::optional<Response> EventFeed::State::refuse(const Request& request) const {
  const auto wish = read_wish(request, options_.topics);
  if (!wish) return problem_response(wish.error());
  return std::nullopt;
}

void EventFeed::State::opened(const std::shared_ptr<WebSocket>& socket) {
  auto wish = read_wish(socket->request(), options_.topics);
  const auto& client =
      clients_.insert_or_assign(socket.get(), Client{socket, std::move(*wish)}).first->second;
  if (client.wish.since) resume(client);
}

void EventFeed::State::resume(const Client& client) {
  const auto since = *client.wish.since;
  const auto oldest = kept_.empty() ? 0 : kept_.front().seq;
  const auto newest = kept_.empty() ? 0 : kept_.back().seq;
  const bool gap = since > newest || since + 1 < oldest;
  const auto from = since > newest && oldest > 0 ? oldest - 1 : since;
  if (gap) client.socket->send(gap_frame(since, oldest > 0 ? oldest - 1 : 0));
  for (const auto& event : kept_)
    if (event.seq > from && client.wish.takes(event.topic)) client.socket->send(event.frame);
}

EventFeed::EventFeed(FeedOptions options) : state_(std::make_shared<State>(std::move(options))) {}
EventFeed::~EventFeed() = default;

void EventFeed::publish(FeedEvent event) { State::publish(state_, std::move(event)); }

WebSocketRoute EventFeed::route(std::string path) {
  WebSocketRoute route;
  route.path = std::move(path);
  route.needs = Scope::play;
  route.hooks.started = [state = state_](IoPost post) { State::started(state, std::move(post)); };
  route.hooks.stopped = [state = state_] { state->stopped(); };
  route.hooks.refuse = [state = state_](const Request& request) { return state->refuse(request); };
  route.hooks.opened = [state = state_](const std::shared_ptr<WebSocket>& socket) { state->opened(socket); };
  route.hooks.closed = [state = state_](WebSocket& socket) { state->closed(socket); };
  return route;
}

}  // namespace doodled::http

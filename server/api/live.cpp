#include "server/api/live.hpp"

#include <algorithm>
#include <unordered_map>

#include "core/live/message.hpp"
#include "core/live/reply.hpp"

namespace doodled::api {
namespace {

using http::CloseCode;
using http::WebSocket;

constexpr std::size_t largest_stroke_message = std::size_t{256}
                                               << 10;      // a stroke of the most points, and some
constexpr std::size_t most_queued = std::size_t{8} << 20;  // sessions that a slow phone has yet to take
constexpr double messages_a_second = 100, messages_at_once = 400;

// So many messages at once, and so many a second from then on.
class Allowance {
 public:
  bool take(Nanoseconds now) {
    const double passed = std::chrono::duration<double>(now - since_).count();
    left_ = std::min(messages_at_once, left_ + passed * messages_a_second);
    since_ = now;
    if (left_ < 1) return false;
    left_ -= 1;
    return true;
  }

 private:
  double left_ = messages_at_once;
  Nanoseconds since_{};
};

struct Client {
  std::shared_ptr<WebSocket> socket;
  std::shared_ptr<live::Peer> peer;
  std::shared_ptr<live::Drawing> drawing;  // once it is open
  Allowance allowance;
};

// I/O thread only.
class Clients {
 public:
  Clients(live::Room& room, const Clock& clock) : room_(room), clock_(clock) {}

  void opened(const std::shared_ptr<WebSocket>& socket) {
    auto peer = std::make_shared<live::Peer>();
    peer->say = [socket](const std::string& message) { socket->send_text(message); };
    peer->end = [socket](const std::string& reason) { socket->close(CloseCode::normal, reason); };
    clients_[socket.get()] = {socket, std::move(peer), nullptr, {}};
  }

  void text(WebSocket& socket, std::string_view text) {
    Client& client = clients_.at(&socket);
    if (!client.allowance.take(clock_.now()))
      return end(client, CloseCode::policy_violation,
                 {"too_many_messages", "more than 100 messages a second are not taken"});
    if (!client.drawing) return begin(client, text);
    if (!client.drawing->post(std::string(text)))
      end(client, CloseCode::try_again_later,
          {"overloaded", "strokes come faster than they are read; come back and go on"});
  }

  void closed(WebSocket& socket) {
    const auto found = clients_.find(&socket);
    if (found->second.drawing) found->second.drawing->detach(found->second.peer);
    clients_.erase(found);
  }

 private:
  // A client that opens wrongly is told, and may try again.
  void begin(Client& client, std::string_view text) {
    const auto message = live::message_from(text);
    if (!message.body) return refuse(client, message.seq, message.body.error());
    const auto* open = std::get_if<live::Open>(&*message.body);
    if (!open)
      return refuse(
          client, message.seq,
          {"not_open", "the drawing is not open", {{"/type", "is not \"open\", which comes first"}}});
    auto drawing = room_.open(*open, client.peer);
    if (!drawing) return refuse(client, message.seq, drawing.error());
    client.drawing = std::move(*drawing);
  }

  static void refuse(const Client& client, live::Seq seq, const Error& error) {
    client.peer->say(live::error_reply(seq, error));
  }
  static void end(const Client& client, CloseCode code, const Error& error) {
    refuse(client, std::nullopt, error);
    client.socket->close(code, error.message);
  }

  live::Room& room_;
  const Clock& clock_;
  std::unordered_map<WebSocket*, Client> clients_;
};

}  // namespace

http::WebSocketRoute LiveSocket::route(std::string path) const {
  auto clients = std::make_shared<Clients>(room_, clock_);
  http::WebSocketRoute route;
  route.path = std::move(path);
  route.needs = Scope::create;
  route.max_message = largest_stroke_message;
  route.max_queued = most_queued;
  route.hooks.opened = [clients](const std::shared_ptr<WebSocket>& socket) { clients->opened(socket); };
  route.hooks.text = [clients](WebSocket& socket, std::string_view text) { clients->text(socket, text); };
  route.hooks.closed = [clients](WebSocket& socket) { clients->closed(socket); };
  return route;
}

}  // namespace doodled::api

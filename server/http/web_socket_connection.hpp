// One WebSocket after its handshake.
#pragma once
#include <atomic>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "server/http/channel.hpp"
#include "server/http/service.hpp"
#include "server/http/web_socket_frame.hpp"

namespace doodled::http {

class WebSocketConnection final : public WebSocket,
                                  public Peer,
                                  public std::enable_shared_from_this<WebSocketConnection> {
 public:
  WebSocketConnection(std::shared_ptr<Service> service, std::unique_ptr<Channel> channel,
                      const WebSocketRoute& route, Request request);

  struct Handshake {
    std::string answer;    // still to be sent
    std::string received;  // behind it
  };

  // Takes the channel over to the service's thread and serves it there until it is closed. Called on the
  // thread that the channel had so far.
  static void begin(Service& service, std::unique_ptr<Channel> channel, const WebSocketRoute& route,
                    Request request, Handshake handshake);

  void send(Frame frame) override;
  void send_now(std::span<const Frame> frames) override;
  void close(CloseCode code, std::string_view reason) override;
  const Request& request() const override { return request_; }

 private:
  static Awaitable<void> run(std::shared_ptr<WebSocketConnection> self, Handshake handshake);

  void deadline_passed() override;
  void server_stops() override { begin_close(CloseCode::going_away, "the server stops"); }
  void cut() override;
  void token_revoked(const std::string& token_id) override;

  void handle_messages();
  void handle(const SocketMessage& message);
  void handle_close(const SocketMessage& message);
  bool has_room(const Frame& frame);
  void enqueue(Frame frame);
  void queue(Frame frame);
  void push(Frame frame);
  void begin_close(CloseCode code, std::string_view reason);
  void flush();
  std::vector<asio::const_buffer> take_up();
  void written(const boost::system::error_code& error);

  const std::shared_ptr<Service> service_;  // handles may outlive the server
  const std::unique_ptr<Channel> channel_;
  const WebSocketRoute& route_;
  const Request request_;
  FrameReader reader_;
  std::deque<Frame> queue_;
  std::vector<Frame> in_flight_;
  std::size_t queued_bytes_ = 0, in_flight_bytes_ = 0;
  std::atomic<bool> ended_ = false;
  bool flush_due_ = false;
  bool pinged_ = false;
  bool close_sent_ = false;  // or queued; nothing is queued behind it
  bool deaf_ = false;        // nothing that still arrives counts
};

}  // namespace doodled::http

// One HTTP/1.1 connection: read, route, hand over to a pool thread, write, again.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "server/http/channel.hpp"
#include "server/http/file_reader.hpp"
#include "server/http/read_buffer.hpp"
#include "server/http/request_parser.hpp"
#include "server/http/service.hpp"

namespace doodled::http {

class Connection final : public Peer {
 public:
  Connection(std::shared_ptr<Service> service, std::unique_ptr<Channel> channel);
  ~Connection() override;

  // Serves until either side ends it.
  static Awaitable<void> run(std::shared_ptr<Connection> self);

 private:
  // One request and its answer under way.
  struct Exchange;
  // With the file opened where the body is one.
  struct Answer;
  // An answer on its way out, and what of it is still to be sent.
  struct Reply;
  using Admission = std::variant<Match, const WebSocketRoute*, Response>;

  void deadline_passed() override;
  void server_stops() override;
  void cut() override;

  Awaitable<bool> begin();
  Awaitable<bool> serve_one();
  void stay_awake();
  Awaitable<bool> read_more();
  Awaitable<bool> read_header(Exchange& exchange);
  Admission find_destination(Exchange& exchange, Destination& to) const;
  Admission admit(Exchange& exchange);
  Awaitable<void> read_body(Exchange& exchange, Admission& admission);
  // The refusal where the body does not come as it must.
  Awaitable<std::optional<Response>> read_body(Exchange& exchange, std::size_t max_body, bool wanted);
  Awaitable<std::optional<Response>> read_chunks(Exchange& exchange, std::size_t max_body);
  Awaitable<std::optional<Response>> read_length(Exchange& exchange);
  bool reserve(Exchange& exchange, std::size_t bytes);

  static std::optional<Response> ready(const Exchange& exchange, const Route& route);
  static std::optional<Answer> answer_at_once(Exchange& exchange, Admission& admission);
  Awaitable<Answer> made(Exchange& exchange, const Route& route);
  Awaitable<void> on_pool();
  Awaitable<void> on_io();
  Answer handle(const Exchange& exchange, const Route& route) const;
  Awaitable<void> respond(Exchange& exchange, Answer answer);
  bool begin_reply(const Exchange& exchange, Reply& reply);
  Awaitable<void> finish_reply(Reply& reply);
  std::string_view strict_transport_security(const Request& request) const;
  bool write_at_once(Reply& reply);
  Awaitable<bool> write(std::string_view first, std::string_view second);
  Awaitable<bool> write_file(const FileReader& file, std::uint64_t offset, std::uint64_t length);
  void upgrade(Exchange& exchange, const WebSocketRoute& route);
  void finish(const Exchange& exchange, const Reply& reply) const;
  void finish(const Exchange& exchange, int status, std::uint64_t bytes) const;
  Awaitable<void> linger();
  Awaitable<void> say_farewell();

  const std::shared_ptr<Service> service_;
  std::unique_ptr<Channel> channel_;
  std::shared_ptr<const Tls> tls_;  // that it began with; another may be in use by now
  std::string remote_address_, local_address_;
  ReadBuffer buffer_;
  bool asks_at_once_ = false;  // hardly pauses between an answer and its next request
  bool waiting_ = false;       // for the first byte of a request
  bool timed_out_ = false;
  bool open_ = true;     // takes another request after this one
  bool unread_ = false;  // the peer may still be sending what nobody will read
};

}  // namespace doodled::http

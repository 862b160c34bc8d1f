// The daemon's own HTTP and WebSocket server with nothing behind it but echoes, for suites that judge such
// servers: echo_server [PORT [HOST...]] prints "listening on http://127.0.0.1:PORT", answers to those host
// names too, and ends by SIGTERM or SIGINT.
//   /ws             says each message again (up to 64 MB)
//   /ws/small       the same, up to 1,000 bytes
//   /echo           POST, PUT: the body again (up to 1 MB); GET: the query's words
//   /               GET: a page; POST: the body again
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <nlohmann/json.hpp>

#include "core/base/log.hpp"
#include "server/http/server.hpp"
#include "server/http/web_socket_frame.hpp"

namespace {

using namespace doodled;
using namespace doodled::http;

constexpr std::size_t largest = std::size_t{64} << 20;

WebSocketRoute echo_socket(const char* path, std::size_t max_message) {
  WebSocketRoute route;
  route.path = path;
  route.needs = Scope::none;
  route.max_message = max_message;
  route.max_queued = 2 * largest;
  route.hooks.text = [](WebSocket& socket, std::string_view text) { socket.send_text(text); };
  route.hooks.binary = [](WebSocket& socket, Bytes data) {
    const std::string payload(data.begin(), data.end());
    socket.send(std::make_shared<const std::string>(encode_frame(Opcode::binary, payload)));
  };
  return route;
}

Response echo_body(const Request& request) {
  const auto type = request.headers.value("Content-Type");
  return text_response(request.body, type.empty() ? "application/octet-stream" : std::string(type));
}

Response echo_query(const Request& request) {
  Json words = Json::object();
  for (const auto& [name, value] : request.query) words[name] = value;
  return json_response(words);
}

Router routes() {
  const auto page = [](const Request&) {
    return text_response("<!doctype html><title>Echo</title>", "text/html");
  };
  return Router({{Method::get, "/", Scope::none, page},
                 {Method::post, "/", Scope::none, echo_body},
                 {Method::get, "/echo", Scope::none, echo_query},
                 {Method::post, "/echo", Scope::none, echo_body},
                 {Method::put, "/echo", Scope::none, echo_body}});
}

ServerOptions options(const std::vector<std::string>& arguments) {
  ServerOptions options;
  options.port = arguments.empty() ? 0 : static_cast<std::uint16_t>(std::atoi(arguments[0].c_str()));
  if (!arguments.empty()) options.allowed_hosts.assign(arguments.begin() + 1, arguments.end());
  options.log_requests = false;
  return options;
}

// Blocked before any thread starts, so that all inherit it and sigwait() alone sees them.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

}  // namespace

int main(int count, char** arguments) {
  const auto signals = block_signals();
  log::set_level(log::Level::error);
  const SystemClock clock;
  HttpServer server(options({arguments + 1, arguments + count}), routes(),
                    {echo_socket("/ws", largest), echo_socket("/ws/small", 1000)}, clock);
  if (const auto started = server.start(); !started) {
    std::fprintf(stderr, "%s\n", started.error().message.c_str());
    return 1;
  }
  std::printf("listening on http://%s\n", server.address().c_str());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  server.stop();
}

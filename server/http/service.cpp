#include "server/http/service.hpp"

#include <algorithm>

#include "server/http/access.hpp"
#include "server/http/response_writer.hpp"

namespace doodled::http {
namespace {

ServerOptions with_defaults(ServerOptions options) {
  if (options.content_security_policy.empty())
    options.content_security_policy = default_content_security_policy;
  options.handler_threads = std::max(1, options.handler_threads);
  options.io_threads = options.tls ? 1 : std::max(1, options.io_threads);
  return options;
}

Gate names_only(const ServerOptions& options) {
  return [rules = AccessRules{options.allowed_hosts, options.allowed_origins}](const Request& request,
                                                                               const Destination& to) {
    return refuse_stranger(request, to.web_socket, rules);
  };
}

}  // namespace

Common::Common(ServerOptions given_options, Router given_router, std::vector<WebSocketRoute> given_sockets,
               const Clock& given_clock, ServerHooks given_hooks)
    : options(with_defaults(std::move(given_options))),
      router(std::move(given_router)),
      sockets(std::move(given_sockets)),
      clock(given_clock),
      hooks(std::move(given_hooks)),
      gate(hooks.gate ? hooks.gate : names_only(options)),
      pool(static_cast<std::size_t>(options.handler_threads)),
      seats(options.max_connections, options.max_connections_each) {}

const WebSocketRoute* Common::find_socket(std::string_view path) const {
  const auto found = std::ranges::find(sockets, path, &WebSocketRoute::path);
  return found == sockets.end() ? nullptr : &*found;
}

Service::Service(std::shared_ptr<Common> all) : common(std::move(all)), peers(io.get_executor()) {}

std::string_view Service::date() {
  const auto now = clock.wall_ms();
  if (now / 1000 != date_second_) {
    date_second_ = now / 1000;
    date_ = to_http_date(now);
  }
  return date_;
}

}  // namespace doodled::http

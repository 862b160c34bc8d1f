// Which function answers a method and a path. A router is built once from constant rows and never changes.
#pragma once
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/http/message.hpp"

namespace doodled::http {

// Runs on a pool thread; several run at once, so it is thread-safe. What it throws becomes a 500 for this one
// request, except ErrorException, which becomes the problem it carries.
using Handler = std::function<Response(const Request&)>;

// Asked on an I/O thread, before the handler: the answer where it can be given without any waiting.
using ReadyHandler = std::function<std::optional<Response>(const Request&)>;

struct Route {
  static constexpr std::size_t usual_body = std::size_t{1} << 20;

  Route(Method for_method, std::string for_pattern, Scope needed, Handler answers,
        std::size_t largest_body = usual_body)
      : method(for_method),
        pattern(std::move(for_pattern)),
        needs(needed),
        handler(std::move(answers)),
        max_body(largest_body) {}
  // A row that names no scope needs the largest.
  Route(Method for_method, std::string for_pattern, Handler answers, std::size_t largest_body = usual_body)
      : Route(for_method, std::move(for_pattern), Scope::admin, std::move(answers), largest_body) {}

  Method method;
  // Segments are literal or one {name}; a last {name...} takes the rest of the path. A literal wins over a
  // name.
  std::string pattern;
  Scope needs;  // of whoever asks
  Handler handler;
  std::size_t max_body;  // bytes; a longer body is refused with 413 before it is read
  ReadyHandler ready = {};
};

struct Match {
  const Route* route;
  Fields parameters;
};

class Router {
 public:
  // Throws std::logic_error for a malformed pattern or a row that is there twice.
  explicit Router(std::vector<Route> routes);
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  // The row for a path as sent (percent-encoded, no query). HEAD finds the GET row. Otherwise the answer to
  // give: 400 for a malformed path, 404, 405 or the answer to OPTIONS, both with `Allow`.
  std::variant<Match, Response> find(Method method, std::string_view path) const;

 private:
  struct Node;

  void insert(const Route& route);

  std::vector<Route> routes_;
  std::unique_ptr<Node> root_;
};

// The same row, with answers that may be ready.
Route with_ready(Route route, ReadyHandler ready);

// Rows of several tables as one.
std::vector<Route> join_routes(std::vector<std::vector<Route>> tables);

}  // namespace doodled::http

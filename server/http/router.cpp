#include "server/http/router.hpp"

#include <array>
#include <list>
#include <stdexcept>

#include "server/http/text.hpp"

namespace doodled::http {
namespace {

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  segments.reserve(8);
  path.remove_prefix(1);
  for (;;) {
    const auto end = path.find('/');
    segments.push_back(path.substr(0, end));
    if (end == std::string_view::npos) return segments;
    path.remove_prefix(end + 1);
  }
}

bool is_name(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }
bool is_rest(std::string_view segment) { return segment.ends_with("...}"); }

std::string name_of(std::string_view segment) {
  segment.remove_prefix(1);
  segment.remove_suffix(is_rest(segment) ? 4 : 1);
  return std::string(segment);
}

Response not_found(std::string_view path) {
  return problem_response({"not_found", "there is nothing at " + std::string(path)});
}

Response malformed(std::string_view path) {
  return problem_response({"malformed_path", "the path is not well-formed: " + std::string(path)});
}

}  // namespace

// One segment of all patterns that share the segments before it.
struct Router::Node {
  struct Named {
    std::string name;
    std::unique_ptr<Node> node;
  };

  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::optional<Named> named;
  std::optional<Named> rest;
  std::map<Method, const Route*> routes;

  Node& child(std::string_view segment) {
    if (!is_name(segment))
      return *literals.try_emplace(std::string(segment), std::make_unique<Node>()).first->second;
    auto& slot = is_rest(segment) ? rest : named;
    if (!slot) slot = Named{name_of(segment), std::make_unique<Node>()};
    if (slot->name != name_of(segment))
      throw std::logic_error("two names for one segment: " + std::string(segment));
    return *slot->node;
  }
};

namespace {

// The nodes below this one are tried from the most to the least exact; parameters hold what names stand for.
template <class Node>
const Node* descend(const Node& node, const std::vector<std::string_view>& segments, std::size_t at,
                    Fields& parameters) {
  if (at == segments.size()) return node.routes.empty() ? nullptr : &node;
  if (const auto literal = node.literals.find(segments[at]); literal != node.literals.end())
    if (const auto* found = descend(*literal->second, segments, at + 1, parameters)) return found;
  if (node.named && !segments[at].empty()) {
    parameters.emplace_back(node.named->name, segments[at]);
    if (const auto* found = descend(*node.named->node, segments, at + 1, parameters)) return found;
    parameters.pop_back();
  }
  if (!node.rest) return nullptr;
  std::string rest(segments[at]);
  for (auto i = at + 1; i < segments.size(); ++i) rest.append("/").append(segments[i]);
  parameters.emplace_back(node.rest->name, std::move(rest));
  return node.rest->node.get();
}

template <class Node>
std::string allowed(const Node& node) {
  std::string text = "OPTIONS";
  for (const auto& [method, route] : node.routes) {
    text.append(", ").append(method_name(method));
    if (method == Method::get) text.append(", HEAD");
  }
  return text;
}

template <class Node>
Response without_route(const Node& node, Method method, std::string_view path) {
  auto response =
      method == Method::options
          ? no_content()
          : problem_response({"method_not_allowed", std::string(path) + " does not take this method"});
  response.headers.add("Allow", allowed(node));
  return response;
}

bool climbs(std::string_view segment) { return segment == "." || segment == ".."; }

// The segments of a path as they are meant; what was percent-encoded is kept in `decoded`.
std::optional<std::vector<std::string_view>> meant_segments(std::string_view path,
                                                            std::list<std::string>& decoded) {
  auto segments = segments_of(path);
  for (auto& segment : segments) {
    if (segment.find('%') != std::string_view::npos) {
      auto plain = percent_decode(segment);
      if (!plain) return std::nullopt;
      segment = decoded.emplace_back(std::move(*plain));
    }
    if (climbs(segment)) return std::nullopt;
  }
  return segments;
}

}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)), root_(std::make_unique<Node>()) {
  for (const auto& route : routes_) insert(route);
}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::insert(const Route& route) {
  if (!route.pattern.starts_with('/'))
    throw std::logic_error("a pattern begins with a slash: " + route.pattern);
  if (!route.handler) throw std::logic_error("no handler for " + route.pattern);
  auto* node = root_.get();
  const auto segments = segments_of(route.pattern);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (is_rest(segments[i]) && i + 1 < segments.size())
      throw std::logic_error("a rest is the last segment: " + route.pattern);
    node = &node->child(segments[i]);
  }
  if (!node->routes.emplace(route.method, &route).second)
    throw std::logic_error("twice in the table: " + std::string(method_name(route.method)) + " " +
                           route.pattern);
}

std::variant<Match, Response> Router::find(Method method, std::string_view path) const {
  if (!path.starts_with('/')) return malformed(path);
  std::list<std::string> decoded;
  const auto segments = meant_segments(path, decoded);
  if (!segments) return malformed(path);
  Match match{nullptr, {}};
  const auto* node = descend(*root_, *segments, 0, match.parameters);
  if (!node) return not_found(path);
  const auto row = node->routes.find(method == Method::head ? Method::get : method);
  if (row == node->routes.end()) return without_route(*node, method, path);
  match.route = row->second;
  return match;
}

Route with_ready(Route route, ReadyHandler ready) {
  route.ready = std::move(ready);
  return route;
}

std::vector<Route> join_routes(std::vector<std::vector<Route>> tables) {
  std::vector<Route> all;
  for (auto& table : tables) std::move(table.begin(), table.end(), std::back_inserter(all));
  return all;
}

}  // namespace doodled::http

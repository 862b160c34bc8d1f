#include "server/api/page_shelf.hpp"

#include <memory>
#include <utility>

namespace doodled::api {
namespace {

// Names and values may hold any bytes; their lengths keep them apart.
std::string query_of(const http::Request& request) {
  std::string text;
  for (const auto& [name, value] : request.query)
    text.append(std::to_string(name.size()))
        .append(":")
        .append(name)
        .append(std::to_string(value.size()).append(":").append(value));
  return text;
}

}  // namespace

std::optional<http::Response> PageShelf::ready(const http::Request& request) {
  const std::lock_guard lock(mutex_);
  if (commits_ != database_.commits()) return std::nullopt;
  const auto found = by_query_.find(query_of(request));
  return found == by_query_.end() ? std::nullopt : std::optional(found->second);
}

http::Response PageShelf::get(const http::Request& request, const std::function<http::Response()>& make) {
  if (auto known = ready(request)) return std::move(*known);
  const auto commits = database_.commits();
  auto response = make();
  if (response.status == 200) keep(query_of(request), response, commits);
  return response;
}

void PageShelf::keep(std::string query, http::Response& response, std::uint64_t commits) {
  response.body = std::make_shared<const std::string>(http::bytes_of(response));
  const auto size = query.size() + http::bytes_of(response).size();
  const std::lock_guard lock(mutex_);
  if (commits < commits_ || size > most_bytes_) return;
  if (commits > commits_ || bytes_ + size > most_bytes_) {
    by_query_.clear();
    bytes_ = 0;
    commits_ = commits;
  }
  if (by_query_.emplace(std::move(query), response).second) bytes_ += size;
}

}  // namespace doodled::api

#include "server/api/shelf.hpp"

#include <memory>
#include <utility>

#include "core/base/ids.hpp"

namespace doodled::api {

std::string key_of_query(const http::Request& request) {
  std::string key;
  for (const auto& [name, value] : request.query)
    key += std::to_string(name.size()) + ":" + name + std::to_string(value.size()) + ":" + value;
  return key;
}

std::optional<http::Response> Shelf::ready(std::string_view key) {
  const auto version = version_();
  const std::lock_guard lock(mutex_);
  const auto found = version == kept_version_ ? kept_.find(key) : kept_.end();
  return found == kept_.end() ? std::nullopt : std::optional(found->second);
}

http::Response Shelf::get(const std::string& key, const std::function<http::Response()>& make) {
  if (auto known = ready(key)) return std::move(*known);
  const auto version = version_();
  auto response = make();
  if (response.status != 200) return response;
  response.body = std::make_shared<const std::string>(http::bytes_of(response));
  response.headers.set("ETag", "\"" + sha256_hex(http::bytes_of(response)).substr(0, 32) + "\"");
  keep(key, response, version);
  return response;
}

// What was made before a change may be from before it.
void Shelf::keep(const std::string& key, const http::Response& response, std::uint64_t version) {
  const auto size = http::bytes_of(response).size();
  const std::lock_guard lock(mutex_);
  if (version < kept_version_ || size > most_bytes_ / 8) return;
  if (version > kept_version_ || bytes_ + size > most_bytes_) {
    kept_.clear();
    bytes_ = 0;
    kept_version_ = version;
  }
  if (kept_.emplace(key, response).second) bytes_ += size;
}

}  // namespace doodled::api

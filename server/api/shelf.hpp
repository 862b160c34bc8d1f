// Answers as they were sent, for as long as they are true: to ask again costs neither the disk nor a thread
// that may wait for it.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace doodled::api {

// Thread-safe.
class Shelf {
 public:
  // Another one once what was answered before may not be true any more, and so before whoever has changed it
  // is told. Never waits.
  using Version = std::function<std::uint64_t()>;

  // `most_bytes` of bodies are kept; when they are full all go. A body larger than an eighth is not kept.
  Shelf(Version version, std::size_t most_bytes) : version_(std::move(version)), most_bytes_(most_bytes) {}

  // What is ready, or nothing. Never waits.
  std::optional<http::Response> ready(std::string_view key);
  // The same, or else what `make` gives now; an answer of 200 has an ETag.
  http::Response get(const std::string& key, const std::function<http::Response()>& make);

 private:
  void keep(const std::string& key, const http::Response& response, std::uint64_t version);

  const Version version_;
  const std::size_t most_bytes_;
  std::mutex mutex_;
  std::uint64_t kept_version_ = 0;  // of all that is kept
  std::size_t bytes_ = 0;
  std::map<std::string, http::Response, std::less<>> kept_;
};

// Keeps different queries apart, whatever bytes are in their names and values.
std::string key_of_query(const http::Request& request);

}  // namespace doodled::api

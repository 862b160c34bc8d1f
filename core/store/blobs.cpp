#include "core/store/blobs.hpp"

#include <atomic>
#include <fstream>
#include <stdexcept>

#include <unistd.h>

#include "core/store/durable_files.hpp"
#include "core/store/failures.hpp"

namespace doodled {
namespace {

// Unlike any other in this process and among processes.
std::string temporary_name() {
  static std::atomic<unsigned> count{0};
  return ".unfinished-" + std::to_string(::getpid()) + "-" + std::to_string(++count);
}

// What a crash left half written. Files of other processes that still live are young.
void remove_unfinished(const std::filesystem::path& directory) {
  const auto too_old = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    std::error_code ignored;
    if (entry.path().filename().string().starts_with(".unfinished-") &&
        entry.last_write_time(ignored) < too_old)
      std::filesystem::remove(entry.path(), ignored);
  }
}

}  // namespace

Blobs::Blobs(std::filesystem::path directory) : directory_(std::move(directory)) {
  store::make_directory(directory_);
  remove_unfinished(directory_);
}

std::filesystem::path Blobs::path(std::string_view sha256) const {
  if (!is_sha256(sha256)) throw std::invalid_argument("not a SHA-256: " + std::string(sha256));
  return directory_ / sha256.substr(0, 2) / sha256.substr(2);
}

std::string Blobs::put(Bytes data) {
  std::string name = sha256_hex(data);
  put_named(name, data);
  return name;
}

void Blobs::put_named(const std::string& sha256, Bytes data) {
  const auto target = path(sha256);
  if (contains(sha256))
    return store::sync_directory(target.parent_path());  // another thread may have renamed it just now
  const auto unfinished = directory_ / temporary_name();
  store::make_directory(target.parent_path());
  try {
    store::write_synced(unfinished, data);
    store::move_durably(unfinished, target);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(unfinished, ignored);
    throw;
  }
}

std::optional<std::vector<std::uint8_t>> Blobs::get(std::string_view sha256) const {
  const auto file = path(sha256);
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (error == std::errc::no_such_file_or_directory) return std::nullopt;
  if (error) store::throw_errno(error.value(), file.string());
  std::vector<std::uint8_t> data(size);
  std::ifstream stream(file, std::ios::binary);
  if (!stream.read(reinterpret_cast<char*>(data.data()), static_cast<std::streamsize>(size)))
    store::throw_errno(EIO, file.string());
  return data;
}

bool Blobs::contains(std::string_view sha256) const {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path(sha256), ignored);
}

bool Blobs::verify(std::string_view sha256) const {
  const auto data = get(sha256);
  return data && sha256_hex(*data) == sha256;
}

// Counted when it is gone: who keeps the same bytes at this moment may have seen them still.
bool Blobs::remove(std::string_view sha256) {
  struct Count {
    std::atomic<std::uint64_t>& removals;
    ~Count() { ++removals; }
  } const count{removals_};
  return store::remove_durably(path(sha256));
}

}  // namespace doodled

#include "server/provider_keys.hpp"

#include "core/base/ids.hpp"
#include "core/store/durable_files.hpp"

namespace doodled {

using std::filesystem::perms;

ProviderKeys::ProviderKeys(std::filesystem::path folder) : folder_(std::move(folder)) {}

std::filesystem::path ProviderKeys::file(const std::string& interpreter) const {
  return folder_ / interpreter;
}

bool ProviderKeys::has(const std::string& interpreter) const {
  std::error_code unreadable;
  return std::filesystem::exists(file(interpreter), unreadable);
}

// Closed to others before there is anything in it, and whole or not there at all.
void ProviderKeys::put(const std::string& interpreter, const llm::Secret& key) {
  store::make_directory(folder_);
  std::filesystem::permissions(folder_, perms::owner_all);
  const auto unfinished = folder_ / (interpreter + ".new");
  store::write_synced(unfinished, {});
  std::filesystem::permissions(unfinished, perms::owner_read | perms::owner_write);
  store::write_synced(unfinished, as_bytes(key.reveal()));
  store::move_durably(unfinished, file(interpreter));
}

bool ProviderKeys::remove(const std::string& interpreter) { return store::remove_durably(file(interpreter)); }

}  // namespace doodled

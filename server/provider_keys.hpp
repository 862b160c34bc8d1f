// Keys of model providers that came through the API: a file each, which only doodled may read. What reads
// them builds interpreters; no call of the API gives one out. Not thread-safe.
#pragma once
#include <filesystem>
#include <string>

#include "core/interpret/llm/provider.hpp"

namespace doodled {

class ProviderKeys {
 public:
  // The folder is made with the first key (mode 0700).
  explicit ProviderKeys(std::filesystem::path folder);

  // `interpreter` is an id of the settings in all of these: no path can be made with it.
  std::filesystem::path file(const std::string& interpreter) const;
  bool has(const std::string& interpreter) const;
  // On the disk when this returns. Throws StoreUnavailable.
  void put(const std::string& interpreter, const llm::Secret& key);
  // True when there was one. Throws StoreUnavailable.
  bool remove(const std::string& interpreter);

 private:
  std::filesystem::path folder_;
};

}  // namespace doodled

// The interpreters that the settings name, with their keys: that which was given through the API, else that
// of the place which the settings name. Thread-safe.
#pragma once
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "server/provider_keys.hpp"
#include "server/settings.hpp"

namespace doodled {

class ConfiguredInterpreters {
 public:
  // `environment` is as in SettingsSources.
  ConfiguredInterpreters(const Settings& settings, std::vector<std::string> environment);

  // One whose key is missing is there too, and says so when it is asked.
  std::vector<RemoteSettings> all() const;
  // "api", "settings", or nothing where it has none.
  std::string_view key_from(const std::string& id) const;
  // `use` is given what it is from now on: with this key, or without a key of its own where there is none. No
  // other change begins before it has returned, so that what is stored is what is used. Codes: takes_no_key,
  // invalid_key, no_key. Throws StoreUnavailable.
  Result<void> change_key(const std::string& id, const std::optional<std::string>& key,
                          const std::function<void(RemoteSettings)>& use);

 private:
  const InterpreterSettings* find(const std::string& id) const;
  KeySource source_of(const InterpreterSettings& interpreter) const;
  RemoteSettings with_key(const InterpreterSettings& interpreter) const;
  Result<void> store(const std::string& id, const std::optional<std::string>& key);

  const std::vector<InterpreterSettings> interpreters_;
  const std::vector<std::string> environment_;
  mutable std::mutex mutex_;
  ProviderKeys keys_;
};

}  // namespace doodled

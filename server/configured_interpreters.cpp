#include "server/configured_interpreters.hpp"

#include <algorithm>

namespace doodled {

ConfiguredInterpreters::ConfiguredInterpreters(const Settings& settings, std::vector<std::string> environment)
    : interpreters_(settings.interpreters),
      environment_(std::move(environment)),
      keys_(settings.store.data_dir / "keys") {}

std::vector<RemoteSettings> ConfiguredInterpreters::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<RemoteSettings> all;
  for (const auto& one : interpreters_) all.push_back(with_key(one));
  return all;
}

std::string_view ConfiguredInterpreters::key_from(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto* interpreter = find(id);
  if (!interpreter) return {};
  if (keys_.has(id)) return "api";
  return interpreter->key.given() ? "settings" : "";
}

Result<void> ConfiguredInterpreters::change_key(const std::string& id, const std::optional<std::string>& key,
                                                const std::function<void(RemoteSettings)>& use) {
  const std::lock_guard lock(mutex_);
  const auto* interpreter = find(id);
  if (!interpreter)
    return Error{"takes_no_key", "\"" + id + "\" takes no key: it does not stand in the settings"};
  if (const auto stored = store(id, key); !stored) return stored;
  use(with_key(*interpreter));
  return {};
}

Result<void> ConfiguredInterpreters::store(const std::string& id, const std::optional<std::string>& key) {
  if (!key) {
    if (!keys_.remove(id)) return Error{"no_key", "\"" + id + "\" was given no key through the API"};
    return {};
  }
  if (const auto fault = key_fault(*key))
    return Error{"invalid_key", "the key can't be used", {{"/key", *fault}}};
  keys_.put(id, llm::Secret(*key));
  return {};
}

const InterpreterSettings* ConfiguredInterpreters::find(const std::string& id) const {
  const auto found = std::ranges::find(interpreters_, id, &InterpreterSettings::id);
  return found == interpreters_.end() ? nullptr : &*found;
}

KeySource ConfiguredInterpreters::source_of(const InterpreterSettings& interpreter) const {
  if (!keys_.has(interpreter.id)) return interpreter.key;
  return {{}, keys_.file(interpreter.id).string(), {}};
}

RemoteSettings ConfiguredInterpreters::with_key(const InterpreterSettings& interpreter) const {
  auto remote = interpreter.remote;
  auto key = read_key(source_of(interpreter), environment_);
  if (key)
    remote.model.endpoint.key = std::move(*key);
  else
    remote.unusable = key.error();
  return remote;
}

}  // namespace doodled

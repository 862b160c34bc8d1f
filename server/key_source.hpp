// Where secrets of others come from, and what one may look like. No secret stands in the settings.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/interpret/llm/provider.hpp"
#include "server/settings_reader.hpp"

namespace doodled {

// Where a key comes from; at most one is given. The key itself is no setting.
struct KeySource {
  std::string environment;  // the variable's name
  std::string file;         // a path
  std::string credential;   // the name of a systemd credential

  bool given() const { return !(environment.empty() && file.empty() && credential.empty()); }
};

// name_env, name_file and name_credential, at most one of them. The value itself is complained of.
KeySource read_key_source(TableReader& table, const std::string& name);

// What is wrong with a key; nothing where it can be sent. Says nothing of what is in it.
std::optional<std::string> key_fault(std::string_view key);

// The key, without the line end that an editor leaves; an empty one where no source is given. Error
// 'key_missing' says which source holds none, and never what is in it. `environment` is as in
// SettingsSources.
Result<llm::Secret> read_key(const KeySource& source, const std::vector<std::string>& environment);

}  // namespace doodled

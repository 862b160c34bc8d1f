// The settings of one [[interpreter]].
#pragma once
#include <string>
#include <vector>

#include "core/interpret/net/remote_settings.hpp"
#include "server/settings_reader.hpp"

namespace doodled {

// Where a key comes from; at most one is given. The key itself is no setting.
struct KeySource {
  std::string environment;  // the variable's name
  std::string file;         // a path
  std::string credential;   // the name of a systemd credential
};

struct InterpreterSettings {
  std::string id;
  KeySource key;
  RemoteSettings remote;  // without the key
};

// name_env, name_file and name_credential, at most one of them. The value itself is complained of.
KeySource read_key_source(TableReader& table, const std::string& name);

// For a model in a private network: on a small box it is loaded first, and writes slowly.
TransferLimits nearby_limits();

// Complains of every mistake with its key and line.
InterpreterSettings interpreter_settings(TableReader& table);

// The key, without the line end that an editor leaves; an empty one where no source is given. Error
// 'key_missing' says which source holds none, and never what is in it. `environment` is as in
// SettingsSources.
Result<llm::Secret> read_key(const KeySource& source, const std::vector<std::string>& environment);

// Every key of [[interpreter]] explained, for the settings file.
std::string interpreter_reference();

}  // namespace doodled

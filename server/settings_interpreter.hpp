// The settings of one [[interpreter]].
#pragma once
#include <string>
#include <vector>

#include "core/interpret/net/remote_settings.hpp"
#include "server/key_source.hpp"
#include "server/settings_reader.hpp"

namespace doodled {

struct InterpreterSettings {
  std::string id;
  KeySource key;
  RemoteSettings remote;  // without the key
};

// For a model in a private network: on a small box it is loaded first, and writes slowly.
TransferLimits nearby_limits();

// Complains of every mistake with its key and line.
InterpreterSettings interpreter_settings(TableReader& table);

// Every key of [[interpreter]] explained, for the settings file.
std::string interpreter_reference();

}  // namespace doodled

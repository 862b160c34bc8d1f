// What handlers may use. Built once by the wiring; everything in it is thread-safe and outlives the HTTP
// server.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/access/pairing.hpp"
#include "core/actions/actions.hpp"
#include "core/audition/audition.hpp"
#include "core/base/clock.hpp"
#include "core/events/bus.hpp"
#include "core/inputs/hands.hpp"
#include "core/jobs/workers.hpp"
#include "core/perform/performer.hpp"
#include "core/play/device_rack.hpp"
#include "core/play/profile_shelf.hpp"
#include "core/reader/client/reader_client.hpp"
#include "core/store/store.hpp"
#include "core/store/trace_log.hpp"
#include "core/upkeep/upkeep.hpp"
#include "core/webhooks/webhooks.hpp"
#include "server/metrics.hpp"

namespace doodled::api {

// The keys of model providers can be changed, never read.
struct ProviderKeyCalls {
  // "api", "settings", or nothing where it has none.
  std::function<std::string_view(const std::string& interpreter)> from;
  // Without a key, that of the API goes. Codes: takes_no_key, invalid_key, no_key. Throws StoreUnavailable.
  std::function<Result<void>(const std::string& interpreter, const std::optional<std::string>& key)> change;
};

struct Services {
  Store& store;
  Tokens& tokens;
  Pairing& pairing;
  TraceLog& traces;
  Workers& workers;
  Performer& performer;
  Upkeep& upkeep;
  DeviceRack& rack;
  Actions& actions;
  Sync& sync;
  Hands& hands;
  ReaderClient& reader;
  Audition& audition;
  Bus& bus;
  Metrics& metrics;
  const Interpreters& interpreters;
  const Clock& clock;
  std::vector<std::string> default_interpreters;
  std::size_t max_upload_bytes;
  Quantise default_quantise;
  RuleOptions rules = {};
  bool actions_by_get = false;
  std::function<Json()> inputs = {};  // [{"id", "kind", "ready", "detail", "messages"}]
  // The device profiles that are in use now.
  std::function<std::shared_ptr<const ProfileShelf>()> profiles = {};
  // Reads the settings again and changes the devices by them. Errors: those of load_settings() and
  // DeviceRack.
  std::function<Result<ReloadedDevices>()> reload_devices = {};
  std::span<const DriverPlugin* const> drivers = {};
  MiddleC middle_c = MiddleC::c4;               // how notes are named unless a profile is asked for
  std::string settings = "{\"items\": []}";     // settings_report(), as JSON text
  std::int64_t started_at = 0;                  // milliseconds since 1970
  std::chrono::minutes code_lasts{5};           // of an invitation that does not say it
  std::string own_url = {};                     // as the settings say; empty: found out
  std::function<std::string()> listening = {};  // "0.0.0.0:8080"
  bool tls = false;                             // others come by https
  std::function<void(const std::string&)> end_client = {};  // closes the sockets of a token
  Webhooks* webhooks = nullptr;                             // null: none is configured
  ProviderKeyCalls provider_keys = {};
};

}  // namespace doodled::api

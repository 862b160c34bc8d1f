// Everything that can be set, from defaults, a TOML file, the environment and the command line, in this
// order.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/audition/settings.hpp"
#include "core/base/result.hpp"
#include "core/inputs/input_settings.hpp"
#include "core/play/driver.hpp"
#include "core/reader/client/reader_settings.hpp"
#include "core/rules/rules.hpp"
#include "server/settings_interpreter.hpp"
#include "server/settings_webhook.hpp"

namespace doodled {

// settings_table.cpp says for every member which key sets it, what it may be, and what it is for.
struct Settings {
  std::filesystem::path file;  // they were read from; empty: none
  struct Server {
    std::string listen = "127.0.0.1:8080";
    std::string user;  // empty: who started it
    std::vector<std::string> allowed_hosts, allowed_origins;
    std::int64_t max_body_bytes = std::int64_t{64} << 20;
    int max_connections = 12'000, max_connections_each = 100;
    std::chrono::milliseconds header_timeout{10'000}, body_timeout{30'000}, idle_timeout{60'000};
  } server;
  struct Access {
    std::vector<std::string> trusted = {"127.0.0.0/8", "::1"};
    std::string url;  // empty: found out
    int code_minutes = 5;
    double requests_per_second = 100;
  } access;
  struct Tls {
    bool enabled = false;
    std::filesystem::path certificate, key;  // empty: made at the first start
    int hsts_days = 30;                      // 0: off
  } tls;
  struct Store {
    std::filesystem::path data_dir;  // empty: as server/places.hpp finds it
  } store;
  struct Upkeep {
    int backup_hours = 0, backup_keep = 7;
    std::filesystem::path backup_folder;  // empty: backups in the data directory
    bool check_at_start = true;
    int keep_days = 0;
    std::int64_t keep_picture_bytes = 0, keep_bytes = 0;
  } upkeep;
  struct Log {
    std::string level = "info";
    bool requests = true;
  } log;
  struct Jobs {
    int workers = 4;
    std::vector<std::string> interpreters = {"builtin"};
  } jobs;
  struct Rules {
    std::vector<std::string> off;
    RuleValues values;
  } rules;
  struct Interpret {
    bool find_ollama = true;
    double daily_budget = 0;
  } interpret;
  struct Music {
    std::string middle_c = "C4";
  } music;
  struct Transport {
    double tempo = 120;
    std::string quantise = "none";
    std::string sync = "internal";
  } transport;
  struct Play {
    bool realtime = true;
    std::string resume = "never";
  } play;
  struct Actions {
    bool by_get = false;
  } actions;
  struct Profiles {
    std::filesystem::path folder;  // empty: as server/places.hpp finds it
  } profiles;
  ReaderSettings reader;
  AuditionSettings audition;
  std::vector<DeviceSettings> devices;  // at least one after loading
  std::vector<InterpreterSettings> interpreters;
  std::vector<WebhookEntry> webhooks;
  std::vector<InputSettings> inputs;  // one for OSC where the file has none
};

struct SettingsSources {
  std::optional<std::filesystem::path> file;
  std::vector<std::string> environment;  // "DOODLED_SERVER_LISTEN=..."; other names are passed over
  std::vector<std::string> sets;         // "server.listen=..."
};

// Code: invalid_settings, with one problem for each mistake in all sources: pointer is the key, the message
// begins with the place ("doodled.toml line 7").
Result<Settings> load_settings(const SettingsSources& sources);

// What every session is checked by.
RuleOptions rule_options(const Settings& settings);
// How note names are read and written where neither a document nor a device says it.
MiddleC middle_c_of(const Settings& settings);

// "NAME=value" for each variable of this process.
std::vector<std::string> process_environment();

struct ListenAddress {
  std::string address;  // an IP literal
  std::uint16_t port = 0;
};
// "127.0.0.1:8080", "[::1]:8080", "localhost:8080". Code: invalid_settings.
Result<ListenAddress> parse_listen(std::string_view text);

// The settings file with every setting explained and at its default: config/doodled.toml.
std::string settings_reference();

}  // namespace doodled

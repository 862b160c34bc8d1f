#include "server/app_options.hpp"

#include "server/version.hpp"

namespace doodled {

ReaderSettings live_reader_settings(ReaderSettings settings) {
  settings.processes = 1;
  settings.idle = std::max<std::chrono::seconds>(settings.idle, std::chrono::minutes(10));
  settings.keep_pictures = 100'000;
  return settings;
}

std::size_t upload_limit(const Settings& settings) {
  return static_cast<std::size_t>(settings.reader.max_bytes) + (std::size_t{1} << 20);
}

Result<http::ServerOptions> server_options(const Settings& settings) {
  const auto& from = settings.server;
  const auto listen = parse_listen(from.listen);
  if (!listen) return listen.error();
  http::ServerOptions options;
  options.address = listen->address;
  options.port = listen->port;
  options.max_body = static_cast<std::size_t>(from.max_body_bytes);
  options.max_connections = from.max_connections;
  options.header_timeout = from.header_timeout;
  options.body_timeout = from.body_timeout;
  options.idle_timeout = from.idle_timeout;
  options.allowed_hosts = from.allowed_hosts;
  options.allowed_origins = from.allowed_origins;
  options.log_requests = settings.log.requests;
  return options;
}

Result<void> check_interpreters(const Settings& settings, const Interpreters& known) {
  for (const auto& id : settings.jobs.interpreters)
    if (!known.find(id) && !(settings.interpret.find_ollama && id.starts_with("ollama")))
      return Error{"invalid_settings",
                   "the settings cannot be used",
                   {{"jobs.interpreters", "there is no interpreter \"" + id + "\""}}};
  return {};
}

Result<void> check_rules(const Settings& settings) {
  for (const auto& name : settings.rules.off) {
    const Rule* rule = find_rule(name);
    if (!rule || !rule->taste)
      return Error{"invalid_settings",
                   "the settings cannot be used",
                   {{"rules.off", "there is no rule of taste \"" + name + "\""}}};
  }
  return {};
}

UpkeepOptions upkeep_options(const Settings& settings) {
  const auto& from = settings.upkeep;
  UpkeepOptions options;
  options.folder = from.backup_folder.empty() ? settings.store.data_dir / "backups" : from.backup_folder;
  options.backup_hours = from.backup_hours;
  options.backup_keep = from.backup_keep;
  options.check_at_start = from.check_at_start;
  options.retention = {from.keep_days, from.keep_picture_bytes};
  options.program = version;
  return options;
}

std::set<std::string> configured_ids(const Settings& settings) {
  std::set<std::string> ids;
  for (const auto& interpreter : settings.interpreters) ids.insert(interpreter.id);
  return ids;
}

}  // namespace doodled

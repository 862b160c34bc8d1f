#include "server/app_options.hpp"

#include "server/certificate/own_certificate.hpp"
#include "server/machine/machine.hpp"
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

Result<http::TlsFiles> tls_files(const Settings& settings, std::int64_t wall_ms) {
  const auto& tls = settings.tls;
  if (!tls.certificate.empty() && !tls.key.empty())
    return http::TlsFiles{tls.certificate, tls.key, std::chrono::hours(24) * tls.hsts_days};
  if (!tls.certificate.empty() || !tls.key.empty())
    return Error{"invalid_settings",
                 "the settings cannot be used",
                 {{tls.key.empty() ? "tls.key" : "tls.certificate", "is missing: both or none"}}};
  CertificateWish wish{own_names(), own_addresses()};
  wish.names.insert(wish.names.end(), settings.server.allowed_hosts.begin(),
                    settings.server.allowed_hosts.end());
  wish.names.push_back("localhost");
  wish.addresses.push_back("127.0.0.1");
  wish.addresses.push_back("::1");
  const auto made = own_certificate(settings.store.data_dir / "tls", wish, wall_ms);
  if (!made) return made.error();
  return http::TlsFiles{made->certificate, made->key};
}

Result<Networks> trusted_networks(const Settings& settings) {
  return Networks::parse(settings.access.trusted, "access.trusted");
}

Result<http::ServerOptions> server_options(const Settings& settings, const Networks& trusted,
                                           std::int64_t wall_ms) {
  const auto& from = settings.server;
  const auto listen = parse_listen(from.listen);
  if (!listen) return listen.error();
  http::ServerOptions options;
  options.address = listen->address;
  options.port = listen->port;
  options.max_body = static_cast<std::size_t>(from.max_body_bytes);
  options.max_connections = from.max_connections;
  options.max_connections_each = from.max_connections_each;
  options.client_of = [trusted](const std::string& address) {
    return trusted.contains(address) ? std::string() : client_network(address);
  };
  options.header_timeout = from.header_timeout;
  options.body_timeout = from.body_timeout;
  options.idle_timeout = from.idle_timeout;
  options.log_requests = settings.log.requests;
  if (!settings.tls.enabled) return options;
  auto files = tls_files(settings, wall_ms);
  if (!files) return files.error();
  options.tls = std::move(*files);
  return options;
}

GateRules gate_rules(const Settings& settings, Networks trusted, const std::string& console_key) {
  http::AccessRules names{settings.server.allowed_hosts, settings.server.allowed_origins};
  for (const auto& name : own_names()) names.hosts.push_back(name);
  return {std::move(names), std::move(trusted), console_key, settings.access.requests_per_second,
          settings.tls.enabled};
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
  options.retention = {from.keep_days, from.keep_picture_bytes, from.keep_bytes};
  options.program = version;
  return options;
}

std::set<std::string> configured_ids(const Settings& settings) {
  std::set<std::string> ids;
  for (const auto& interpreter : settings.interpreters) ids.insert(interpreter.id);
  return ids;
}

}  // namespace doodled

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/store/durable_files.hpp"
#include "server/api/routes.hpp"
#include "server/version.hpp"

namespace doodled {

namespace embedded {
extern const std::string_view openapi;
}

namespace api {
namespace {

using http::Method;
using http::Request;
using http::Response;

Response healthz() { return http::json_response({{"status", "ok"}, {"version", version}}); }

// Each of these says 'ok' or what is wrong.
std::string store_check(Services& services) {
  try {
    services.store.sessions.count();
    return "ok";
  } catch (const std::exception& failure) {
    return failure.what();
  }
}

std::string reader_check(Services& services) {
  const auto warm = services.reader.warm_up();
  return warm ? "ok" : warm.error().message;
}

// What is there plays without room for more, but no picture can be taken.
std::string disk_check(Services& services) {
  constexpr std::uintmax_t scarce = std::uintmax_t{16} << 20;
  const auto& folder = services.store.database.directory();
  if (store::on_read_only_file_system(folder)) return "the file system takes no writes";
  std::error_code unknown;
  const auto space = std::filesystem::space(folder, unknown);
  return unknown || space.available >= scarce ? "ok" : "the disk is full";
}

// Ready means: the store can be read and written, and the reader can be started.
Response readyz(Services& services) {
  const Json checks{
      {"store", store_check(services)}, {"disk", disk_check(services)}, {"reader", reader_check(services)}};
  const bool ready = std::ranges::all_of(checks, [](const Json& check) { return check == "ok"; });
  return http::json_response({{"status", ready ? "ready" : "not ready"}, {"checks", checks}},
                             ready ? 200 : 503);
}

std::int64_t size_of(const std::filesystem::path& file) {
  std::error_code absent;
  const auto size = std::filesystem::file_size(file, absent);
  return absent ? 0 : static_cast<std::int64_t>(size);
}

StoreSize store_size(Store& store) {
  const auto& folder = store.database.directory();
  std::error_code unknown;
  const auto space = std::filesystem::space(folder, unknown);
  return {size_of(folder / "doodled.sqlite3") + size_of(folder / "doodled.sqlite3-wal"),
          store.images.total_bytes(), unknown ? 0 : static_cast<std::int64_t>(space.available)};
}

// A backup is not made of what does not fit its chain.
bool found_fault(const UpkeepState& state) {
  return state.fault || (state.backup_error && state.backup_error->code == "audit_failed");
}

void measure_upkeep(Services& services) {
  const auto age_ms = services.upkeep.backup_age();
  const auto state = services.upkeep.state();
  services.metrics.set_upkeep(age_ms ? std::optional(static_cast<double>(*age_ms) / 1000) : std::nullopt,
                              state.backup_failures, found_fault(state));
}

Response metrics(Services& services) {
  services.metrics.set_queue(static_cast<double>(services.store.jobs.count(JobState::queued)),
                             static_cast<double>(services.store.jobs.count(JobState::running)));
  services.metrics.set_sessions(static_cast<double>(services.store.sessions.count()));
  for (const auto& device : services.rack.devices()) services.metrics.set_device(device);
  if (services.webhooks != nullptr)
    for (const auto& hook : services.webhooks->states())
      services.metrics.set_webhook_backlog(hook.id, static_cast<double>(hook.backlog.messages));
  services.metrics.set_store(store_size(services.store));
  measure_upkeep(services);
  services.metrics.set_process(process_use());
  return http::text_response(services.metrics.text(), "text/plain; version=0.0.4; charset=utf-8");
}

}  // namespace

// Watchers look for these at the root; they are under /api/v1 as well.
std::vector<http::Route> health_routes(Services& services) {
  Services* s = &services;
  std::vector<http::Route> routes{{Method::get, "/openapi.yaml", Scope::none, [](const Request&) {
                                     return http::text_response(std::string(embedded::openapi),
                                                                "application/yaml; charset=utf-8");
                                   }}};
  for (const std::string prefix : {"", "/api/v1"}) {
    routes.push_back(
        {Method::get, prefix + "/healthz", Scope::none, [](const Request&) { return healthz(); }});
    routes.push_back(
        {Method::get, prefix + "/readyz", Scope::play, [s](const Request&) { return readyz(*s); }});
    routes.push_back(
        {Method::get, prefix + "/metrics", Scope::play, [s](const Request&) { return metrics(*s); }});
  }
  return routes;
}

}  // namespace api
}  // namespace doodled

#include <nlohmann/json.hpp>

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

// Ready means: the store can be read, and the reader can be started.
Response readyz(Services& services) {
  Json checks{{"store", "ok"}, {"reader", "ok"}};
  bool ready = true;
  try {
    services.store.sessions.count();
  } catch (const std::exception& failure) {
    checks["store"] = failure.what();
    ready = false;
  }
  if (const auto warm = services.reader.warm_up(); !warm) {
    checks["reader"] = warm.error().message;
    ready = false;
  }
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
  services.metrics.set_upkeep(age_ms ? std::optional(static_cast<double>(*age_ms) / 1000) : std::nullopt,
                              found_fault(services.upkeep.state()));
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

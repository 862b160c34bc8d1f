// The box itself: its settings, what it holds, its log.
#include <filesystem>

#include <nlohmann/json.hpp>

#include "core/base/log_tail.hpp"
#include "core/inputs/binding.hpp"
#include "server/api/routes.hpp"
#include "server/version.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr std::string_view log_level = "log.level";

// What can be changed while it runs says so, and what it is now.
Json settings_json(const Services& services) {
  Json report = Json::parse(services.settings);
  for (auto& item : report["items"]) {
    const bool changeable = item["key"] == log_level;
    item["changeable"] = changeable;
    if (changeable) item["value"] = log::level_name();
  }
  return report;
}

Error invalid_setting(std::string_view key, std::string message) {
  return {
      "invalid_settings", "the setting can't be changed so", {{"/" + std::string(key), std::move(message)}}};
}

Result<void> change_settings(const Json& json) {
  if (!json.is_object()) return invalid_setting("", "is not an object");
  for (const auto& [key, value] : json.items())
    if (key != log_level)
      return invalid_setting(key,
                             "can only be changed in the settings file; the daemon reads it when it starts");
  if (!json.contains(log_level)) return {};
  const auto& level = json[std::string(log_level)];
  if (!level.is_string() || !log::set_level(level.get<std::string>()))
    return invalid_setting(log_level, "must be one of debug, info, warning, error");
  return {};
}

Response patch_settings(const Services& services, const Request& request) {
  const auto json = http::json_body(request);
  if (!json) return http::problem_response(json.error());
  if (const auto changed = change_settings(*json); !changed) return http::problem_response(changed.error());
  return http::json_response(settings_json(services));
}

// Bytes of all files below, those that go meanwhile left out.
std::uintmax_t bytes_below(const std::filesystem::path& folder) {
  std::uintmax_t sum = 0;
  std::error_code failed;
  for (std::filesystem::recursive_directory_iterator it(folder, failed), end; !failed && it != end;
       it.increment(failed)) {
    std::error_code gone;
    const auto size = it->is_regular_file(gone) ? it->file_size(gone) : 0;
    if (!gone) sum += size;
  }
  return sum;
}

Json storage_json(Services& services) {
  const auto& folder = services.store.database.directory();
  std::error_code failed;
  const auto space = std::filesystem::space(folder, failed);
  const auto pictures = bytes_below(folder / "images");
  return {{"data_dir", folder.string()},
          {"sessions", services.store.sessions.count()},
          {"picture_bytes", pictures},
          {"all_bytes", bytes_below(folder)},
          {"damaged_files", damaged_bindings(folder)},
          {"free_bytes", failed ? Json() : Json(space.available)}};
}

Response get_status(Services& services) {
  return http::json_response({{"version", version},
                              {"uptime_ms", services.clock.wall_ms() - services.started_at},
                              {"storage", storage_json(services)},
                              {"jobs",
                               {{"queued", services.store.jobs.count(JobState::queued)},
                                {"running", services.store.jobs.count(JobState::running)}}}});
}

Response get_log(const Request& request) {
  const auto limit =
      http::query_number(request, "limit", 100, 1, static_cast<std::int64_t>(log::most_tail_lines));
  if (!limit) return http::problem_response(limit.error());
  return http::json_response({{"items", log::tail(static_cast<std::size_t>(*limit))}});
}

}  // namespace

std::vector<http::Route> box_routes(Services& services) {
  Services* s = &services;
  return {
      {Method::get, "/api/v1/settings", Scope::admin,
       [s](const Request&) { return http::json_response(settings_json(*s)); }},
      {Method::patch, "/api/v1/settings", Scope::admin,
       [s](const Request& r) { return patch_settings(*s, r); }},
      {Method::get, "/api/v1/status", Scope::play, [s](const Request&) { return get_status(*s); }},
      {Method::get, "/api/v1/log", Scope::admin, [](const Request& r) { return get_log(r); }},
  };
}

}  // namespace doodled::api

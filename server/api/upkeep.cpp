#include <nlohmann/json.hpp>

#include "server/api/routes.hpp"
#include "server/api/types.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

Json backup_json(const BackupFile& file) {
  return {{"name", file.name}, {"size", file.size}, {"url", "/api/v1/backups/" + file.name}};
}

Response list_backups(Services& services) {
  Json items = Json::array();
  for (const auto& file : services.upkeep.backups()) items.push_back(backup_json(file));
  return http::json_response({{"items", std::move(items)}, {"state", to_json(services.upkeep.state())}});
}

Response begin_backup(Services& services) {
  if (!services.upkeep.begin_backup())
    return http::problem_response({"backup_running", "a backup is being made already", {}});
  return http::json_response(to_json(services.upkeep.state()), 202);
}

Response get_backup(Services& services, const std::string& name) {
  const auto file = services.upkeep.backup(name);
  if (!file) return http::problem_response(file.error());
  auto response = http::file_response(*file, "application/zip");
  response.headers.set("Content-Disposition", "attachment; filename=\"" + name + "\"");
  return response;
}

Response remove_backup(Services& services, const std::string& name) {
  const auto removed = services.upkeep.remove_backup(name);
  return removed ? http::no_content() : http::problem_response(removed.error());
}

}  // namespace

Json to_json(const UpkeepState& state) {
  Json json{{"backing_up", state.backing_up},
            {"backup_error", nullptr},
            {"backup_failures", state.backup_failures},
            {"chain", "checking"},
            {"chain_fault", nullptr},
            {"clock_doubted", state.clock_doubted}};
  if (state.backup_error)
    json["backup_error"] = {{"code", state.backup_error->code}, {"message", state.backup_error->message}};
  if (state.checked) json["chain"] = state.fault ? "broken" : "fits";
  if (state.fault)
    json["chain_fault"] = {
        {"row", state.fault->position}, {"subject", state.fault->subject}, {"reason", state.fault->reason}};
  return json;
}

std::vector<http::Route> upkeep_routes(Services& services) {
  Services* s = &services;
  const auto name_of = [](const Request& r) { return std::string(r.parameter("name")); };
  return {
      {Method::get, "/api/v1/backups", Scope::admin, [s](const Request&) { return list_backups(*s); }},
      {Method::post, "/api/v1/backups", Scope::admin, [s](const Request&) { return begin_backup(*s); }},
      {Method::get, "/api/v1/backups/{name}", Scope::admin,
       [=](const Request& r) { return get_backup(*s, name_of(r)); }},
      {Method::del, "/api/v1/backups/{name}", Scope::admin,
       [=](const Request& r) { return remove_backup(*s, name_of(r)); }},
  };
}

}  // namespace doodled::api

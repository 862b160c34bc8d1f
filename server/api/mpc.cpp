// What only MPCs need: controller plans for their plugins, and the controller map of a user's own project.
#include <nlohmann/json.hpp>

#include "drivers/mpc/plans.hpp"
#include "drivers/mpc/rebinding.hpp"
#include "server/api/format.hpp"
#include "server/api/routes.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr std::string_view plan_note =
    "A suggestion: an MPC has no fixed controllers, it learns these. Names of controls are likely ones and "
    "were not seen on "
    "a unit.";

DeviceProfile mpc_profile(const Services& services) {
  const auto shelf = services.profiles();
  const auto found = shelf->entries.find("mpc");
  return found == shelf->entries.end() ? generic_profile() : found->second.profile;
}

Json plan_json(const mpc::PluginPlan& plan, const DeviceProfile& profile) {
  Json controls = Json::array();
  for (const auto& [parameter, control] : plan.controls)
    controls.push_back({{"parameter", info(parameter).name},
                        {"message", describe(profile.controllers[static_cast<std::size_t>(parameter)])},
                        {"control", control}});
  return {
      {"plugin", plan.plugin}, {"suggestion", true}, {"note", plan_note}, {"controls", std::move(controls)}};
}

Response list_plans() {
  Json items = Json::array();
  for (const auto& plan : mpc::plugin_plans())
    items.push_back({{"plugin", plan.plugin}, {"controls", plan.controls.size()}});
  return http::json_response({{"note", plan_note}, {"items", std::move(items)}});
}

// ?format=text to print it.
Response get_plan(const Services& services, const Request& request) {
  const auto* plan = mpc::find_plan(request.parameter("plugin"));
  if (plan == nullptr)
    return http::problem_response(Error{"unknown_plan",
                                        "there is no plan for this plugin; GET /mpc/plans lists them",
                                        {{"plugin", "is none of them"}}});
  const auto printed = wants_text(request);
  if (!printed) return http::problem_response(printed.error());
  const auto profile = mpc_profile(services);
  return *printed ? http::text_response(mpc::to_text(*plan, profile))
                  : http::json_response(plan_json(*plan, profile));
}

Json learned_json(const mpc::LearnedControls& learned, const DeviceProfile& profile) {
  Json items = Json::array();
  for (const auto& control : learned.controls)
    items.push_back(
        {{"index", control.index}, {"controller", control.controller}, {"target", control.target}});
  Json suggestions = Json::array();
  for (const auto& [index, controller] : mpc::suggested(learned, profile))
    suggestions.push_back({{"index", index}, {"controller", controller}});
  return {{"build", learned.build},
          {"controller_key", learned.controller_key},
          {"bindings", std::move(items)},
          {"suggested", std::move(suggestions)}};
}

// ?bind=0:74&bind=1=cutoff
std::vector<std::string> bindings_asked_for(const Request& request) {
  std::vector<std::string> bindings;
  for (const auto& [name, value] : request.query)
    if (name == "bind") bindings.emplace_back(value);
  return bindings;
}

std::string controller_key(const Request& request) {
  return std::string(request.query_value("controller_key").value_or(""));
}

// What the project's bindings are, and what would be changed.
Response inspect(const Services& services, const Request& request) {
  const auto learned = mpc::read_learned(request.body, controller_key(request));
  if (!learned) return http::problem_response(learned.error());
  return http::json_response(learned_json(*learned, mpc_profile(services)));
}

Response map_project(const Services& services, const Request& request) {
  const auto key = controller_key(request);
  const auto learned = mpc::read_learned(request.body, key);
  if (!learned) return http::problem_response(learned.error());
  const auto bindings = mpc::rebindings_from(bindings_asked_for(request), *learned, mpc_profile(services));
  if (!bindings) return http::problem_response(bindings.error());
  auto project = mpc::with_controllers(request.body, *bindings, key);
  if (!project) return http::problem_response(project.error());
  auto response = http::text_response(std::move(*project), "application/gzip");
  response.headers.set("Content-Disposition", "attachment; filename=\"doodled.xpj\"");
  return response;
}

}  // namespace

std::vector<http::Route> mpc_routes(Services& services) {
  Services* s = &services;
  return {
      {Method::get, "/api/v1/mpc/plans", Scope::play, [](const Request&) { return list_plans(); }},
      {Method::get, "/api/v1/mpc/plans/{plugin}", Scope::play,
       [s](const Request& r) { return get_plan(*s, r); }},
      {Method::post, "/api/v1/mpc/projects/inspect", Scope::play,
       [s](const Request& r) { return inspect(*s, r); }, mpc::largest_project},
      {Method::post, "/api/v1/mpc/projects/map", Scope::play,
       [s](const Request& r) { return map_project(*s, r); }, mpc::largest_project},
  };
}

}  // namespace doodled::api

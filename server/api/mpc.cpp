// What only MPCs need: controller plans for their plugins, and the controller map of a user's own project.
#include <charconv>

#include <nlohmann/json.hpp>

#include "drivers/mpc/plans.hpp"
#include "drivers/mpc/project_map.hpp"
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
    return http::problem_response(
        Error{"unknown_plan", "there is no plan for this plugin; GET /mpc/plans lists them", {}});
  const auto profile = mpc_profile(services);
  if (request.query_value("format") == "text") return http::text_response(mpc::to_text(*plan, profile));
  return http::json_response(plan_json(*plan, profile));
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

std::optional<int> whole(std::string_view text) {
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && read.ec == std::errc{} && read.ptr == text.data() + text.size()
             ? std::optional(value)
             : std::nullopt;
}

// ?bind=0:74, any number of times.
Result<std::vector<mpc::Rebinding>> bindings_asked_for(const Request& request) {
  std::vector<mpc::Rebinding> bindings;
  for (const auto& [name, value] : request.query) {
    if (name != "bind") continue;
    const std::string_view text(value);
    const auto colon = std::min(text.find(':'), text.size());
    const auto index = whole(text.substr(0, colon)),
               controller = whole(text.substr(std::min(colon + 1, text.size())));
    if (!index || *index < 0 || !controller)
      return Error{"bad_query",
                   "the query can't be used",
                   {{"bind", "must be the number of a binding, ':' and a controller"}}};
    bindings.push_back({static_cast<std::size_t>(*index), *controller});
  }
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
  auto bindings = bindings_asked_for(request);
  if (!bindings) return http::problem_response(bindings.error());
  const auto key = controller_key(request);
  if (bindings->empty()) {
    const auto learned = mpc::read_learned(request.body, key);
    if (!learned) return http::problem_response(learned.error());
    *bindings = mpc::suggested(*learned, mpc_profile(services));
  }
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
      {Method::get, "/api/v1/mpc/plans", [](const Request&) { return list_plans(); }},
      {Method::get, "/api/v1/mpc/plans/{plugin}", [s](const Request& r) { return get_plan(*s, r); }},
      {Method::post, "/api/v1/mpc/projects/inspect", [s](const Request& r) { return inspect(*s, r); },
       mpc::largest_project},
      {Method::post, "/api/v1/mpc/projects/map", [s](const Request& r) { return map_project(*s, r); },
       mpc::largest_project},
  };
}

}  // namespace doodled::api

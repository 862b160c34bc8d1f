// What a user has to know and do about devices: kinds of drivers, check lists, which controller is what, new
// settings.
#include <nlohmann/json.hpp>

#include "core/play/find_driver.hpp"
#include "server/api/format.hpp"
#include "server/api/routes.hpp"
#include "server/api/types.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

Json setup_json(std::span<const SetupStep> steps) {
  Json list = Json::array();
  for (const auto& step : steps)
    list.push_back({{"title", step.title}, {"text", step.text}, {"verified", step.verified}});
  return list;
}

Response list_drivers(const Services& services) {
  Json items = Json::array();
  for (const auto* plugin : services.drivers)
    items.push_back({{"name", plugin->name},
                     {"summary", plugin->summary},
                     {"default_profile", plugin->default_profile},
                     {"capabilities", plugin->capabilities.names()},
                     {"setup", setup_json(plugin->setup)}});
  return http::json_response({{"items", std::move(items)}});
}

Response reload(const Services& services) {
  const auto report = services.reload_devices();
  return report ? http::json_response(reloaded_json(*report)) : http::problem_response(report.error());
}

std::string setup_text(const DeviceState& device, std::span<const SetupStep> steps) {
  std::string text = "Setting up " + device.id + " (" + device.driver +
                     "): " + std::string(to_string(device.status)) +
                     (device.detail.empty() ? "" : ", " + device.detail) + "\n\n";
  for (const auto& step : steps)
    text += "[ ] " + std::string(step.title) + (step.verified ? "" : " (not verified)") + "\n    " +
            std::string(step.text) + "\n";
  return text;
}

// ?format=text for people, else JSON.
Response setup(const Services& services, const Request& request) {
  const auto device = services.rack.device(std::string(request.parameter("id")));
  if (!device) return http::problem_response(device.error());
  const auto* plugin = find_driver(services.drivers, device->driver);
  const auto steps = plugin ? plugin->setup : std::span<const SetupStep>{};
  const auto printed = wants_text(request);
  if (!printed) return http::problem_response(printed.error());
  if (*printed) return http::text_response(setup_text(*device, steps));
  return http::json_response(
      {{"device", device->id}, {"driver", device->driver}, {"steps", setup_json(steps)}});
}

// Which message carries which parameter to this device.
Response controllers(const Services& services, const Request& request) {
  const auto device = services.rack.device(std::string(request.parameter("id")));
  if (!device) return http::problem_response(device.error());
  const auto shelf = services.profiles();
  const auto found = shelf->entries.find(device->profile);
  if (found == shelf->entries.end())
    return http::problem_response(Error{"unknown_profile",
                                        "the device's profile is gone",
                                        {{"profile", "there is no such profile any more"}}});
  return http::json_response(
      {{"device", device->id}, {"profile", device->profile}, {"items", routes_json(found->second.profile)}});
}

}  // namespace

std::vector<http::Route> device_setup_routes(Services& services) {
  Services* s = &services;
  return {
      {Method::get, "/api/v1/drivers", Scope::play, [s](const Request&) { return list_drivers(*s); }},
      {Method::post, "/api/v1/devices/reload", Scope::admin, [s](const Request&) { return reload(*s); }},
      {Method::get, "/api/v1/devices/{id}/setup", Scope::play,
       [s](const Request& r) { return setup(*s, r); }},
      {Method::get, "/api/v1/devices/{id}/controllers", Scope::play,
       [s](const Request& r) { return controllers(*s, r); }},
  };
}

}  // namespace doodled::api

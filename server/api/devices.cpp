#include <nlohmann/json.hpp>

#include "server/api/routes.hpp"
#include "server/api/types.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

Response device_response(const Services& services, const std::string& id) {
  const auto device = services.rack.device(id);
  return device ? http::json_response(device_json(*device)) : http::problem_response(device.error());
}

Response list_devices(const Services& services) {
  Json items = Json::array();
  for (const auto& device : services.rack.devices()) items.push_back(device_json(device));
  return http::json_response({{"items", std::move(items)}});
}

Response patch_device(Services& services, const Request& request) {
  const std::string id(request.parameter("id"));
  const auto json = http::json_body(request);
  if (!json) return http::problem_response(json.error());
  const bool fits =
      json->is_object() && json->size() == 1 && json->contains("enabled") && json->at("enabled").is_boolean();
  if (!fits)
    return http::problem_response(Error{"invalid_change",
                                        "only \"enabled\": true or false can be set",
                                        {{"/enabled", "is missing or not true or false"}}});
  const auto changed = services.rack.set_enabled(id, json->at("enabled").get<bool>());
  return changed ? device_response(services, id) : http::problem_response(changed.error());
}

Response panic(Services& services, const Request& request) {
  const std::string id(request.parameter("id"));
  const auto silent = services.rack.panic(id);
  return silent ? device_response(services, id) : http::problem_response(silent.error());
}

Response panic_all(Services& services) {
  services.rack.panic_all();
  return list_devices(services);
}

Response test(Services& services, const Request& request) {
  const std::string id(request.parameter("id"));
  const auto play = services.rack.test(id);
  return play ? device_response(services, id) : http::problem_response(play.error());
}

// Why a source can't lead now, or empty.
std::string unavailable(const std::string& source, const Json& inputs) {
  if (source == "link" && !link_available()) return "this program was built without Ableton Link";
  for (const auto& input : inputs)
    if (source == "midi:" + input.at("id").get<std::string>() && !input.at("ready").get<bool>())
      return input.at("detail").get<std::string>();
  return {};
}

Json sources_json(const Services& services) {
  const auto inputs = services.inputs ? services.inputs() : Json::array();
  Json list = Json::array();
  for (const auto& source : services.sync.sources()) {
    const auto reason = unavailable(source, inputs);
    list.push_back({{"id", source}, {"available", reason.empty()}, {"detail", reason}});
  }
  return list;
}

Response transport_response(const Services& services, const TransportState& transport) {
  auto json = transport_json(transport, services.sync.state());
  json["sync_sources"] = sources_json(services);
  return http::json_response(json);
}

Response get_transport(const Services& services) {
  return transport_response(services, services.rack.transport());
}

Error invalid_transport(std::string pointer, std::string message) {
  return {"invalid_change", "the transport can't be changed so", {{std::move(pointer), std::move(message)}}};
}

Response patch_transport(Services& services, const Request& request) {
  const auto json = http::json_body(request);
  if (!json) return http::problem_response(json.error());
  if (!json->is_object()) return http::problem_response(invalid_transport("", "is not a JSON object"));
  for (const auto& [name, value] : json->items()) {
    const bool known = name == "tempo_bpm" || name == "playing" || name == "sync";
    if (!known)
      return http::problem_response(
          invalid_transport("/" + name, "can't be changed; tempo_bpm, playing and sync can"));
    if (name == "tempo_bpm" && !value.is_number())
      return http::problem_response(invalid_transport("/tempo_bpm", "is not a number"));
    if (name == "playing" && value != false)
      return http::problem_response(
          invalid_transport("/playing", "can only be set to false; play a session to start"));
  }
  if (json->contains("sync")) {
    const auto& source = json->at("sync");
    const auto used = source.is_string() ? services.sync.use(source.get<std::string>())
                                         : Result<void>(invalid_transport("/sync", "is not a text"));
    if (!used) return http::problem_response(used.error());
  }
  if (json->contains("playing")) services.rack.stop_all();
  if (!json->contains("tempo_bpm")) return get_transport(services);
  const auto transport = services.sync.set_tempo(json->at("tempo_bpm").get<double>());
  return transport ? transport_response(services, *transport) : http::problem_response(transport.error());
}

}  // namespace

std::vector<http::Route> device_routes(Services& services) {
  Services* s = &services;
  return {
      {Method::get, "/api/v1/devices", Scope::play, [s](const Request&) { return list_devices(*s); }},
      {Method::post, "/api/v1/devices/panic", Scope::play, [s](const Request&) { return panic_all(*s); }},
      {Method::get, "/api/v1/devices/{id}", Scope::play,
       [s](const Request& r) { return device_response(*s, std::string(r.parameter("id"))); }},
      {Method::patch, "/api/v1/devices/{id}", Scope::create,
       [s](const Request& r) { return patch_device(*s, r); }},
      {Method::post, "/api/v1/devices/{id}/panic", Scope::play,
       [s](const Request& r) { return panic(*s, r); }},
      {Method::post, "/api/v1/devices/{id}/test", Scope::create,
       [s](const Request& r) { return test(*s, r); }},
      {Method::get, "/api/v1/transport", Scope::play, [s](const Request&) { return get_transport(*s); }},
      {Method::patch, "/api/v1/transport", Scope::play,
       [s](const Request& r) { return patch_transport(*s, r); }},
  };
}

}  // namespace doodled::api

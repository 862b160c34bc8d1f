// Device profiles: what there is, what is in one, and whether a new one can be used.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/play/midi_guide.hpp"
#include "server/api/routes.hpp"
#include "server/api/types.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

Json head_json(const ProfileShelf::Entry& entry) {
  const auto& profile = entry.profile;
  const auto sent = std::ranges::count_if(
      profile.controllers, [](const ParameterRoute& route) { return route.carrier != Carrier::none; });
  return {{"id", profile.id},
          {"name", profile.name},
          {"origin", entry.origin},
          {"pad_map", to_string(profile.pad_map)},
          {"mpe_members", profile.mpe_members},
          {"parameters", sent},
          {"sources", profile.sources}};
}

Json problems_json(const std::vector<Problem>& problems, const char* place) {
  Json list = Json::array();
  for (const auto& problem : problems)
    list.push_back({{place, problem.pointer}, {"message", problem.message}});
  return list;
}

Response list_profiles(const Services& services) {
  const auto shelf = services.profiles();
  Json items = Json::array();
  for (const auto& [id, entry] : shelf->entries) items.push_back(head_json(entry));
  return http::json_response(
      {{"items", std::move(items)}, {"problems", problems_json(shelf->problems, "file")}});
}

Json profile_json(const DeviceProfile& profile) {
  return {{"profile", to_json(profile)},
          {"parameters", routes_json(profile)},
          {"remarks", problems_json(profile_remarks(profile), "pointer")}};
}

Response get_profile(const Services& services, const Request& request) {
  const auto shelf = services.profiles();
  const std::string id(request.parameter("id"));
  const auto found = shelf->entries.find(id);
  if (found == shelf->entries.end())
    return http::problem_response(
        Error{"unknown_profile", "there is no profile \"" + id + "\"", {{"id", "GET /profiles lists them"}}});
  auto json = profile_json(found->second.profile);
  json["origin"] = found->second.origin;
  return http::json_response(json);
}

// A profile, or with Content-Type text/csv a table of midi.guide. Nothing is kept.
Response check_profile(const Request& request) {
  const bool csv = request.headers.value("Content-Type").starts_with("text/csv");
  const auto json = csv ? Result<Json>(Json()) : http::json_body(request);
  if (!json) return http::problem_response(json.error());
  const auto profile = csv ? profile_from_midi_guide(request.body) : profile_from_json(*json);
  return profile ? http::json_response(profile_json(*profile)) : http::problem_response(profile.error());
}

}  // namespace

std::vector<http::Route> profile_routes(Services& services) {
  Services* s = &services;
  return {
      {Method::get, "/api/v1/profiles", Scope::play, [s](const Request&) { return list_profiles(*s); }},
      {Method::post, "/api/v1/profiles/check", Scope::play,
       [](const Request& r) { return check_profile(r); }},
      {Method::get, "/api/v1/profiles/{id}", Scope::play,
       [s](const Request& r) { return get_profile(*s, r); }},
  };
}

}  // namespace doodled::api

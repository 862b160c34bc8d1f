// What can be asked for: modes, scales, operations, rules, formats.
#include "core/compose/catalogue.hpp"

#include <nlohmann/json.hpp>

#include "core/files/export.hpp"
#include "core/vary/variation.hpp"
#include "server/api/routes.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;

Json scales_json() {
  Json items = Json::array();
  for (const auto& scale : all_scales())
    items.push_back({{"scale", scale.name},
                     {"intervals", std::vector<int>(scale.intervals.begin(), scale.intervals.end())}});
  return {{"items", std::move(items)}};
}

Json formats_json() {
  Json items = Json::array(), options = Json::array();
  for (const auto& format : export_formats())
    items.push_back(
        {{"format", format.name}, {"summary", format.summary}, {"media_type", format.media_type}});
  for (const auto& row : export_option_rows())
    options.push_back({{"name", row.name}, {"summary", row.explanation}, {"values", row.values}});
  return {{"items", std::move(items)}, {"options", std::move(options)}};
}

}  // namespace

std::vector<http::Route> catalogue_routes(Services& services) {
  const Services* s = &services;
  return {
      {Method::get, "/api/v1/modes", Scope::play,
       [](const Request&) { return http::json_response(modes_json()); }},
      {Method::get, "/api/v1/scales", Scope::play,
       [](const Request&) { return http::json_response(scales_json()); }},
      {Method::get, "/api/v1/formats", Scope::play,
       [](const Request&) { return http::json_response(formats_json()); }},
      {Method::get, "/api/v1/operations", Scope::play,
       [](const Request&) {
         return http::json_response({{"items", operations_json()}});
       }},
      {Method::get, "/api/v1/rules", Scope::play,
       [s](const Request&) {
         return http::json_response({{"items", rules_json(s->rules)}});
       }},
  };
}

}  // namespace doodled::api

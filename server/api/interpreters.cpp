#include <algorithm>

#include <nlohmann/json.hpp>

#include "server/api/routes.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

Response list_interpreters(const Services& services) {
  Json items = Json::array();
  for (const auto& interpreter : services.interpreters.all())
    items.push_back({{"id", interpreter->id()},
                     {"kind", interpreter->kind()},
                     {"default", std::ranges::find(services.default_interpreters, interpreter->id()) !=
                                     services.default_interpreters.end()}});
  return http::json_response({{"items", std::move(items)}});
}

}  // namespace

std::vector<http::Route> interpreter_routes(Services& services) {
  Services* s = &services;
  return {{Method::get, "/api/v1/interpreters", [s](const Request&) { return list_interpreters(*s); }}};
}

}  // namespace doodled::api

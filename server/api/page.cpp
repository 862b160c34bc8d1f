// The page: files carried inside the program.
#include <algorithm>

#include "server/api/routes.hpp"
#include "server/web/assets.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

Response asset_response(const Request& request, const Asset& asset) {
  Response response;
  response.headers.set("ETag", std::string(asset.etag));
  response.headers.set("Cache-Control", asset.path.starts_with("/assets/")
                                            ? "public, max-age=31536000, immutable"
                                            : "no-cache");
  if (request.headers.value("If-None-Match") == asset.etag) {
    response.status = 304;
    return response;
  }
  if (asset.compressed) response.headers.set("Content-Encoding", "gzip");
  response.content_type = asset.content_type;
  response.body = std::string(asset.body);
  return response;
}

}  // namespace

std::vector<http::Route> page_routes() {
  std::vector<http::Route> routes;
  for (const auto& asset : web_assets()) {
    routes.push_back({Method::get, std::string(asset.path), Scope::none,
                      [&asset](const Request& r) { return asset_response(r, asset); }});
    if (asset.path == "/index.html")
      routes.push_back(
          {Method::get, "/", Scope::none, [&asset](const Request& r) { return asset_response(r, asset); }});
  }
  if (routes.empty())
    routes.push_back(
        {Method::get, "/", Scope::none, [](const Request&) {
           return http::text_response(
               "This doodled was built without its page. The API is described at /openapi.yaml\n");
         }});
  return routes;
}

}  // namespace doodled::api

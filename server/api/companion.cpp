// The Max for Live device as a download.
#include "drivers/max/device/companion.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "server/api/routes.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

Response list_files() {
  Json items = Json::array();
  for (const auto& file : companion_files())
    items.push_back({{"name", file.name},
                     {"size", file.bytes.size()},
                     {"purpose", purpose_of(file)},
                     {"url", "/api/v1/companion/" + std::string(file.name)}});
  return http::json_response({{"items", std::move(items)}});
}

Response download(const std::string& name) {
  const auto files = companion_files();
  const auto file = std::ranges::find(files, std::string_view(name), &EmbeddedFile::name);
  if (file == files.end())
    return http::problem_response(Error{
        "not_found", "the companion has no file " + name, {{"file", "GET /api/v1/companion lists them"}}});
  Response response;
  response.content_type = "application/octet-stream";
  response.headers.set("Content-Disposition", "attachment; filename=\"" + name + "\"");
  response.body = std::string(file->bytes);
  return response;
}

}  // namespace

std::vector<http::Route> companion_routes() {
  return {
      {Method::get, "/api/v1/companion", Scope::play, [](const Request&) { return list_files(); }},
      {Method::get, "/api/v1/companion/{file}", Scope::play,
       [](const Request& r) { return download(std::string(r.parameter("file"))); }},
  };
}

}  // namespace doodled::api

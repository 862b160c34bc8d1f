#include "server/api/mcp_tools.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "core/base/base64.hpp"
#include "server/gate/refusals.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr std::array tools = std::to_array<McpTool>({
    {"store_picture", "Store a picture",
     "Keeps a picture (JPEG, PNG, WebP, GIF, HEIC) and answers its id, for make_music.", Method::post,
     "/api/v1/images",
     R"({"type":"object","properties":{"base64":{"type":"string","description":"The file's bytes in base64"}},"required":["base64"],"additionalProperties":false})",
     false},
    {"make_music", "Make music of a picture or of words",
     "Queues a job that reads a stored picture, or words alone, and composes a session: patch, patterns and "
     "arrangement. Answers the job; ask get_job until its state is done, then it names session_ids.",
     Method::post, "/api/v1/jobs",
     R"({"type":"object","properties":{"image_id":{"type":"string"},"prompt":{"type":"string","description":"Such as 'slow dark ambient in D minor, 84 bpm, no drums'"},"mode":{"type":"string","enum":["auto","doodle","lfo","photo","macros","mpc","arrangement","prompt"]},"options":{"type":"object","description":"key, scale, tempo_bpm, meter, bars, parts, density, swing, style, device, seed"}},"additionalProperties":false})",
     false},
    {"get_job", "See how far a job is", "State, progress, and the sessions that came of it.", Method::get,
     "/api/v1/jobs/{id}",
     R"({"type":"object","properties":{"id":{"type":"string"}},"required":["id"],"additionalProperties":false})",
     true},
    {"list_sessions", "Look through the history",
     "Sessions, newest first; q searches titles, tags and prompts.", Method::get, "/api/v1/sessions",
     R"({"type":"object","properties":{"q":{"type":"string"},"key":{"type":"string"},"mode":{"type":"string"},"starred":{"type":"boolean"},"limit":{"type":"integer","minimum":1,"maximum":500},"cursor":{"type":"string"}},"additionalProperties":false})",
     true},
    {"get_session", "Read one session", "The whole session, with notes, patch and evidence.", Method::get,
     "/api/v1/sessions/{id}",
     R"({"type":"object","properties":{"id":{"type":"string"}},"required":["id"],"additionalProperties":false})",
     true},
    {"vary_session", "Make variations",
     "Stores one to sixteen variations of a session; what locks name (JSON Pointers) stays byte for byte.",
     Method::post, "/api/v1/sessions/{id}/variations",
     R"({"type":"object","properties":{"id":{"type":"string"},"seed":{"type":"integer"},"count":{"type":"integer","minimum":1,"maximum":16},"operations":{"type":"array","items":{"type":"object"},"description":"Such as [{\"op\":\"mutate\",\"steps\":2},{\"op\":\"swing\",\"percent\":58}]"},"locks":{"type":"array","items":{"type":"string"}}},"required":["id"],"additionalProperties":false})",
     false},
    {"play_session", "Play a session", "Plays it on devices; on all when none is named.", Method::post,
     "/api/v1/sessions/{id}/play",
     R"({"type":"object","properties":{"id":{"type":"string"},"devices":{"type":"array","items":{"type":"string"}},"loops":{"type":"integer","minimum":0}},"required":["id"],"additionalProperties":false})",
     false},
    {"stop", "Stop and silence everything", "Ends every play, with note-offs for all that sounds.",
     Method::post, "/api/v1/devices/panic",
     R"({"type":"object","properties":{},"additionalProperties":false})", false},
    {"list_devices", "List the devices", "What is connected, and what plays on it.", Method::get,
     "/api/v1/devices", R"({"type":"object","properties":{},"additionalProperties":false})", true},
});

Error bad_argument(const std::string& name, const std::string& message) {
  return {
      "invalid_arguments", "the arguments can't be used: " + name + " " + message, {{"/" + name, message}}};
}

std::optional<Error> first_misfit(const Json& schema, const Json& arguments) {
  for (const auto& [name, value] : arguments.items())
    if (!schema["properties"].contains(name)) return bad_argument(name, "is not known");
  if (!schema.contains("required")) return std::nullopt;
  for (const auto& name : schema["required"])
    if (!arguments.contains(name.get<std::string>()))
      return bad_argument(name.get<std::string>(), "is missing");
  return std::nullopt;
}

// Ids and the like: what a path may hold without being encoded.
bool fits_path(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '-' || c == '_';
  });
}

// The path with its {names}, which are taken out of the arguments.
Result<Json> filled_path(std::string_view pattern, Json& arguments) {
  std::string path(pattern);
  for (auto open = path.find('{'); open != path.npos; open = path.find('{')) {
    const auto close = path.find('}', open);
    const auto name = path.substr(open + 1, close - open - 1);
    const auto& value = arguments[name];
    if (!value.is_string() || !fits_path(value.get<std::string>())) return bad_argument(name, "is not an id");
    path.replace(open, close - open + 1, value.get<std::string>());
    arguments.erase(name);
  }
  return Json(std::move(path));
}

std::string as_text(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

Result<Request> request_of(const McpTool& tool, const Request& from, Json arguments) {
  const auto path = filled_path(tool.path, arguments);
  if (!path) return path.error();
  Request request;
  request.method = tool.method;
  request.path = path->get<std::string>();
  request.id = from.id;
  request.remote_address = from.remote_address;
  request.client = from.client;
  if (tool.method == Method::get) {
    for (const auto& [name, value] : arguments.items()) request.query.emplace_back(name, as_text(value));
  } else if (arguments.contains("base64")) {
    const auto bytes = from_base64(as_text(arguments["base64"]));
    if (!bytes) return bad_argument("base64", "is not base64");
    request.body = *bytes;
  } else {
    request.headers.set("Content-Type", "application/json");
    request.body = to_text(arguments);
  }
  return request;
}

}  // namespace

std::span<const McpTool> mcp_tools() { return tools; }

Json mcp_tool_list() {
  Json list = Json::array();
  for (const auto& tool : tools)
    list.push_back({{"name", tool.name},
                    {"title", tool.title},
                    {"description", tool.description},
                    {"inputSchema", Json::parse(tool.schema)},
                    {"annotations", {{"readOnlyHint", tool.read_only}, {"openWorldHint", false}}}});
  return list;
}

Result<Response> call_mcp_tool(const http::Router& router, const Request& from, std::string_view name,
                               const Json& arguments) {
  const auto tool =
      std::find_if(tools.begin(), tools.end(), [&](const McpTool& t) { return t.name == name; });
  if (tool == tools.end()) return bad_argument("name", "is not a tool");
  if (!arguments.is_object()) return bad_argument("arguments", "is not an object");
  if (auto misfit = first_misfit(Json::parse(tool->schema), arguments)) return *misfit;
  auto request = request_of(*tool, from, arguments);
  if (!request) return request.error();
  auto found = router.find(request->method, request->path);
  if (auto* refused = std::get_if<Response>(&found)) return std::move(*refused);
  auto& match = std::get<http::Match>(found);
  if (!covers(from.client.scope, match.route->needs))
    return scope_too_small(from.client.scope, match.route->needs);
  request->parameters = std::move(match.parameters);
  return match.route->handler(*request);
}

}  // namespace doodled::api

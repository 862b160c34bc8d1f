#include "server/api/mcp.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "server/api/mcp_tools.hpp"
#include "server/version.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr std::array<std::string_view, 3> revisions = {"2025-06-18", "2025-03-26", "2024-11-05"};
constexpr std::size_t largest_message = std::size_t{48} << 20;  // a picture in base64

// JSON-RPC 2.0, section 5.1.
enum RpcError {
  parse_error = -32700,
  invalid_request = -32600,
  unknown_method = -32601,
  invalid_params = -32602
};

bool is_known(std::string_view revision) { return std::ranges::find(revisions, revision) != revisions.end(); }

Json result_message(const Json& id, Json result) {
  return {{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}};
}

Json error_message(const Json& id, RpcError code, const std::string& message) {
  return {
      {"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", static_cast<int>(code)}, {"message", message}}}};
}

Json initialized(const Json& params) {
  const auto asked = params.value("protocolVersion", std::string());
  return {{"protocolVersion", is_known(asked) ? asked : std::string(revisions.front())},
          {"capabilities", {{"tools", {{"listChanged", false}}}}},
          {"serverInfo", {{"name", "doodled"}, {"title", "doodled"}, {"version", version}}},
          {"instructions",
           "Turns drawings, photographs and words into music, keeps it, and plays it. store_picture, then "
           "make_music with its id (or with a prompt alone), then get_job until done; sessions can be varied "
           "and played."}};
}

// The body of any answer as text; JSON also as it is.
Json tool_result(const Response& response) {
  const auto text = http::bytes_of(response);
  Json result{{"content", Json::array({{{"type", "text"}, {"text", text}}})},
              {"isError", response.status >= 400}};
  if (auto json = parse_json(text, 512); json && json->is_object())
    result["structuredContent"] = std::move(*json);
  return result;
}

Json called(const http::Router& router, const Request& request, const Json& id, const Json& params) {
  if (!params.contains("name") || !params["name"].is_string())
    return error_message(id, invalid_params, "params.name is missing");
  const auto answer = call_mcp_tool(router, request, params["name"].get<std::string>(),
                                    params.contains("arguments") ? params["arguments"] : Json::object());
  return answer ? result_message(id, tool_result(*answer))
                : error_message(id, invalid_params, answer.error().message);
}

Json answered(const http::Router& router, const Request& request, const Json& message) {
  const auto& id = message["id"];
  const auto method = message["method"].get<std::string>();
  const Json params = message.contains("params") ? message["params"] : Json::object();
  if (!params.is_object()) return error_message(id, invalid_params, "params is not an object");
  if (method == "initialize") return result_message(id, initialized(params));
  if (method == "ping") return result_message(id, Json::object());
  if (method == "tools/list") return result_message(id, {{"tools", mcp_tool_list()}});
  if (method == "tools/call") return called(router, request, id, params);
  return error_message(id, unknown_method, "there is no method " + method.substr(0, 100));
}

bool is_message(const Json& json) {
  return json.is_object() && json.value("jsonrpc", Json()) == "2.0" && json.contains("method") &&
         json["method"].is_string() &&
         (!json.contains("id") || json["id"].is_string() || json["id"].is_number_integer());
}

Response post_message(const http::Router& router, const Request& request) {
  const auto revision = request.headers.value("MCP-Protocol-Version");
  if (!revision.empty() && !is_known(revision))
    return http::json_response(error_message({}, invalid_request, "this revision of MCP is not known"), 400);
  const auto json = parse_json(request.body);
  if (!json) return http::json_response(error_message({}, parse_error, json.error().message), 400);
  if (!is_message(*json))
    return http::json_response(error_message({}, invalid_request, "not one JSON-RPC 2.0 request"), 400);
  if (!json->contains("id")) return Response{202, {}, {}, std::string()};  // a notification
  return http::json_response(answered(router, request, *json));
}

}  // namespace

std::vector<http::Route> mcp_routes(std::shared_ptr<const http::Router> router) {
  return {{Method::post, "/api/v1/mcp", Scope::play,
           [router = std::move(router)](const Request& r) { return post_message(*router, r); },
           largest_message}};
}

}  // namespace doodled::api

// What an assistant may do through the MCP endpoint: each tool is one call of the API, so it can't do more
// and is checked the same way.
#pragma once
#include <span>
#include <string_view>

#include "core/base/json.hpp"
#include "server/http/router.hpp"

namespace doodled::api {

struct McpTool {
  std::string_view name, title, description;
  http::Method method;
  std::string_view path;    // {names} are taken from the arguments; the rest is query (GET) or JSON body
  std::string_view schema;  // of the arguments, JSON
  bool read_only;
};

std::span<const McpTool> mcp_tools();

// As tools/list has them.
Json mcp_tool_list();

// What the router answers. Error: invalid_arguments (no such tool, an argument that is missing or unknown).
Result<http::Response> call_mcp_tool(const http::Router& router, const http::Request& from,
                                     std::string_view name, const Json& arguments);

}  // namespace doodled::api

// The Model Context Protocol over Streamable HTTP (revision 2025-06-18), for assistants: one POST a
// JSON-RPC 2.0 message, one JSON answer. The server starts no messages of its own, so there is no stream and
// no session.
#pragma once
#include <memory>

#include "server/http/router.hpp"

namespace doodled::api {

// POST /api/v1/mcp. Tools call through `router`.
std::vector<http::Route> mcp_routes(std::shared_ptr<const http::Router> router);

}  // namespace doodled::api

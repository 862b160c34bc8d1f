#include "server/api/mcp.hpp"
#include "server/api/routes.hpp"

namespace doodled::api {
namespace {

std::vector<http::Route> rest_routes(Services& services) {
  return http::join_routes(
      {access_routes(services),       pairing_routes(services),     image_routes(services),
       job_routes(services),          interpreter_routes(services), provider_key_routes(services),
       session_routes(services),      steering_routes(services),    catalogue_routes(services),
       export_routes(services),       play_routes(services),        device_routes(services),
       device_setup_routes(services), teach_routes(services),       profile_routes(services),
       mpc_routes(services),          companion_routes(),           upkeep_routes(services),
       action_routes(services),       input_routes(services),       box_routes(services),
       health_routes(services),       trace_routes(services),       webhook_routes(services)});
}

}  // namespace

http::Router make_router(Services& services) {
  auto tools_call = std::make_shared<const http::Router>(rest_routes(services));
  return http::Router(
      http::join_routes({rest_routes(services), mcp_routes(std::move(tools_call)), page_routes()}));
}

}  // namespace doodled::api

#include "server/api/routes.hpp"

namespace doodled::api {

http::Router make_router(Services& services) {
  return http::Router(http::join_routes(
      {image_routes(services), job_routes(services), interpreter_routes(services), session_routes(services),
       steering_routes(services), export_routes(services), play_routes(services), device_routes(services), upkeep_routes(services),
       action_routes(services), input_routes(services), health_routes(services), page_routes()}));
}

}  // namespace doodled::api

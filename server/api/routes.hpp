// The table of endpoints, one function a group.
#pragma once
#include <vector>

#include "server/api/services.hpp"
#include "server/http/router.hpp"

namespace doodled::api {

std::vector<http::Route> access_routes(Services& services);
std::vector<http::Route> pairing_routes(Services& services);
std::vector<http::Route> image_routes(Services& services);
std::vector<http::Route> job_routes(Services& services);
std::vector<http::Route> webhook_routes(Services& services);
std::vector<http::Route> trace_routes(Services& services);
std::vector<http::Route> interpreter_routes(Services& services);
std::vector<http::Route> provider_key_routes(Services& services);
std::vector<http::Route> session_routes(Services& services);
std::vector<http::Route> steering_routes(Services& services);
std::vector<http::Route> catalogue_routes(Services& services);
std::vector<http::Route> export_routes(Services& services);
std::vector<http::Route> play_routes(Services& services);
std::vector<http::Route> device_routes(Services& services);
std::vector<http::Route> companion_routes();
std::vector<http::Route> action_routes(Services& services);
std::vector<http::Route> upkeep_routes(Services& services);
std::vector<http::Route> input_routes(Services& services);
std::vector<http::Route> device_setup_routes(Services& services);
std::vector<http::Route> teach_routes(Services& services);
std::vector<http::Route> profile_routes(Services& services);
std::vector<http::Route> mpc_routes(Services& services);
std::vector<http::Route> box_routes(Services& services);
std::vector<http::Route> health_routes(Services& services);
std::vector<http::Route> page_routes();

http::Router make_router(Services& services);

}  // namespace doodled::api

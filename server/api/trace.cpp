#include "core/jobs/trace.hpp"

#include <nlohmann/json.hpp>

#include "server/api/routes.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

Response get_trace(Services& services, const Request& request) {
  const std::string id(request.parameter("id"));
  const auto job = services.store.jobs.get(id);
  if (!job) return http::problem_response(job.error());
  return http::json_response(
      trace_json(*job, services.traces.of_job(id), services.store.interpretations.of_job(id)));
}

}  // namespace

std::vector<http::Route> trace_routes(Services& services) {
  Services* s = &services;
  return {{Method::get, "/api/v1/jobs/{id}/trace", Scope::play,
           [s](const Request& r) { return get_trace(*s, r); }}};
}

}  // namespace doodled::api

#include <nlohmann/json.hpp>

#include "core/play/arrange.hpp"
#include "core/play/smf.hpp"
#include "core/play/timeline_json.hpp"
#include "server/api/drawings.hpp"
#include "server/api/routes.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

struct Exported {
  doodled::Session session;
  SessionRecord record;
};

Result<Exported> load(Services& services, const Request& request) {
  auto record = services.store.sessions.get(std::string(request.parameter("id")));
  if (!record) return record.error();
  auto session = session_from_json(Json::parse(record->document));
  if (!session) return session.error();
  return Exported{std::move(*session), std::move(*record)};
}

Response download(Response response, const std::string& id, std::string_view ending) {
  response.headers.set("Content-Disposition",
                       "attachment; filename=\"doodled-" + id + "." + std::string(ending) + "\"");
  return response;
}

Result<SmfOptions> smf_options(const Request& request) {
  const auto format = http::query_number(request, "smf_format", 1, 0, 1);
  const auto division = http::query_number(request, "division", ticks_per_quarter, 24, ticks_per_quarter);
  if (!format) return format.error();
  if (!division) return division.error();
  SmfOptions options;
  options.format = static_cast<int>(*format);
  options.division = static_cast<int>(*division);
  return options;
}

Response export_mid(const Request& request, const Exported& exported) {
  const auto options = smf_options(request);
  if (!options) return http::problem_response(options.error());
  const auto bytes = to_smf(arrange(exported.session), *options);
  return download(http::text_response(std::string(bytes.begin(), bytes.end()), "audio/midi"),
                  exported.record.id, "mid");
}

Response export_session(Services& services, const Request& request) {
  const auto exported = load(services, request);
  if (!exported) return http::problem_response(exported.error());
  const auto format = request.parameter("format");
  if (format == "mid") return export_mid(request, *exported);
  if (format == "json")
    return download(http::json_response(Json::parse(exported->record.document)), exported->record.id, "json");
  if (format == "timeline") return http::json_response(to_json(arrange(exported->session)));
  if (format == "txt")
    return download(http::text_response(to_text(arrange(exported->session))), exported->record.id, "txt");
  return http::problem_response(Error{"unknown_format",
                                      "there is no such export; there are mid, json, timeline, txt",
                                      {{"format", "unknown"}}});
}

Response preview(Services& services, const Request& request) {
  const auto exported = load(services, request);
  if (!exported) return http::problem_response(exported.error());
  return http::text_response(piano_roll_svg(arrange(exported->session)), "image/svg+xml");
}

Response overlay(Services& services, const Request& request) {
  const auto exported = load(services, request);
  if (!exported) return http::problem_response(exported.error());
  if (exported->record.image_id.empty())
    return http::problem_response(Error{"no_picture", "the session was not made from a picture"});
  const auto image = services.store.images.get(exported->record.image_id);
  if (!image) return http::problem_response(image.error());
  return http::text_response(overlay_svg(exported->session, *image), "image/svg+xml");
}

}  // namespace

std::vector<http::Route> export_routes(Services& services) {
  Services* s = &services;
  return {
      {Method::get, "/api/v1/sessions/{id}/export/{format}",
       [s](const Request& r) { return export_session(*s, r); }},
      {Method::get, "/api/v1/sessions/{id}/preview.svg", [s](const Request& r) { return preview(*s, r); }},
      {Method::get, "/api/v1/sessions/{id}/overlay.svg", [s](const Request& r) { return overlay(*s, r); }},
  };
}

}  // namespace doodled::api

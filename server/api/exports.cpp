#include <nlohmann/json.hpp>

#include "core/files/export.hpp"
#include "core/files/png.hpp"
#include "core/play/arrange.hpp"
#include "server/api/profile.hpp"
#include "server/api/routes.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr int picture_width = 960;

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

// The device first, so that what is said beside it counts.
Result<ExportOptions> export_options(const Services& services, const Request& request) {
  ExportOptions options;
  options.middle_c = services.middle_c;
  const auto profile = profile_asked_for(services, request);
  if (!profile) return profile.error();
  if (*profile) set_export_device(options, **profile);
  for (const auto& [name, value] : request.query) {
    if (name == "profile") continue;
    if (const auto set = set_export_option(options, name, value); !set) return set.error();
  }
  return options;
}

// Nothing where the session has none, or its bytes were removed for good.
Result<std::optional<SourcePicture>> picture_of(Services& services, const SessionRecord& record) {
  if (record.image_id.empty()) return std::optional<SourcePicture>();
  const auto image = services.store.images.get(record.image_id);
  if (!image) return image.error();
  if (image->forgotten_at) return std::optional<SourcePicture>();
  const auto bytes = services.store.images.bytes(record.image_id);
  if (!bytes) return bytes.error();
  const auto small = services.reader.thumbnail(*bytes, picture_width);
  if (!small) return small.error();
  return std::optional(SourcePicture{{small->jpeg.begin(), small->jpeg.end()},
                                     static_cast<double>(image->facts.width),
                                     static_cast<double>(image->facts.height)});
}

bool shows_picture(std::string_view format) { return format == "svg" || format == "png" || format == "zip"; }

Response export_one(Services& services, const Request& request) {
  const auto format = request.parameter("format");
  const auto exported = load(services, request);
  if (!exported) return http::problem_response(exported.error());
  const auto options = export_options(services, request);
  if (!options) return http::problem_response(options.error());
  ExportSource source{exported->session, exported->record.document, {}, [&](const std::string& svg) {
                        return png_of(svg, services.audition.directory());
                      }};
  if (shows_picture(format)) {
    auto picture = picture_of(services, exported->record);
    if (!picture) return http::problem_response(picture.error());
    source.picture = std::move(*picture);
  }
  auto file = export_session(format, source, *options);
  if (!file) return http::problem_response(file.error());
  return download(http::text_response(std::move(file->bytes), file->media_type), exported->record.id,
                  file->ending);
}

Response preview(Services& services, const Request& request) {
  const auto exported = load(services, request);
  if (!exported) return http::problem_response(exported.error());
  const auto middle_c = middle_c_asked_for(services, request);
  if (!middle_c) return http::problem_response(middle_c.error());
  return http::text_response(piano_roll_svg(arrange(exported->session), *middle_c), "image/svg+xml");
}

Response overlay(Services& services, const Request& request) {
  const auto exported = load(services, request);
  if (!exported) return http::problem_response(exported.error());
  if (exported->record.image_id.empty())
    return http::problem_response(Error{"no_picture", "the session was not made from a picture"});
  const auto image = services.store.images.get(exported->record.image_id);
  if (!image) return http::problem_response(image.error());
  return http::text_response(overlay_svg(exported->session, image->facts.width, image->facts.height),
                             "image/svg+xml");
}

Response sound(Services& services, const Request& request, SoundKind kind) {
  const auto exported = load(services, request);
  if (!exported) return http::problem_response(exported.error());
  const auto bars = http::query_number(request, "bars", 0, 1, 1'000'000);
  if (!bars) return http::problem_response(bars.error());
  const auto sound = services.audition.render(exported->session, kind, static_cast<int>(*bars));
  if (!sound) return http::problem_response(sound.error());
  return http::file_response(sound->file, kind == SoundKind::wav ? "audio/wav" : "audio/ogg");
}

}  // namespace

std::vector<http::Route> export_routes(Services& services) {
  Services* s = &services;
  return {
      {Method::get, "/api/v1/sessions/{id}/export/{format}", Scope::play,
       [s](const Request& r) { return export_one(*s, r); }},
      {Method::get, "/api/v1/sessions/{id}/preview.svg", Scope::play,
       [s](const Request& r) { return preview(*s, r); }},
      {Method::get, "/api/v1/sessions/{id}/preview.wav", Scope::play,
       [s](const Request& r) { return sound(*s, r, SoundKind::wav); }},
      {Method::get, "/api/v1/sessions/{id}/preview.ogg", Scope::play,
       [s](const Request& r) { return sound(*s, r, SoundKind::ogg); }},
      {Method::get, "/api/v1/sessions/{id}/overlay.svg", Scope::play,
       [s](const Request& r) { return overlay(*s, r); }},
  };
}

}  // namespace doodled::api

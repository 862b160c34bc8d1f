#include <algorithm>

#include "server/api/routes.hpp"
#include "server/api/types.hpp"
#include "server/api/upload.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

Result<Bytes> uploaded_bytes(const Request& request, http::Form& form) {
  const auto type = request.headers.value("Content-Type");
  if (!http::is_multipart(type)) return request.body_bytes();
  auto parsed = http::parse_multipart(type, request.body);
  if (!parsed) return parsed.error();
  form = std::move(*parsed);
  const auto* part = form.find("image");
  if (!part)
    return Error{"image_required", "the form has no part named \"image\"", {{"image", "is missing"}}};
  return part->bytes();
}

Response post_image(Services& services, const Request& request) {
  http::Form form;
  const auto bytes = uploaded_bytes(request, form);
  if (!bytes) return http::problem_response(bytes.error());
  const auto local_only = http::query_flag(request, "local_only", false);
  if (!local_only) return http::problem_response(local_only.error());
  auto image = store_image(services, *bytes);
  if (image && *local_only) image = services.store.images.keep_here(image->id, true);
  if (!image) return http::problem_response(image.error());
  return http::located_response(to_json(*image), 201, "/api/v1/images/" + image->id);
}

Response thumbnail(Services& services, const std::string& id, int width) {
  const auto bytes = services.store.images.bytes(id);
  if (!bytes) return http::problem_response(bytes.error());
  auto thumbnail = services.reader.thumbnail(*bytes, width);
  if (!thumbnail) return http::problem_response(thumbnail.error());
  return http::text_response(std::string(thumbnail->jpeg.begin(), thumbnail->jpeg.end()), "image/jpeg");
}

Response original(Services& services, const Image& image) {
  return http::file_response(services.store.blobs.path(image.id), image.facts.media_type);
}

// The bytes behind an id never change, so whoever has them need not ask again.
Response get_image(Services& services, const Request& request) {
  const std::string id(request.parameter("id"));
  const auto image = services.store.images.get(id);
  if (!image) return http::problem_response(image.error());
  if (image->forgotten_at)
    return http::problem_response(Error{"image_forgotten", "the picture was removed for good"});
  const auto width = http::query_number(request, "w", 0, 1, 4096);
  if (!width) return http::problem_response(width.error());
  auto response = *width > 0 ? thumbnail(services, id, static_cast<int>(*width)) : original(services, *image);
  if (response.status == 200) response.headers.set("Cache-Control", "private, max-age=31536000, immutable");
  return response;
}

Response get_image_facts(Services& services, const Request& request) {
  const auto image = services.store.images.get(std::string(request.parameter("id")));
  return image ? http::json_response(to_json(*image)) : http::problem_response(image.error());
}

Response change_image(Services& services, const Request& request) {
  const auto json = http::json_body(request);
  if (!json) return http::problem_response(json.error());
  const bool fits = json->is_object() && json->size() == 1 && json->contains("local_only") &&
                    json->at("local_only").is_boolean();
  if (!fits)
    return http::problem_response(Error{"invalid_image",
                                        "of a picture only local_only can be changed",
                                        {{"/local_only", "must be true or false, and nothing beside it"}}});
  const auto image = services.store.images.keep_here(std::string(request.parameter("id")),
                                                     json->at("local_only").get<bool>());
  return image ? http::json_response(to_json(*image)) : http::problem_response(image.error());
}

// Where nothing is begun the header alone is looked at.
Result<Ahead> look(Services& services, Bytes bytes, const BeginAhead& begin) {
  auto begun = begin ? begin(bytes) : std::optional<Ahead>();
  if (!begun) return begun.error();
  if (*begun) return std::move(**begun);
  auto info = services.reader.info(bytes);
  if (!info) return info.error();
  return Ahead{std::move(*info), {}};
}

Response remove_image(Services& services, const Request& request) {
  const auto removed =
      services.store.images.forget(std::string(request.parameter("id")), services.clock.wall_ms());
  return removed ? http::no_content() : http::problem_response(removed.error());
}

}  // namespace

Result<KeptPicture> keep_picture(Services& services, Bytes bytes, const BeginAhead& begin, SpanWatch* watch) {
  if (bytes.empty()) return Error{"image_required", "the picture is empty", {{"image", "holds no bytes"}}};
  const auto looked = look(services, bytes, begin);
  if (!looked) {
    Error error = looked.error();
    if (error.problems.empty()) error.problems.push_back({"image", error.message});
    return error;
  }
  if (watch != nullptr) watch->part("look");
  const auto& [info, keep] = *looked;
  auto picture = services.store.images.keep(
      bytes, {info.media_type, info.width, info.height, info.orientation}, services.clock.wall_ms());
  if (watch != nullptr) watch->part("store picture");
  if (keep) keep(picture.id);
  return picture;
}

Result<Image> store_image(Services& services, Bytes bytes) {
  const auto picture = keep_picture(services, bytes);
  if (!picture) return picture.error();
  return services.store.images.add(*picture);
}

std::vector<http::Route> image_routes(Services& services) {
  Services* s = &services;
  const auto limit = services.max_upload_bytes;
  return {
      {Method::post, "/api/v1/images", Scope::create, [s](const Request& r) { return post_image(*s, r); },
       limit},
      {Method::get, "/api/v1/images/{id}", Scope::play, [s](const Request& r) { return get_image(*s, r); }},
      {Method::patch, "/api/v1/images/{id}", Scope::create,
       [s](const Request& r) { return change_image(*s, r); }},
      {Method::del, "/api/v1/images/{id}", Scope::create,
       [s](const Request& r) { return remove_image(*s, r); }},
      {Method::get, "/api/v1/images/{id}/facts", Scope::play,
       [s](const Request& r) { return get_image_facts(*s, r); }},
  };
}

}  // namespace doodled::api

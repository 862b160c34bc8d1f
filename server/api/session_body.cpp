#include "server/api/session_body.hpp"

#include <algorithm>
#include <array>

#include "core/import/import.hpp"
#include "server/http/multipart.hpp"

namespace doodled::api {
namespace {

constexpr std::string_view untitled = "Imported";

bool is_midi(std::string_view content_type) {
  constexpr std::array types = {"audio/midi", "audio/mid", "audio/x-midi", "audio/sp-midi",
                                "application/x-midi"};
  const auto type = content_type.substr(0, content_type.find(';'));
  return std::ranges::any_of(types, [&](std::string_view t) { return http::equals_ignoring_case(type, t); });
}

// "take five.mid" -> "take five"
std::string title_of(const http::Part& part) {
  const std::string name = part.filename.value_or("");
  const auto stem = name.substr(0, name.rfind('.'));
  return stem.empty() ? std::string(untitled) : stem;
}

}  // namespace

Result<Accepted> session_of_body(const http::Request& request, const RuleOptions& rules) {
  const auto type = request.headers.value("Content-Type");
  if (is_midi(type)) return accept_midi(request.body_bytes(), std::string(untitled), rules);
  if (!http::is_multipart(type)) {
    const auto document = http::json_body(request);
    if (!document) return document.error();
    return accept_document(*document, MiddleC::c4, rules);
  }
  const auto form = http::parse_multipart(type, request.body);
  if (!form) return form.error();
  const auto* file = form->find("file");
  if (!file) return Error{"file_required", "the form has no part named \"file\"", {{"file", "is missing"}}};
  return accept_file(file->bytes(), title_of(*file), rules);
}

}  // namespace doodled::api

#include "server/api/session_body.hpp"

#include <algorithm>
#include <array>

#include "core/import/import.hpp"
#include "core/music/scala.hpp"
#include "core/vary/tune.hpp"
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

Result<Tuning> with_root(const http::Request& request, Result<Tuning> tuning) {
  const auto root = http::query_number(request, "root", 60, 0, 127);
  if (!root) return root.error();
  if (tuning) tuning->root = static_cast<int>(*root);
  return tuning;
}

Error file_required() {
  return {"file_required", "the form has no part named \"file\"", {{"file", "is missing"}}};
}

Result<Accepted> session_of_form(const http::Request& request, const http::Form& form,
                                 const RuleOptions& rules, MiddleC middle_c) {
  const auto* file = form.find("file");
  if (!file) return file_required();
  auto accepted = accept_file(file->bytes(), title_of(*file), rules, middle_c);
  const auto* scale = form.find("tuning");
  if (!accepted || !scale) return accepted;
  auto tuning = with_root(request, tuning_from_scl(scale->content));
  if (!tuning) return tuning.error();
  return tuned(std::move(accepted->session), std::move(*tuning), {}, rules);
}

}  // namespace

Result<Tuning> tuning_of_body(const http::Request& request) {
  const auto type = request.headers.value("Content-Type");
  if (!http::is_multipart(type)) return with_root(request, tuning_from_scl(request.body));
  const auto form = http::parse_multipart(type, request.body);
  if (!form) return form.error();
  const auto* file = form->find("file");
  return file ? with_root(request, tuning_from_scl(file->content)) : file_required();
}

Result<Accepted> session_of_body(const http::Request& request, const RuleOptions& rules, MiddleC middle_c) {
  const auto type = request.headers.value("Content-Type");
  if (is_midi(type)) return accept_midi(request.body_bytes(), std::string(untitled), rules);
  if (!http::is_multipart(type)) {
    const auto document = http::json_body(request);
    if (!document) return document.error();
    return accept_document(*document, middle_c, rules);
  }
  const auto form = http::parse_multipart(type, request.body);
  if (!form) return form.error();
  return session_of_form(request, *form, rules, middle_c);
}

}  // namespace doodled::api

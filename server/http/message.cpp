#include "server/http/message.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "server/http/text.hpp"

namespace doodled::http {
namespace {

struct NamedStatus {
  int status;
  std::string_view phrase;
};

constexpr std::array phrases = std::to_array<NamedStatus>({
    {100, "Continue"},
    {101, "Switching Protocols"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
});

struct CodeRow {
  std::string_view code;
  int status;
};

// Every other code is about the content of a well-formed request: 422.
constexpr std::array statuses = std::to_array<CodeRow>({
    {"bad_request", 400},
    {"bad_query", 400},
    {"bad_cursor", 400},
    {"bad_limit", 400},
    {"malformed_json", 400},
    {"malformed_midi", 400},
    {"malformed_form", 400},
    {"malformed_path", 400},
    {"unauthorized", 401},
    {"pairing_required", 401},
    {"forbidden", 403},
    {"scope_too_small", 403},
    {"wrong_code", 403},
    {"pairing_refused", 403},
    {"host_not_allowed", 403},
    {"foreign_origin", 403},
    {"not_found", 404},
    {"unknown_image", 404},
    {"unknown_job", 404},
    {"unknown_session", 404},
    {"unknown_parent", 404},
    {"unknown_play", 404},
    {"unknown_webhook", 404},
    {"unknown_backup", 404},
    {"unknown_device", 404},
    {"unknown_action", 404},
    {"unknown_binding", 404},
    {"no_session", 404},
    {"no_key", 404},
    {"unknown_token", 404},
    {"unknown_pairing", 404},
    {"unknown_ticket", 404},
    {"unknown_interpreter", 404},
    {"unknown_profile", 404},
    {"unknown_plan", 404},
    {"no_teaching", 404},
    {"unknown_interpretation", 404},
    {"unknown_format", 404},
    {"unknown_version", 404},
    {"no_picture", 404},
    {"no_strokes", 404},
    {"no_interpretation", 404},
    {"method_not_allowed", 405},
    {"request_timeout", 408},
    {"conflict", 409},
    {"takes_no_key", 409},
    {"backup_running", 409},
    {"backup_exists", 409},
    {"data_dir_not_empty", 409},
    {"not_paired", 409},
    {"nobody_waits", 409},
    {"too_many_tokens", 409},
    {"too_many_invitations", 409},
    {"session_exists", 409},
    {"image_in_use", 409},
    {"job_finished", 409},
    {"no_sessions", 409},
    {"no_parent", 409},
    {"no_neighbour", 409},
    {"tempo_led", 409},
    {"device_unavailable", 409},
    {"device_busy", 409},
    {"duplicate_play", 409},
    {"picture_stays", 403},
    {"image_forgotten", 410},
    {"midi_too_large", 413},
    {"too_large", 413},
    {"too_many_pixels", 413},
    {"picture_too_large", 413},
    {"unsupported_media_type", 415},
    {"unsupported_picture", 415},
    {"not_a_picture", 415},
    {"not_a_midi_file", 415},
    {"not_a_backup", 415},
    {"midi2_clip", 415},
    {"expectation_failed", 417},
    {"upgrade_required", 426},
    {"too_many_requests", 429},
    {"header_too_large", 431},
    {"internal", 500},
    {"internal_error", 500},
    {"program_failed", 500},
    {"backup_failed", 500},
    {"not_implemented", 501},
    {"overloaded", 503},
    {"stopping", 503},
    {"not_ready", 503},
    {"reader_unavailable", 503},
    {"program_missing", 503},
    {"sound_font_missing", 503},
    {"read_only", 503},
    {"busy", 503},
    {"io_error", 503},
    {"program_timeout", 504},
    {"disk_full", 507},
});

Json problem_members(int status, const Error& error) {
  Json errors = Json::array();
  for (const auto& problem : error.problems)
    errors.push_back({{"pointer", problem.pointer}, {"message", problem.message}});
  return {{"type", "about:blank"}, {"title", std::string(reason_phrase(status))},
          {"status", status},      {"detail", error.message},
          {"code", error.code},    {"errors", std::move(errors)}};
}

Error bad_query(std::string_view name, std::string message) {
  return {"bad_query",
          "the query parameter '" + std::string(name) + "' " + message,
          {{std::string(name), message}}};
}

}  // namespace

std::string_view method_name(Method method) {
  constexpr std::array<std::string_view, 8> names = {"GET",   "HEAD",   "POST",    "PUT",
                                                     "PATCH", "DELETE", "OPTIONS", "OTHER"};
  return names[static_cast<std::size_t>(method)];
}

void Headers::set(std::string_view name, std::string value) {
  std::erase_if(fields_, [&](const Field& field) { return equals_ignoring_case(field.first, name); });
  add(std::string(name), std::move(value));
}

int Headers::count(std::string_view name) const {
  return static_cast<int>(std::ranges::count_if(
      fields_, [&](const Field& field) { return equals_ignoring_case(field.first, name); }));
}

std::string_view Headers::value(std::string_view name) const {
  const auto* field = find(name);
  return field ? std::string_view(field->second) : std::string_view{};
}

const Headers::Field* Headers::find(std::string_view name) const {
  const auto found = std::ranges::find_if(
      fields_, [&](const Field& field) { return equals_ignoring_case(field.first, name); });
  return found == fields_.end() ? nullptr : &*found;
}

std::string_view Request::parameter(std::string_view name) const {
  const auto found = std::ranges::find(parameters, name, &std::pair<std::string, std::string>::first);
  if (found == parameters.end()) throw std::out_of_range("no {" + std::string(name) + "} in the route");
  return found->second;
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
  const auto found = std::ranges::find(query, name, &std::pair<std::string, std::string>::first);
  if (found == query.end()) return std::nullopt;
  return found->second;
}

Response json_response(const Json& value, int status) {
  return {.status = status, .headers = {}, .content_type = "application/json", .body = to_text(value)};
}

Response text_response(std::string text, std::string content_type, int status) {
  return {.status = status, .headers = {}, .content_type = std::move(content_type), .body = std::move(text)};
}

std::string_view bytes_of(const Response& response) {
  if (const auto* text = std::get_if<std::string>(&response.body)) return *text;
  if (const auto* shared = std::get_if<SharedBytes>(&response.body))
    return *shared ? **shared : std::string_view{};
  return {};
}

Response shared_response(SharedBytes bytes, std::string content_type) {
  return {.status = 200, .headers = {}, .content_type = std::move(content_type), .body = std::move(bytes)};
}

Response file_response(std::filesystem::path path, std::string content_type) {
  return {.status = 200,
          .headers = {},
          .content_type = std::move(content_type),
          .body = FileBody{std::move(path)}};
}

Response no_content() { return {.status = 204, .headers = {}, .content_type = {}, .body = std::string{}}; }

Response located_response(const Json& value, int status, std::string location) {
  auto response = json_response(value, status);
  response.headers.add("Location", std::move(location));
  return response;
}

Response problem_response(const Error& error) { return problem_response(status_of(error.code), error); }

Response problem_response(int status, const Error& error) {
  auto response = json_response(problem_members(status, error), status);
  response.content_type = "application/problem+json";
  return response;
}

int status_of(std::string_view code) {
  const auto row = std::ranges::find(statuses, code, &CodeRow::code);
  return row == statuses.end() ? 422 : row->status;
}

std::string_view reason_phrase(int status) {
  const auto row = std::ranges::find(phrases, status, &NamedStatus::status);
  return row == phrases.end() ? "Unknown" : row->phrase;
}

Result<Json> json_body(const Request& request) {
  const auto type = media_type(request.headers.value("Content-Type"));
  if (!type.empty() && type != "application/json" && !type.ends_with("+json"))
    return Error{
        "unsupported_media_type", "this takes application/json, not " + type, {{"Content-Type", type}}};
  return parse_json(request.body);
}

Result<std::int64_t> query_number(const Request& request, std::string_view name, std::int64_t fallback,
                                  std::int64_t smallest, std::int64_t largest) {
  const auto text = request.query_value(name);
  if (!text) return fallback;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size())
    return bad_query(name, "is not a whole number");
  if (value < smallest || value > largest)
    return bad_query(name, "must be from " + std::to_string(smallest) + " to " + std::to_string(largest));
  return value;
}

Result<bool> query_flag(const Request& request, std::string_view name, bool fallback) {
  const auto text = request.query_value(name);
  if (!text) return fallback;
  if (*text == "true" || *text == "1" || text->empty()) return true;
  if (*text == "false" || *text == "0") return false;
  return bad_query(name, "must be true or false");
}

}  // namespace doodled::http

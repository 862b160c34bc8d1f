#include "core/reader/protocol/messages.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "core/reader/protocol/reading_bytes.hpp"

namespace doodled::reader {
namespace {

constexpr std::array<std::string_view, 5> operation_names{"read", "thumbnail", "info", "draw", "prepare"};
constexpr std::array<std::string_view, 4> format_names{"smaller", "png", "jpeg", "rgb"};
constexpr std::array<std::string_view, 3> mode_names{"auto", "drawing", "photo"};
constexpr std::string_view greeting = R"({"ready":true,"version":1})";

// Collects one Problem a field.
class Fields {
 public:
  explicit Fields(const Json& json) : json_(json) {
    if (!json.is_object()) problems_.push_back({"", "must be an object"});
  }

  std::int64_t number(const char* name, std::int64_t least, std::int64_t most) {
    const Json* value = find(name);
    if (value && value->is_number_integer()) {
      const auto number = value->get<std::int64_t>();
      if (number >= least && number <= most) return number;
    }
    complain(name, "must be an integer from " + std::to_string(least) + " to " + std::to_string(most));
    return least;
  }

  bool flag(const char* name) {
    const Json* value = find(name);
    if (value && value->is_boolean()) return value->get<bool>();
    complain(name, "must be true or false");
    return false;
  }

  std::string text(const char* name, std::size_t longest) {
    const Json* value = find(name);
    if (value && value->is_string() && value->get_ref<const std::string&>().size() <= longest)
      return value->get<std::string>();
    complain(name, "must be a text of at most " + std::to_string(longest) + " bytes");
    return {};
  }

  template <std::size_t n>
  int one_of(const char* name, const std::array<std::string_view, n>& names) {
    const auto found = std::find(names.begin(), names.end(), text(name, 32));
    if (found != names.end()) return static_cast<int>(found - names.begin());
    complain(name, "is not a word of this protocol");
    return 0;
  }

  const Json* find(const char* name) const {
    if (!json_.is_object()) return nullptr;
    const auto found = json_.find(name);
    return found == json_.end() ? nullptr : &*found;
  }

  void complain(std::string name, std::string message) {
    problems_.push_back({"/" + std::move(name), std::move(message)});
  }
  bool sound() const { return problems_.empty(); }
  Error error(std::string code, std::string message) {
    return {std::move(code), std::move(message), problems_};
  }

 private:
  const Json& json_;
  std::vector<Problem> problems_;
};

Json to_json(const ImageInfo& info) {
  return {{"media_type", info.media_type},
          {"width", info.width},
          {"height", info.height},
          {"orientation", info.orientation}};
}

ImageInfo info_from(Fields& fields) {
  constexpr std::int64_t most = 10'000'000;
  return {fields.text("media_type", 64), static_cast<int>(fields.number("width", 1, most)),
          static_cast<int>(fields.number("height", 1, most)),
          static_cast<int>(fields.number("orientation", 1, 8))};
}

Json to_json(const Error& error) { return {{"code", error.code}, {"message", error.message}}; }

bool is_word(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

Result<Reply> error_reply(const Json& json) {
  Fields fields(json);
  Error error{fields.text("code", 64), fields.text("message", 2000)};
  if (!is_word(error.code)) fields.complain("code", "must be a word of small letters");
  if (!fields.sound()) return fields.error("bad_reply", "The reader's refusal is malformed.");
  return Reply{{}, {}, std::move(error)};
}

}  // namespace

std::string to_text(const Request& request) {
  const Json json{{"operation", operation_names[static_cast<std::size_t>(request.operation)]},
                  {"mode", mode_names[static_cast<std::size_t>(request.see.mode)]},
                  {"curve_samples", request.see.curve_samples},
                  {"max_pixels", request.limits.max_pixels},
                  {"max_unpacked_bytes", request.limits.max_unpacked_bytes},
                  {"target_side", request.limits.target_side},
                  {"thumbnail_width", request.thumbnail_width},
                  {"picture", request.picture},
                  {"format", format_names[static_cast<std::size_t>(request.format)]},
                  {"cpu_seconds", request.cpu_seconds}};
  return doodled::to_text(json);
}

Result<Request> request_from(std::string_view text) {
  const auto json = parse_json(text, 4);
  if (!json) return json.error();
  Fields fields(*json);
  constexpr std::int64_t huge = std::int64_t{1} << 40;
  Request request;
  request.operation = static_cast<Operation>(fields.one_of("operation", operation_names));
  request.see.mode = static_cast<SeeMode>(fields.one_of("mode", mode_names));
  request.see.curve_samples = static_cast<int>(fields.number("curve_samples", 2, 4096));
  request.limits.max_pixels = fields.number("max_pixels", 1, huge);
  request.limits.max_unpacked_bytes = fields.number("max_unpacked_bytes", 1, huge);
  request.limits.target_side = static_cast<int>(fields.number("target_side", 16, 16384));
  request.thumbnail_width = static_cast<int>(fields.number("thumbnail_width", 0, 4096));
  request.picture = fields.flag("picture");
  request.format = static_cast<PreparedFormat>(fields.one_of("format", format_names));
  request.cpu_seconds = static_cast<int>(fields.number("cpu_seconds", 1, 3600));
  if (!fields.sound()) return fields.error("bad_request", "The request to the reader is malformed.");
  return request;
}

std::string to_text(const Reply& reply, std::vector<std::uint8_t>& bytes) {
  if (reply.error) return doodled::to_text(Json{{"error", to_json(*reply.error)}});
  Json json{{"info", to_json(reply.info)}};
  if (reply.reading) {
    const auto reading = reading_bytes(*reply.reading);
    json["reading_bytes"] = reading.size();
    bytes.insert(bytes.end(), reading.begin(), reading.end());
  }
  if (reply.see_us > 0) json["took_us"] = {{"decode", reply.decode_us}, {"see", reply.see_us}};
  return doodled::to_text(json);
}

Result<Reply> reply_from(std::string_view text, std::vector<std::uint8_t>& bytes) {
  const auto json = parse_json(text, 16);
  if (!json) return Error{"bad_reply", "The reader's answer is not JSON."};
  Fields fields(*json);
  if (const Json* error = fields.find("error")) return error_reply(*error);
  const Json* info = fields.find("info");
  if (!info) return Error{"bad_reply", "The reader's answer lacks the picture's header."};
  Fields info_fields(*info);
  Reply reply{info_from(info_fields), {}, {}};
  if (!info_fields.sound()) return info_fields.error("bad_reply", "The picture's header is malformed.");
  if (fields.find("reading_bytes")) {
    const auto size = fields.number("reading_bytes", 1, static_cast<std::int64_t>(bytes.size()));
    if (!fields.sound()) return fields.error("bad_reply", "The reading's size is malformed.");
    auto reading = reading_from_bytes(Bytes(bytes).last(static_cast<std::size_t>(size)));
    if (!reading) return Error{"bad_reply", "The reading is malformed.", reading.error().problems};
    reply.reading = std::move(*reading);
    bytes.resize(bytes.size() - static_cast<std::size_t>(size));
  }
  if (const Json* took = fields.find("took_us")) {
    constexpr std::int64_t hour = 3'600'000'000;
    Fields took_fields(*took);
    reply.decode_us = took_fields.number("decode", 0, hour);
    reply.see_us = took_fields.number("see", 0, hour);
    if (!took_fields.sound()) return took_fields.error("bad_reply", "The reader's times are malformed.");
  }
  return reply;
}

std::string greeting_text() { return std::string(greeting); }
bool is_greeting(std::string_view text) { return text == greeting; }

}  // namespace doodled::reader

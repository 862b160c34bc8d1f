#include "core/interpret/builtin.hpp"

#include <nlohmann/json.hpp>

#include "core/compose/compose.hpp"

namespace doodled {
namespace {

Result<ComposeOptions> options_of(const InterpretRequest& request) {
  const auto json = parse_json(request.options.empty() ? "{}" : request.options);
  if (!json) return json.error();
  return compose_options(request.mode, *json);
}

}  // namespace

std::string kind_wanted(std::string_view mode) {
  if (mode == "photo") return "photo";
  return mode == "doodle" || mode == "lfo" ? "drawing" : "auto";
}

Result<void> BuiltinInterpreter::check(const InterpretRequest& request) const {
  const auto options = options_of(request);
  if (!options) return options.error();
  if (request.image_sha256.empty())
    return Error{"image_required", "the builtin interpreter needs a picture", {{"image", "is missing"}}};
  return {};
}

Result<RawReply> BuiltinInterpreter::ask(const InterpretRequest& request, const Progress& progress,
                                         std::stop_token stop) {
  progress("reading", 0.1);
  const auto reading = see_(request.image, kind_wanted(request.mode), stop);
  if (!reading) return reading.error();
  const Json asked{{"image_sha256", request.image_sha256},
                   {"mode", request.mode},
                   {"options", Json::parse(request.options.empty() ? "{}" : request.options)}};
  return RawReply{
      to_text(asked), to_text(to_json(*reading)), "builtin-" + std::string(composer_version), {}, {}};
}

Result<Session> BuiltinInterpreter::to_session(const InterpretRequest& request, const RawReply& reply) const {
  auto options = options_of(request);
  if (!options) return options.error();
  options->image_sha256 = request.image_sha256;
  const auto json = parse_json(reply.answer);
  if (!json) return json.error();
  const auto reading = reading_from_json(*json);
  if (!reading) return reading.error();
  return compose(*reading, *options);
}

}  // namespace doodled

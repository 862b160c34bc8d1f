#include "core/interpret/builtin.hpp"

#include <nlohmann/json.hpp>

#include "core/compose/compose.hpp"
#include "core/compose/prompt.hpp"
#include "core/interpret/locks.hpp"

namespace doodled {
namespace {

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

// Words without a picture are what 'auto' takes them for.
std::string mode_of(const InterpretRequest& request) {
  const bool words_alone = request.image_sha256.empty() && !is_blank(request.prompt);
  return request.mode == "auto" && words_alone ? "prompt" : request.mode;
}

// Locks are words like those of the prompt: what is understood of them holds, and the evidence names the
// rest.
std::string with_locks(std::string prompt, const std::vector<std::string>& locks) {
  for (const auto& lock : locks) prompt += (prompt.empty() ? "" : "\n") + lock;
  return prompt;
}

Result<ComposeOptions> options_of(const InterpretRequest& request) {
  auto json = parse_json(request.options.empty() ? "{}" : request.options);
  if (!json) return json.error();
  const auto locks = take_locks(*json);
  if (!locks) return locks.error();
  auto options = compose_options(mode_of(request), *json);
  if (!options) return options.error();
  options->image_sha256 = request.image_sha256;
  options->prompt = with_locks(request.prompt, *locks);
  return options;
}

Json wish_json(std::string_view prompt) {
  const auto wish = composing::wish_from(prompt);
  Json understood = Json::array();
  for (const auto& one : wish.understood)
    understood.push_back({{"words", one.words}, {"meaning", one.meaning}, {"pointer", one.pointer}});
  return {{"understood", std::move(understood)},
          {"not_understood", wish.not_understood},
          {"unread_words", wish.unread}};
}

Json request_json(const InterpretRequest& request) {
  Json asked{{"mode", request.mode},
             {"options", Json::parse(request.options.empty() ? "{}" : request.options)}};
  if (!request.image_sha256.empty()) asked["image_sha256"] = request.image_sha256;
  if (!request.prompt.empty()) asked["prompt"] = request.prompt;
  return asked;
}

Error image_required() {
  return {"image_required",
          "the builtin interpreter needs a picture, or the mode 'prompt'",
          {{"image", "is missing"}}};
}

Result<Session> session_of(const InterpretRequest& request, const RawReply& reply) {
  const auto options = options_of(request);
  if (!options) return options.error();
  if (!needs_picture(options->mode)) return compose({}, *options);
  const auto json = parse_json(reply.answer);
  if (!json) return json.error();
  const auto reading = reading_from_json(*json);
  if (!reading) return reading.error();
  return compose(*reading, *options);
}

}  // namespace

std::string kind_wanted(std::string_view mode) {
  if (mode == "photo") return "photo";
  return mode == "doodle" || mode == "lfo" ? "drawing" : "auto";
}

Result<void> BuiltinInterpreter::check(const InterpretRequest& request) const {
  const auto options = options_of(request);
  if (!options) return options.error();
  const bool needs = needs_picture(options->mode);
  if (!needs && is_blank(request.prompt))
    return Error{"prompt_required", "the mode 'prompt' needs words", {{"prompt", "is missing"}}};
  if (needs && request.image_sha256.empty()) return image_required();
  return {};
}

Result<Seen> BuiltinInterpreter::see(const InterpretRequest& request, const std::stop_token& stop,
                                     bool& underway) {
  const auto kind = kind_wanted(request.mode);
  const auto begun = ahead_.take(request.image_sha256, kind);
  underway = begun != nullptr;
  if (begun) return begun->wait(stop);
  if (!request.image) return image_required();
  const auto image = request.image();
  if (!image) return image.error();
  const auto seen = see_(*image, kind, stop);
  if (!seen) return seen.error();
  return seen->rest();
}

Result<std::optional<Ahead>> BuiltinInterpreter::begin(const std::string& mode, Bytes image) {
  if (!needs_picture(mode)) return std::optional<Ahead>();
  return ahead_.begin(image, kind_wanted(mode));
}

Result<RawReply> BuiltinInterpreter::read(const InterpretRequest& request, const Asking& asking,
                                          SpanWatch& watch) {
  const std::string version = "builtin-" + std::string(composer_version);
  asking.progress("reading", 0.1);
  if (!needs_picture(mode_of(request)))
    return RawReply{to_text(request_json(request)), to_text(wish_json(request.prompt)), version, {}};
  bool underway = false;
  auto seen = see(request, asking.stop, underway);
  watch.part("read", to_text(Json{{"begun_ahead", underway}}),
             seen ? std::move(seen->parts) : std::vector<Span>());
  if (!seen) return seen.error();
  return RawReply{to_text(request_json(request)), to_text(seen->reading), version, {}};
}

Interpreted BuiltinInterpreter::interpreted(const InterpretRequest& request, const Asking& asking) {
  SpanWatch watch("builtin", clock_);
  auto reply = read(request, asking, watch);
  if (!reply) return {{}, reply.error(), {}, watch.finish().parts};
  asking.progress("composing", 0.8);
  auto session = session_of(request, *reply);
  watch.part("compose");
  auto accepted = session ? accept(std::move(*session), request.rules) : Result<Accepted>(session.error());
  watch.part("rules");
  return {std::move(*reply), std::move(accepted), {}, watch.finish().parts};
}

void BuiltinInterpreter::ask(const InterpretRequest& request, Asking asking, Answered answered) {
  const auto begun = clock_.now();
  auto answer = interpreted(request, asking);
  if (report_)
    report_(answer.accepted ? std::string_view("ok") : answer.accepted.error().code, clock_.now() - begun);
  answered(std::move(answer));
}

}  // namespace doodled

#include "core/interpret/llm/conversation.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/interpret/llm/answer/lower_answer.hpp"
#include "core/interpret/llm/reading/read_answer.hpp"
#include "core/interpret/llm/reading/shorten.hpp"

namespace doodled::llm {
namespace {

constexpr std::size_t most_complaints = 10;

const Provider& provider_of(const ModelSettings& settings) { return *find_provider(settings.kind); }

int first_budget(const ModelSettings& settings, const Mode& mode) {
  const auto& thinking = settings.capabilities.thinking;
  const bool thinks =
      !thinking.empty() && thinking != "false" && thinking != "none" && thinking != "disabled";
  const int wanted =
      settings.output_tokens > 0 ? settings.output_tokens : mode.answer_tokens * (thinks ? 2 : 1);
  return std::min(wanted, settings.capabilities.most_output_tokens);
}

ModelCall first_call(const ModelSettings& settings, const Wish& wish,
                     std::shared_ptr<const PreparedPicture> picture) {
  ModelCall call;
  call.endpoint = settings.endpoint;
  call.model = settings.model;
  call.capabilities = settings.capabilities;
  call.system = wish.mode->system;
  call.user = question(wish, picture.get());
  call.schema_name = wish.mode->name;
  call.schema = wish.mode->schema;
  call.picture = std::move(picture);
  call.max_output_tokens = first_budget(settings, *wish.mode);
  call.temperature = settings.temperature;
  call.seed = wish.options.seed;
  call.stream = settings.stream;
  return call;
}

void hide_key(ModelReply& reply, const Secret& key) {
  for (auto* text :
       {&reply.text, &reply.thinking, &reply.detail, &reply.model, &reply.response_id, &reply.raw})
    *text = without_secret(std::move(*text), key);
}

std::string complaint_text(const Error& error) {
  std::string text = "That answer can't be used. " + error.message + ".\n";
  for (std::size_t i = 0; i < std::min(error.problems.size(), most_complaints); ++i)
    text += "- " + error.problems[i].pointer + ": " + error.problems[i].message + "\n";
  return text + "Return the whole corrected JSON object, and nothing else.";
}

// A stored answer does not say how it was asked for; plain facts look like nothing else.
bool states_facts(const Json& answer) {
  const Mode* narrow = find_mode(narrow_mode);
  return answer.size() == narrow->shape->at("properties").size() &&
         narrow->master->violations(answer).empty();
}

Failed not_answered(const ModelReply& reply) {
  const std::string words = reply.detail.empty() ? "" : ": " + reply.detail;
  if (reply.finish == Finish::refusal) return {{"refused", "the model declines to answer" + words, {}}};
  if (reply.finish == Finish::filter)
    return {{"filtered", "the provider's filter withholds the answer" + words, {}}};
  return {{"no_answer", "the model stopped without an answer" + words, {}}};
}

}  // namespace

Result<void> check(const InterpretRequest& request, const ModelSettings& settings) {
  if (!find_provider(settings.kind))
    return Error{"unknown_provider",
                 "there is no provider of the kind \"" + settings.kind + "\"",
                 {{"kind", "unknown"}}};
  const auto wish = wish_of(request, settings.capabilities.narrow);
  if (!wish) return wish.error();
  if (!wish->options.image_sha256.empty() && !settings.capabilities.vision)
    return Error{"unsupported",
                 "the model " + settings.model + " takes no pictures",
                 {{"image", "can't be read by this model"}}};
  return {};
}

Result<Conversation> Conversation::begin(const InterpretRequest& request, ModelSettings settings,
                                         std::shared_ptr<const PreparedPicture> picture) {
  if (auto fits = check(request, settings); !fits) return fits.error();
  const auto wish = wish_of(request, settings.capabilities.narrow);
  Conversation conversation;
  conversation.provider_ = &provider_of(settings);
  conversation.request_ = request;
  conversation.request_.image = {};
  conversation.call_ = first_call(settings, *wish, std::move(picture));
  conversation.prompt_version_ = wish->mode->prompt_version();
  conversation.settings_ = std::move(settings);
  auto first = conversation.first_request();
  if (!first) return first.error();
  conversation.first_ = std::move(*first);
  return conversation;
}

bool Conversation::adapt(int status, std::string_view body) {
  if (!provider_->adapt(call_.capabilities, status, body)) return false;
  if (auto first = first_request()) first_ = std::move(*first);
  return true;
}

Result<HttpRequest> Conversation::next_request(std::shared_ptr<const PreparedPicture> picture) {
  if (!picture && attempts_.empty()) return first_;
  ModelCall call = call_;
  call.picture = std::move(picture);
  return provider_->request(call);
}

Step Conversation::take(ModelReply reply) {
  hide_key(reply, call_.endpoint.key);
  attempts_.push_back({reason_, call_.max_output_tokens, std::move(reply), {}, {}});
  ModelReply& last = attempts_.back().reply;
  if (last.finish == Finish::length) return cut_off("cut_off");
  if (last.finish != Finish::stop) return not_answered(last);
  if (last.text.empty() && !last.thinking.empty()) {
    attempts_.back().repairs.push_back("from_thinking");
    last.text = last.thinking;
  }
  if (last.text.find_first_not_of(" \t\r\n") == std::string::npos) return cut_off("empty");
  return judge();
}

// Never closed by guessing: asked once more with twice the room.
Step Conversation::cut_off(std::string reason) {
  const int larger = std::min(call_.max_output_tokens * 2, settings_.capabilities.most_output_tokens);
  const bool room = larger > call_.max_output_tokens || reason == "empty";
  if (enlarged_ || !room) {
    if (reason == "empty") return Failed{{"no_answer", "the model gives an empty answer", {}}};
    return Failed{{"cut_off",
                   "the answer was cut off at " + std::to_string(call_.max_output_tokens) + " tokens",
                   {{"output_tokens", "is too small for this model's answer"}}}};
  }
  enlarged_ = true;
  call_.max_output_tokens = std::max(larger, call_.max_output_tokens);
  return AskAgain{reason_ = std::move(reason)};
}

Step Conversation::judge() {
  Attempt& attempt = attempts_.back();
  const auto& reply = attempt.reply;
  const Origin origin{settings_.interpreter, reply.model.empty() ? settings_.model : reply.model,
                      settings_.capabilities.narrow};
  const auto session = session_from_answer(request_, reply.text, origin, &attempt.repairs);
  if (!session && session.error().code == "cut_off") return cut_off("cut_off");
  if (!session) return complain(reply.text, session.error());
  auto accepted = accept(*session, request_.rules);
  if (!accepted) return complain(reply.text, accepted.error());
  return Answered{*std::move(accepted)};
}

Step Conversation::complain(std::string answer, Error error) {
  auto& violations = attempts_.back().violations;
  violations = error.problems;
  if (violations.empty()) violations.push_back({"", error.message});
  if (complained_) return Failed{std::move(error)};
  complained_ = true;
  call_.further.push_back({Turn::Role::assistant, std::move(answer)});
  call_.further.push_back({Turn::Role::user, complaint_text(error)});
  return AskAgain{reason_ = "violations"};
}

Result<Session> session_from_answer(const InterpretRequest& request, std::string_view answer,
                                    const Origin& origin, std::vector<std::string>* repairs) {
  auto read = read_answer(answer);
  if (!read) return read.error();
  const auto wish = wish_of(request, origin.narrow || states_facts(read->value));
  if (!wish) return wish.error();
  if (shorten_texts(read->value, *wish->mode->shape)) read->repairs.emplace_back("shortened_text");
  if (repairs) repairs->insert(repairs->end(), read->repairs.begin(), read->repairs.end());
  if (auto problems = wish->mode->master->violations(read->value); !problems.empty())
    return Error{"invalid_answer", "The answer does not fit the shape that was asked for",
                 std::move(problems)};
  auto session = session_of(read->value, *wish);
  if (!session) return session.error();
  auto& provenance = session->provenance;
  for (const auto& repair : read->repairs)
    provenance.transforms.push_back("answer read with repair: " + repair);
  provenance.interpreter = origin.interpreter;
  provenance.interpreter_version = (wish->mode->version + " " + origin.model).substr(0, 64);
  return session;
}

}  // namespace doodled::llm

#include "core/interpret/llm/wire/reply_state.hpp"

#include "core/interpret/llm/wire/failures.hpp"

namespace doodled::llm {
namespace {

constexpr std::string_view blanks = " \t\r\n";

}  // namespace

void ReplyState::add_text(std::string_view text) {
  reply.text += text;
  arrived_.text += text;
}

void ReplyState::add_thinking(std::string_view text) {
  reply.thinking += text;
  arrived_.thinking = true;
}

void ReplyState::end(Finish finish, std::string detail) {
  reply.finish = finish;
  reply.detail = std::move(detail);
  finished = true;
}

void ReplyState::fail(ProviderError failure) {
  if (!error) error = std::move(failure);
}

JsonReplyReader::Shape JsonReplyReader::shape_of(std::string_view bytes) const {
  const auto start = bytes.find_first_not_of(blanks);
  if (start == std::string_view::npos) return Shape::unknown;
  if (!streaming_) return Shape::whole;
  const bool json = bytes[start] == '{' || bytes[start] == '[';
  if (format_.framing == ReplyFormat::Framing::lines) return json ? Shape::lines : Shape::whole;
  return json || bytes[start] == '<' ? Shape::whole : Shape::events;
}

void JsonReplyReader::part(std::string_view text) {
  if (state_.ended || state_.error || text.find_first_not_of(blanks) == std::string_view::npos) return;
  if (text == "[DONE]") {
    state_.ended = true;
    return;
  }
  const auto json = parse_json(text);
  if (json)
    format_.part(*json, state_);
  else
    state_.fail(finishing_ ? cut_stream()
                           : bad_reply("a part of the stream is no JSON: " + json.error().message));
}

Arrived JsonReplyReader::feed(std::string_view bytes) {
  auto& raw = state_.reply.raw;
  const bool decided = shape_ != Shape::unknown;
  raw += bytes;
  if (!decided) shape_ = shape_of(raw);
  const std::string_view fresh = decided ? bytes : std::string_view(raw);
  if (shape_ == Shape::events)
    events_.feed(fresh, [&](const EventStream::Event& event) { part(event.data); });
  if (shape_ == Shape::lines) lines_.feed(fresh, [&](std::string_view line) { part(line); });
  state_.arrived_.done = state_.ended || state_.error;
  return std::exchange(state_.arrived_, {});
}

void JsonReplyReader::read_whole() {
  const auto json = parse_json(state_.reply.raw);
  if (json) return format_.whole(*json, state_);
  const std::string type = content_type_.empty() ? "of no named type" : content_type_;
  state_.fail(bad_reply("the answer (" + type + ") is no JSON: " + json.error().message));
}

Reply JsonReplyReader::finish() {
  finishing_ = true;
  if (shape_ == Shape::events) events_.finish([&](const EventStream::Event& event) { part(event.data); });
  if (shape_ == Shape::lines) lines_.finish([&](std::string_view line) { part(line); });
  if (shape_ == Shape::unknown) state_.fail(empty_reply());
  if (shape_ == Shape::whole) read_whole();
  if (!state_.error && !state_.finished) {
    const bool whole = shape_ == Shape::whole;
    state_.fail(whole ? bad_reply("the answer is not of the shape that this API gives") : cut_stream());
  }
  if (state_.error) return *std::move(state_.error);
  return std::move(state_.reply);
}

}  // namespace doodled::llm

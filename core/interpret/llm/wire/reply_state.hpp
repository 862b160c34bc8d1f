// What the readers of all providers share: the reply being gathered, and the framing of its bytes.
#pragma once
#include <nlohmann/json.hpp>

#include "core/base/json.hpp"
#include "core/interpret/llm/provider.hpp"
#include "core/interpret/llm/wire/event_stream.hpp"

namespace doodled::llm {

// The reply as far as it came. A provider's format writes into it.
class ReplyState {
 public:
  ModelReply reply;
  std::optional<ProviderError> error;
  bool finished = false;  // the model said why it stopped
  bool ended = false;     // the provider said that nothing follows

  void add_text(std::string_view text);
  void add_thinking(std::string_view text);
  void end(Finish finish, std::string detail = {});
  void fail(ProviderError failure);

 private:
  friend class JsonReplyReader;
  Arrived arrived_;
};

// How a provider writes its replies. Both functions must bear any JSON.
struct ReplyFormat {
  enum class Framing { events, lines } framing;        // of a streamed reply
  void (*part)(const Json& json, ReplyState& state);   // one event or line of it
  void (*whole)(const Json& json, ReplyState& state);  // a reply that comes as one JSON value
};

// Tells by the first byte whether a stream came or one JSON value, whatever was asked for: servers that can't
// stream answer in one piece, and errors come so too.
class JsonReplyReader final : public ReplyReader {
 public:
  JsonReplyReader(ReplyFormat format, bool streaming, std::string content_type)
      : format_(format), streaming_(streaming), content_type_(std::move(content_type)) {}
  Arrived feed(std::string_view bytes) override;
  Reply finish() override;

 private:
  enum class Shape { unknown, events, lines, whole };
  Shape shape_of(std::string_view bytes) const;
  void part(std::string_view text);
  void read_whole();

  ReplyFormat format_;
  bool streaming_;
  bool finishing_ = false;  // what comes now is a last piece that nothing ended
  std::string content_type_;
  Shape shape_ = Shape::unknown;
  EventStream events_;
  LineSplitter lines_;
  ReplyState state_;
};

}  // namespace doodled::llm

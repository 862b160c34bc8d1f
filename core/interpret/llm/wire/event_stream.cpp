#include "core/interpret/llm/wire/event_stream.hpp"

#include <utility>

namespace doodled::llm {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

void LineSplitter::end_line(const Take& take) {
  std::string_view line = line_;
  if (std::exchange(first_, false) && line.starts_with(byte_order_mark))
    line.remove_prefix(byte_order_mark.size());
  take(line);
  line_.clear();
}

void LineSplitter::feed(std::string_view bytes, const Take& take) {
  while (!bytes.empty()) {
    if (std::exchange(after_cr_, false) && bytes.front() == '\n') {
      bytes.remove_prefix(1);
      continue;
    }
    const auto end = bytes.find_first_of("\r\n");
    line_ += bytes.substr(0, end);
    if (end == std::string_view::npos) return;
    after_cr_ = bytes[end] == '\r';
    end_line(take);
    bytes.remove_prefix(end + 1);
  }
}

void LineSplitter::finish(const Take& take) {
  if (!line_.empty()) end_line(take);
}

void EventStream::dispatch(const Take& take) {
  if (has_data_) take({name_.empty() ? "message" : std::move(name_), std::move(data_)});
  name_.clear();
  data_.clear();
  has_data_ = false;
}

void EventStream::line(std::string_view line, const Take& take) {
  if (line.empty()) return dispatch(take);
  const auto colon = line.find(':');
  const auto field = line.substr(0, colon);
  auto value = colon == std::string_view::npos ? std::string_view{} : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (field == "event") name_ = value;
  if (field != "data") return;
  if (std::exchange(has_data_, true)) data_ += '\n';
  data_ += value;
}

void EventStream::feed(std::string_view bytes, const Take& take) {
  lines_.feed(bytes, [&](std::string_view text) { line(text, take); });
}

void EventStream::finish(const Take& take) {
  lines_.finish([&](std::string_view text) { line(text, take); });
  dispatch(take);
}

}  // namespace doodled::llm

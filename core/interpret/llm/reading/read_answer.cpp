#include "core/interpret/llm/reading/read_answer.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "core/base/utf8.hpp"
#include "core/interpret/llm/reading/lenient_json.hpp"

namespace doodled::llm {
namespace {

constexpr std::string_view blanks = " \t\r\n", fence_mark = "```";

using Repairs = std::set<std::string>;

Error malformed(std::string what) { return {"malformed_answer", std::move(what), {}}; }

std::string_view trimmed(std::string_view text) {
  if (text.starts_with("\uFEFF")) text.remove_prefix(3);
  const auto start = text.find_first_not_of(blanks);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(blanks) - start + 1);
}

// Models that think aloud do so before the answer; some templates leave the opening mark out.
Result<std::string_view> after_thinking(std::string_view text, Repairs& repairs) {
  constexpr std::string_view open = "<think>", close = "</think>";
  const auto end = text.starts_with('{') ? std::string_view::npos : text.rfind(close);
  if (end == std::string_view::npos) {
    if (text.starts_with(open)) return Error{"cut_off", "the answer ends inside its thinking", {}};
    return text;
  }
  repairs.insert("thinking");
  return trimmed(text.substr(end + close.size()));
}

// The inside of a fence that begins a line and has no open brace before it.
std::optional<std::string_view> inside_fence(std::string_view text) {
  const auto mark = text.find(fence_mark);
  if (mark == std::string_view::npos) return std::nullopt;
  const auto before = text.substr(0, mark);
  const auto line = before.substr(before.rfind('\n') + 1);
  if (line.find_first_not_of(blanks) != std::string_view::npos) return std::nullopt;
  if (std::ranges::count(before, '{') != std::ranges::count(before, '}')) return std::nullopt;
  const auto start = text.find('{', mark), end = text.find(fence_mark, mark + fence_mark.size());
  if (start == std::string_view::npos || (end != std::string_view::npos && start > end)) return std::nullopt;
  const auto label = text.substr(mark + fence_mark.size(), start - mark - fence_mark.size());
  const bool plain = std::ranges::all_of(label, [](char c) {
    return blanks.find(c) != std::string_view::npos || c == '`' || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
  });
  return plain ? std::optional(text.substr(start)) : std::nullopt;
}

// Words after the value are dropped; more values, or a piece of the same one, are not.
bool harmless(std::string_view rest) {
  rest = trimmed(rest);
  while (rest.starts_with('`')) rest.remove_prefix(1);
  rest = trimmed(rest);
  if (rest.empty()) return true;
  return std::string_view(",:[]{}\"'").find(rest.front()) == std::string_view::npos &&
         rest.find_first_of("{}") == std::string_view::npos;
}

Result<Json> read_object(std::string_view text, Repairs& repairs) {
  LenientJson reader(text, repairs);
  auto value = reader.read();
  if (!value) return value.error();
  if (!harmless(reader.rest())) return malformed("something that may belong to the answer follows it");
  if (const auto rest = trimmed(reader.rest()); !rest.empty())
    repairs.insert(rest.find_first_not_of('`') == std::string_view::npos ? "fence" : "prose");
  return value;
}

Result<Json> read_from_words(std::string_view text, Repairs& repairs) {
  if (const auto inside = inside_fence(text)) {
    repairs.insert("fence");
    return read_object(*inside, repairs);
  }
  const auto start = text.find('{');
  if (start == std::string_view::npos) return malformed("the answer holds no JSON object");
  const auto before = trimmed(text.substr(0, start));
  if (text.front() == '[' || before.ends_with('[') || before.ends_with('"') || before.ends_with('\''))
    return malformed("the answer is a list and no object");
  if (!before.empty())
    repairs.insert(before.find_first_not_of('`') == std::string_view::npos ? "fence" : "prose");
  return read_object(text.substr(start), repairs);
}

// [{"type": "text", "text": "{...}"}], which some gateways hand through. Nothing if it is no such list.
std::optional<std::string> text_of_parts(const Json& list) {
  if (!list.is_array() || list.empty()) return std::nullopt;
  std::string text;
  for (const auto& part : list) {
    if (!part.is_object() || !part.contains("type") || !part["type"].is_string()) return std::nullopt;
    if (part["type"] != "text") continue;
    if (!part.contains("text") || !part["text"].is_string()) return std::nullopt;
    text += part["text"].get<std::string>();
  }
  return text;
}

Result<Json> read_text(std::string_view text, Repairs& repairs, int wrappings);

Result<Json> unwrapped(Json value, std::string_view text, Repairs& repairs, int wrappings) {
  if (value.is_object()) return value;
  if (wrappings > 0 && value.is_string()) {
    repairs.insert("double_encoded");
    return read_text(value.get_ref<const std::string&>(), repairs, wrappings - 1);
  }
  if (const auto parts = text_of_parts(value); parts && wrappings > 0) {
    repairs.insert("parts");
    return read_text(*parts, repairs, wrappings - 1);
  }
  return malformed(text.starts_with('[') ? "the answer is a list and no object" : "the answer is no object");
}

Result<Json> read_text(std::string_view text, Repairs& repairs, int wrappings) {
  const auto answer = after_thinking(trimmed(text), repairs);
  if (!answer) return answer.error();
  if (answer->empty()) return malformed("the answer is empty");
  if (auto strict = parse_json(*answer, most_answer_depth))
    return unwrapped(*std::move(strict), *answer, repairs, wrappings);
  return read_from_words(*answer, repairs);
}

}  // namespace

Result<ReadAnswer> read_answer(std::string_view text) {
  if (text.size() > most_answer_bytes) return malformed("the answer is longer than 256 KiB");
  if (!is_utf8(text)) return malformed("the answer is no UTF-8");
  Repairs repairs;
  auto value = read_text(text, repairs, 1);
  if (!value) return value.error();
  return ReadAnswer{*std::move(value), {repairs.begin(), repairs.end()}};
}

}  // namespace doodled::llm

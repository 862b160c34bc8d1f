#include "core/interpret/llm/reading/shorten.hpp"

namespace doodled::llm {
namespace {

constexpr std::string_view ellipsis = "…";

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

// The bytes of the first `count` characters; all of them where there are no more.
std::size_t bytes_of(const std::string& text, std::size_t count) {
  std::size_t at = 0;
  for (std::size_t seen = 0; at < text.size(); ++at)
    if (begins_character(text[at]) && seen++ == count) break;
  return at;
}

bool shorten_text(std::string& text, std::size_t most) {
  if (most == 0 || bytes_of(text, most) == text.size()) return false;
  text = text.substr(0, bytes_of(text, most - 1)) + std::string(ellipsis);
  return true;
}

}  // namespace

bool shorten_texts(Json& value, const Json& schema) {
  if (value.is_string() && schema.contains("maxLength") && !schema.contains("enum"))
    return shorten_text(value.get_ref<std::string&>(), schema["maxLength"].get<std::size_t>());
  bool any = false;
  if (value.is_array() && schema.contains("items"))
    for (auto& item : value) any = shorten_texts(item, schema["items"]) || any;
  if (value.is_object() && schema.contains("properties"))
    for (const auto& [name, child] : schema["properties"].items())
      if (const auto found = value.find(name); found != value.end())
        any = shorten_texts(*found, child) || any;
  return any;
}

}  // namespace doodled::llm

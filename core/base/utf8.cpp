#include "core/base/utf8.hpp"

#include <cstdint>

namespace doodled {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t at) { return static_cast<std::uint8_t>(text[at]); }

// How many bytes a sequence with this first one takes, 0 where none begins so (Unicode 15, table 3-7).
std::size_t announced_length(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if ((lead & 0xF0) == 0xE0) return 3;
  return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

// Whether the bytes behind the first fit it, as many as there are.
bool continues_well(std::string_view sequence) {
  const auto lead = byte_at(sequence, 0);
  const int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (sequence.size() > 1 && (byte_at(sequence, 1) < lowest || byte_at(sequence, 1) > highest)) return false;
  for (std::size_t i = 2; i < sequence.size(); ++i)
    if ((byte_at(sequence, i) & 0xC0) != 0x80) return false;
  return true;
}

std::string utf8_from_latin1(std::string_view text) {
  std::string result;
  for (const unsigned char c : text) {
    if (c < 0x80) {
      result += static_cast<char>(c);
    } else {
      result += static_cast<char>(0xc0 | c >> 6);
      result += static_cast<char>(0x80 | (c & 0x3f));
    }
  }
  return result;
}

}  // namespace

std::optional<std::size_t> whole_utf8(std::string_view text) {
  std::size_t whole = 0;
  while (whole < text.size()) {
    const auto length = announced_length(byte_at(text, whole));
    if (length == 0 || !continues_well(text.substr(whole, length))) return std::nullopt;
    if (text.size() - whole < length) break;
    whole += length;
  }
  return whole;
}

bool is_utf8(std::string_view text) { return whole_utf8(text) == text.size(); }

std::string clean_text(std::string_view text, std::size_t most) {
  std::string result = is_utf8(text) ? std::string(text) : utf8_from_latin1(text);
  std::erase_if(result, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (result.size() <= most) return result;
  while (most > 0 && (result[most] & 0xc0) == 0x80) --most;
  result.resize(most);
  return result;
}

}  // namespace doodled

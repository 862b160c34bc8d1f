#include "core/play/sysex_template.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <optional>

namespace doodled {
namespace {

constexpr std::array<std::string_view, 4> checksum_names{"none", "roland", "sum", "xor"};
// In the order of SysexTemplate::Part, after `byte`.
constexpr std::array<std::string_view, 7> places{"{value}", "{msb}",     "{lsb}",     "{high}",
                                                 "{low}",   "{channel}", "{checksum}"};

Error wrong(std::string message) { return {"invalid_profile", std::move(message), {}}; }

std::optional<std::uint8_t> hex_byte(std::string_view word) {
  std::uint8_t byte = 0;
  const auto* const end = word.data() + word.size();
  const auto read = std::from_chars(word.data(), end, byte, 16);
  if (word.size() != 2 || read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return byte;
}

}  // namespace

std::string_view to_string(Checksum checksum) { return checksum_names[static_cast<std::size_t>(checksum)]; }

Result<SysexTemplate> SysexTemplate::parse(std::string_view text, Checksum checksum) {
  SysexTemplate made;
  made.text_ = text;
  made.checksum_ = checksum;
  if (auto read = made.read(text); !read) return read.error();
  if (auto checked = made.check(); !checked) return checked.error();
  return made;
}

Result<void> SysexTemplate::read(std::string_view text) {
  while (true) {
    const auto begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return {};
    const auto end = std::min(text.find(' ', begin), text.size());
    if (auto added = add(text.substr(begin, end - begin)); !added) return added;
    text.remove_prefix(end);
  }
}

Result<void> SysexTemplate::add(std::string_view word) {
  if (word == "(") {
    sum_begin_ = tokens_.size();
  } else if (word == ")") {
    sum_end_ = tokens_.size();
  } else if (const auto byte = hex_byte(word)) {
    tokens_.push_back({Part::byte, *byte});
  } else if (const auto nibble = hex_byte("0" + std::string(word.substr(0, 1)));
             nibble && word.substr(1) == "{channel}") {
    tokens_.push_back({Part::channel, static_cast<std::uint8_t>(*nibble << 4)});
  } else if (const auto place = std::ranges::find(places, word); place != places.end()) {
    tokens_.push_back({static_cast<Part>(place - places.begin() + 1), 0});
  } else {
    return wrong("\"" + std::string(word) + "\" is neither a byte in two hexadecimal digits nor a place");
  }
  return {};
}

Result<void> SysexTemplate::check() const {
  const auto has = [&](Part part) { return std::ranges::count(tokens_, part, &Token::part) == 1; };
  const auto is = [](const Token& token, std::uint8_t byte) {
    return token.part == Part::byte && token.byte == byte;
  };
  if (tokens_.size() < 3 || tokens_.size() > longest) return wrong("has fewer than 3 or more than 64 bytes");
  if (!is(tokens_.front(), 0xf0) || !is(tokens_.back(), 0xf7))
    return wrong("does not begin with F0 and end with F7");
  for (std::size_t i = 1; i + 1 < tokens_.size(); ++i)
    if (tokens_[i].part == Part::byte && tokens_[i].byte > 127) return wrong("has a byte above 7F inside");
  const int ways =
      has(Part::value) + (has(Part::msb) && has(Part::lsb)) + (has(Part::high) && has(Part::low));
  if (ways != 1) return wrong("must have {value}, or {msb} and {lsb}, or {high} and {low}, once");
  if (has(Part::checksum) != (checksum_ != Checksum::none))
    return wrong("must have {checksum} once if a checksum is named, and only then");
  if (checksum_ != Checksum::none && sum_begin_ >= sum_end_)
    return wrong("does not say by ( and ) what the checksum is over");
  return {};
}

Bytes SysexTemplate::fill(int value, int channel, std::array<std::uint8_t, longest>& place) const noexcept {
  std::size_t checksum_at = 0;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    const auto [part, byte] = tokens_[i];
    const int filled = part == Part::value     ? value & 127
                       : part == Part::msb     ? value >> 7 & 127
                       : part == Part::lsb     ? value & 127
                       : part == Part::high    ? value >> 4 & 15
                       : part == Part::low     ? value & 15
                       : part == Part::channel ? byte | (channel & 15)
                                               : byte;
    if (part == Part::checksum) checksum_at = i;
    place[i] = static_cast<std::uint8_t>(filled);
  }
  const std::span<const std::uint8_t> bytes(place.data(), tokens_.size());
  if (checksum_at > 0) place[checksum_at] = sum(bytes.subspan(sum_begin_, sum_end_ - sum_begin_));
  return bytes;
}

std::uint8_t SysexTemplate::sum(std::span<const std::uint8_t> bytes) const noexcept {
  const unsigned total = std::accumulate(bytes.begin(), bytes.end(), 0U);
  const unsigned parity = std::accumulate(bytes.begin(), bytes.end(), 0U, std::bit_xor<>());
  if (checksum_ == Checksum::roland) return static_cast<std::uint8_t>((128 - total % 128) % 128);
  return static_cast<std::uint8_t>((checksum_ == Checksum::sum ? total : parity) & 127);
}

int SysexTemplate::most() const noexcept {
  const auto has = [&](Part part) { return std::ranges::find(tokens_, part, &Token::part) != tokens_.end(); };
  if (has(Part::value)) return 127;
  return has(Part::high) ? 255 : 16383;
}

}  // namespace doodled

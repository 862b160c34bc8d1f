#include "server/http/text.hpp"

#include <algorithm>

namespace doodled::http {
namespace {

char lower_char(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = lower_char(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

// A quoted-string from its opening quote on; `rest` is moved behind it. Nothing where it never ends.
std::optional<std::string> take_quoted(std::string_view& rest) {
  std::string value;
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '"') {
      rest.remove_prefix(i + 1);
      return value;
    }
    // Browsers encode quotes as %22 and send Windows paths with single backslashes.
    if (rest[i] == '\\' && i + 1 < rest.size() && (rest[i + 1] == '"' || rest[i + 1] == '\\')) ++i;
    value += rest[i];
  }
  return std::nullopt;
}

std::string take_token(std::string_view& rest) {
  const auto end = std::min(rest.find(';'), rest.size());
  const std::string value(trim(rest.substr(0, end)));
  rest.remove_prefix(end);
  return value;
}

}  // namespace

bool equals_ignoring_case(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, lower_char, lower_char);
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), lower_char);
  return result;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string_view> split_list(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    if (const auto piece = trim(text.substr(0, end)); !piece.empty()) pieces.push_back(piece);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

bool list_has(std::string_view list, std::string_view token) {
  return std::ranges::any_of(split_list(list),
                             [&](auto piece) { return equals_ignoring_case(piece, token); });
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += plus_is_space && text[i] == '+' ? ' ' : text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
    if (high < 0 || low < 0 || high + low == 0) return std::nullopt;
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

std::optional<Fields> parse_query(std::string_view query) {
  Fields fields;
  for (const auto piece : split_list(query, '&')) {
    const auto equals = std::min(piece.find('='), piece.size());
    auto name = percent_decode(piece.substr(0, equals), true);
    auto value = percent_decode(piece.substr(std::min(equals + 1, piece.size())), true);
    if (!name || !value) return std::nullopt;
    fields.emplace_back(std::move(*name), std::move(*value));
  }
  return fields;
}

std::optional<std::string> header_parameter(std::string_view header, std::string_view name) {
  auto rest = header.substr(std::min(header.find(';'), header.size()));
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const auto equals = rest.find_first_of("=;");
    if (equals == std::string_view::npos) return std::nullopt;
    const auto found = trim(rest.substr(0, equals));
    const bool has_value = rest[equals] == '=';
    rest.remove_prefix(has_value ? equals + 1 : equals);
    if (!has_value) continue;
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    auto value = rest.starts_with('"') ? take_quoted(rest) : take_token(rest);
    if (!value) return std::nullopt;
    if (equals_ignoring_case(found, name)) return value;
    rest.remove_prefix(std::min(rest.find(';'), rest.size()));
  }
  return std::nullopt;
}

std::string media_type(std::string_view content_type) {
  return lower(trim(content_type.substr(0, content_type.find(';'))));
}

}  // namespace doodled::http

// Small pure pieces of HTTP's grammar.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace doodled::http {

std::string lower(std::string_view text);
// Without spaces and tabs at both ends.
std::string_view trim(std::string_view text);
// `text` cut at each `separator`, trimmed, empty pieces left out.
std::vector<std::string_view> split_list(std::string_view text, char separator = ',');
bool list_has(std::string_view list, std::string_view token);

// Nothing where a percent sign is not followed by two hexadecimal digits, or a NUL is encoded.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);
// name=value&name=value; nothing where a percent-encoding is malformed.
std::optional<Fields> parse_query(std::string_view query);

// `name="value"; other=value`: the value of a parameter after the first semicolon (RFC 9110, 5.6.6).
std::optional<std::string> header_parameter(std::string_view header, std::string_view name);
// What stands before the first semicolon, in lower case.
std::string media_type(std::string_view content_type);

}  // namespace doodled::http

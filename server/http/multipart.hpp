// multipart/form-data (RFC 7578, RFC 2046). Pure; safe on any bytes.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "server/http/message.hpp"

namespace doodled::http {

struct Part {
  std::string name;
  std::optional<std::string> filename;  // without any folder; there for files
  std::string content_type;             // empty where none was sent
  std::string_view content;             // a view into the body

  Bytes bytes() const { return as_bytes(content); }
};

struct Form {
  std::vector<Part> parts;

  // The first part of that name.
  const Part* find(std::string_view name) const;
};

inline constexpr std::size_t max_parts = 64;

bool is_multipart(std::string_view content_type);
// Views in the result point into `body`. Codes: unsupported_media_type, malformed_form; the pointer names the
// part
// ("image", or "part 3" where it has no name).
Result<Form> parse_multipart(std::string_view content_type, std::string_view body);

}  // namespace doodled::http

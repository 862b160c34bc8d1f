#include "server/http/multipart.hpp"

#include <algorithm>

#include "server/http/text.hpp"

namespace doodled::http {
namespace {

constexpr std::size_t max_part_header = 8192;
constexpr std::size_t max_boundary = 70;  // RFC 2046, 5.1.1

Error malformed(std::string where, std::string message) {
  auto sentence = "the form is not well-formed: " + message + (where.empty() ? "" : " (" + where + ")");
  return {"malformed_form", std::move(sentence), {{std::move(where), std::move(message)}}};
}

std::string label(const Part& part, std::size_t index) {
  return part.name.empty() ? "part " + std::to_string(index + 1) : part.name;
}

// RFC 7578 wants %22 and %0A decoded in names as browsers send them; nothing else.
std::string decode_quotes(std::string text) {
  for (const auto& [code, plain] : {std::pair{"%22", '"'}, {"%0D", '\r'}, {"%0A", '\n'}})
    for (auto at = text.find(code); at != std::string::npos; at = text.find(code, at + 1))
      text.replace(at, 3, 1, plain);
  return text;
}

std::string base_name(const std::string& filename) {
  const auto slash = filename.find_last_of("/\\");
  return slash == std::string::npos ? filename : filename.substr(slash + 1);
}

void read_disposition(std::string_view value, Part& part) {
  if (media_type(value) != "form-data") return;
  if (auto name = header_parameter(value, "name")) part.name = decode_quotes(std::move(*name));
  if (auto filename = header_parameter(value, "filename"))
    part.filename = base_name(decode_quotes(std::move(*filename)));
}

// The header lines of one part. False where a line has no colon.
bool read_header(std::string_view header, Part& part) {
  while (!header.empty()) {
    const auto end = std::min(header.find("\r\n"), header.size());
    const auto line = header.substr(0, end);
    header.remove_prefix(std::min(end + 2, header.size()));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    const auto value = trim(line.substr(colon + 1));
    if (equals_ignoring_case(line.substr(0, colon), "Content-Disposition")) read_disposition(value, part);
    if (equals_ignoring_case(line.substr(0, colon), "Content-Type")) part.content_type = value;
  }
  return true;
}

// Reads one part that begins at the front of `rest` (after the boundary's line end) and moves `rest` to the
// next boundary, "\r\n--boundary" included.
Result<Part> take_part(std::string_view& rest, std::string_view delimiter, std::size_t index) {
  Part part;
  const auto header_end = rest.substr(0, max_part_header).find("\r\n\r\n");
  if (header_end == std::string_view::npos) return malformed(label(part, index), "its header does not end");
  if (!read_header(rest.substr(0, header_end), part))
    return malformed(label(part, index), "a header line has no colon");
  if (part.name.empty())
    return malformed(label(part, index), "it has no Content-Disposition: form-data with a name");
  rest.remove_prefix(header_end + 2);  // the empty line's end stays: a part without a body ends with it
  const auto end = rest.find(delimiter);
  if (end == std::string_view::npos)
    return malformed(label(part, index), "it does not end with the boundary");
  part.content = end < 2 ? std::string_view{} : rest.substr(2, end - 2);
  rest.remove_prefix(end);
  return part;
}

// Behind a boundary: "--" ends the form, a line end begins a part, padding is allowed before either.
enum class Follows { part, end, nonsense };

Follows skip_boundary(std::string_view& rest, std::size_t length) {
  rest.remove_prefix(length);
  if (rest.starts_with("--")) return Follows::end;
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
  if (!rest.starts_with("\r\n")) return Follows::nonsense;
  rest.remove_prefix(2);
  return Follows::part;
}

Result<std::string> boundary_of(std::string_view content_type) {
  if (!is_multipart(content_type))
    return Error{
        "unsupported_media_type", "this takes multipart/form-data", {{"Content-Type", "is something else"}}};
  auto boundary = header_parameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > max_boundary)
    return malformed("Content-Type", "the boundary is missing or longer than 70 characters");
  return Result<std::string>(boost::system::in_place_value, std::move(*boundary));
}

}  // namespace

const Part* Form::find(std::string_view name) const {
  const auto found = std::ranges::find(parts, name, &Part::name);
  return found == parts.end() ? nullptr : &*found;
}

bool is_multipart(std::string_view content_type) { return media_type(content_type) == "multipart/form-data"; }

Result<Form> parse_multipart(std::string_view content_type, std::string_view body) {
  auto boundary = boundary_of(content_type);
  if (!boundary) return boundary.error();
  const auto delimiter = "\r\n--" + *boundary;
  auto rest = body;
  auto length = delimiter.size() - 2;
  if (!rest.starts_with(std::string_view(delimiter).substr(2))) {  // a preamble comes first
    rest.remove_prefix(std::min(rest.find(delimiter), rest.size()));
    length = delimiter.size();
  }
  if (rest.empty()) return malformed("", "the boundary named in Content-Type is not in the body");
  Form form;
  for (;;) {
    const auto index = form.parts.size();
    const auto follows = skip_boundary(rest, length);
    if (follows == Follows::end) return form;
    if (follows == Follows::nonsense)
      return malformed("part " + std::to_string(index + 1), "it does not begin after a line end");
    if (index == max_parts)
      return malformed("part " + std::to_string(index + 1), "there are more than 64 parts");
    auto part = take_part(rest, delimiter, index);
    if (!part) return part.error();
    form.parts.push_back(std::move(*part));
    length = delimiter.size();
  }
}

}  // namespace doodled::http

// The form parser on any bytes: the first line is the content type, the rest the body.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/http/multipart.hpp"

namespace {

// Every part is a view into the body; anything else is a fault.
bool lies_in(std::string_view part, std::string_view body) {
  return part.empty() ||
         (part.data() >= body.data() && part.data() + part.size() <= body.data() + body.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto line_end = input.find('\n');
  if (line_end == std::string_view::npos) return 0;
  const auto body = input.substr(line_end + 1);
  const auto form = doodled::http::parse_multipart(input.substr(0, line_end), body);
  if (form.has_error()) {
    if (form.error().message.empty() || form.error().problems.empty()) std::abort();
    return 0;
  }
  for (const auto& part : form->parts)
    if (part.name.empty() || !lies_in(part.content, body)) std::abort();
  return 0;
}

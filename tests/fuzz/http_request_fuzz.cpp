// The request parser on any bytes, which arrive in two pieces; then chunks.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/http/request_parser.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t max_header = 4096, max_body = 4096;
  std::string_view input(reinterpret_cast<const char*>(data), size);
  doodled::http::RequestParser parser(max_header);
  auto used = parser.header(input.substr(0, size / 2));
  if (used.has_value() && *used == 0) used = parser.header(input);
  if (used.has_error() || *used == 0) return 0;
  if (*used > input.size() || !parser.request().path.starts_with('/')) std::abort();
  input.remove_prefix(*used);
  while (parser.framing().chunked && !parser.body_done() && !input.empty()) {
    const auto taken = parser.chunks(input, max_body);
    if (taken.has_error() || *taken == 0) return 0;
    if (*taken > input.size() || parser.request().body.size() > max_body) std::abort();
    input.remove_prefix(*taken);
  }
  return 0;
}

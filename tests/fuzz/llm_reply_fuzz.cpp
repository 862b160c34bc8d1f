// Whatever a provider's server sends, in any cutting, whole or streamed: a reply or an error.
#include <algorithm>
#include <cstdint>

#include "core/interpret/llm/provider.hpp"

using namespace doodled::llm;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kinds[] = {"openai", "openai-responses", "anthropic",
                                        "gemini", "ollama",           "moondream"};
  if (size < 2) return 0;
  const Provider& provider = *find_provider(kinds[data[0] % std::size(kinds)]);
  const std::size_t piece = 1 + data[1] % 16;
  std::string_view body(reinterpret_cast<const char*>(data) + 2, size - 2);
  const auto reader = provider.reader(HttpRequest{"POST", "", {}, "", (data[0] & 128) != 0}, "");
  for (auto rest = body; !rest.empty(); rest.remove_prefix(std::min(piece, rest.size())))
    reader->feed(rest.substr(0, piece));
  reader->finish();
  provider.classify(data[1] * 2 + 100, {}, body);
  static_cast<void>(provider.models(body));
  return 0;
}

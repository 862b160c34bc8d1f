// Whatever a model writes: read or refused, and what is read survives being written and read again.
#include <cstdint>
#include <cstdlib>

#include <nlohmann/json.hpp>

#include "core/interpret/llm/reading/read_answer.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto answer = doodled::llm::read_answer(text);
  if (!answer) return 0;
  if (!answer->value.is_object()) std::abort();
  const auto again = doodled::llm::read_answer(answer->value.dump());
  if (!again || again->value != answer->value || !again->repairs.empty()) std::abort();
  return 0;
}

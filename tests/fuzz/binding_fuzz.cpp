// A binding that is taken says the same again.
#include <nlohmann/json.hpp>

#include "core/inputs/binding.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto json = doodled::parse_json({reinterpret_cast<const char*>(data), size});
  if (!json) return 0;
  const auto binding = doodled::binding_from_json(*json);
  if (!binding) return 0;
  const auto again = doodled::binding_from_json(doodled::to_json(*binding));
  if (!again || doodled::to_json(*again) != doodled::to_json(*binding)) __builtin_trap();
  return 0;
}

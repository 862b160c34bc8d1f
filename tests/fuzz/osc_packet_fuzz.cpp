#include "core/inputs/control_message.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parsed = doodled::parse_osc({data, size});
  if (parsed)
    for (const auto& message : *parsed)
      if (message.address.empty() || message.address.front() != '/') __builtin_trap();
  return 0;
}

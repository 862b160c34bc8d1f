#include "core/inputs/control_message.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto control = doodled::control_message({data, size});
  if (control && !(control->value >= 0 && control->value <= 127)) __builtin_trap();
  return 0;
}

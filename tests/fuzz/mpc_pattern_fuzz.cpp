// A .mpcpattern of any bytes: a session that passes the gate, or an error that says why.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/import/import.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto accepted = doodled::accept_file({data, size}, "Fuzz");
  if (accepted.has_error() && accepted.error().message.empty()) std::abort();
  return 0;
}

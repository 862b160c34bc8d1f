// A session document in any form that is taken: refused in words, or accepted; what was accepted is accepted
// again and is the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/base/json.hpp"
#include "core/interpret/accept.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace doodled;
  const auto document = parse_json({reinterpret_cast<const char*>(data), size});
  if (!document) return 0;
  const auto accepted = accept_document(*document);
  if (!accepted) {
    if (accepted.error().code.empty() || accepted.error().message.empty()) std::abort();
    return 0;
  }
  const auto again = accept_document(accepted->document);
  if (!again || again->document != accepted->document) std::abort();
  return 0;
}

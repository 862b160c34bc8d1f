// The controller map of an MPC project on any bytes: as they are, as what is packed, and as the document
// inside. What can be read can be written, and is the same then but for the numbers.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "drivers/mpc/gzip.hpp"
#include "drivers/mpc/project_map.hpp"

using namespace doodled::mpc;

namespace {

constexpr auto* header = "ACVS\n3.7.0.56\nSerialisableProjectData\njson\nLinux\n";

void use(const std::string& project) {
  const auto learned = read_learned(project);
  if (!learned) {
    if (learned.error().code.empty() || learned.error().message.empty()) std::abort();
    return;
  }
  std::vector<Rebinding> bindings;
  for (const auto& control : learned->controls)
    bindings.push_back({control.index, 119 - control.controller % 120});
  const auto mapped = with_controllers(project, bindings);
  if (!mapped) std::abort();
  const auto again = read_learned(*mapped, learned->controller_key);
  if (!again || again->controls.size() != learned->controls.size()) std::abort();
  for (std::size_t i = 0; i < bindings.size(); ++i)
    if (again->controls[i].controller != bindings[i].controller) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  use(input);
  use(gzip(input));
  use(gzip(header + input));
  use(gzip(std::string(header) + R"({"data":{"midiLearnSettings":{"controls":[)" + input + "]}}}"));
  return 0;
}

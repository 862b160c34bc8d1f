#include "drivers/mpc/rebinding.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace doodled::mpc {
namespace {

std::optional<int> whole(std::string_view text) {
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool all = !text.empty() && read.ec == std::errc{} && read.ptr == text.data() + text.size();
  return all ? std::optional(value) : std::nullopt;
}

// A number, or where the profile sends the parameter of that name.
std::optional<int> controller_from(std::string_view text, const DeviceProfile& profile) {
  const auto parameter = parameter_from_name(std::string(text));
  if (!parameter) return whole(text);
  const auto& route = profile.controllers[static_cast<std::size_t>(*parameter)];
  return route.carrier == Carrier::controller ? std::optional(route.number) : std::nullopt;
}

}  // namespace

Result<Rebinding> rebinding_from(const std::string& text, const DeviceProfile& profile) {
  const auto mark = std::min(text.find_first_of("=:"), text.size());
  const auto index = whole(std::string_view(text).substr(0, mark));
  const auto controller =
      controller_from(std::string_view(text).substr(std::min(mark + 1, text.size())), profile);
  if (index && *index >= 0 && controller) return Rebinding{static_cast<std::size_t>(*index), *controller};
  const std::string message = "\"" + text + "\" is not like 0=74 or 0=cutoff";
  return Error{"invalid_binding", message, {{"bind", message}}};
}

Result<std::vector<Rebinding>> rebindings_from(std::span<const std::string> texts,
                                               const LearnedControls& learned, const DeviceProfile& profile) {
  std::vector<Rebinding> bindings;
  for (const auto& text : texts) {
    const auto binding = rebinding_from(text, profile);
    if (!binding) return binding.error();
    bindings.push_back(*binding);
  }
  if (texts.empty()) bindings = suggested(learned, profile);
  if (!bindings.empty()) return bindings;
  const std::string message = "no target of the project's bindings names a parameter; say which is which";
  return Error{"nothing_to_map", message, {{"bind", message}}};
}

}  // namespace doodled::mpc

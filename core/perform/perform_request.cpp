#include <algorithm>
#include <limits>

#include <nlohmann/json.hpp>

#include "core/perform/performer.hpp"

namespace doodled {
namespace {

Error invalid(std::string pointer, std::string message) {
  return {"invalid_play", "the play can't be started", {{std::move(pointer), std::move(message)}}};
}

}  // namespace

Result<PerformRequest> perform_request(const Json& json, Quantise quantise) {
  PerformRequest request;
  request.quantise = quantise;
  if (!json.is_object()) return invalid("", "is not an object");
  for (const auto& [key, value] : json.items()) {
    if (key == "devices") {
      const bool texts =
          value.is_array() && std::ranges::all_of(value, [](const Json& id) { return id.is_string(); });
      if (!texts) return invalid("/devices", "is not a list of device ids");
      request.devices = value.get<std::vector<std::string>>();
    } else if (key == "loops") {
      if (!value.is_number_integer() || value.get<std::int64_t>() < 0 || value.get<std::int64_t>() > 100000)
        return invalid("/loops", "is not a whole number from 0 to 100000");
      request.loops = value.get<int>();
    } else if (key == "loop") {
      if (!value.is_boolean()) return invalid("/loop", "is not true or false");
      if (value.get<bool>()) request.loops = 0;
    } else if (key == "quantise") {
      const auto named = value.is_string() ? quantise_from(value.get<std::string>()) : std::nullopt;
      if (!named) return invalid("/quantise", "is none of none, step, beat, bar");
      request.quantise = *named;
    } else if (key == "position") {
      if (!value.is_number_integer() || value.get<std::int64_t>() < 0 ||
          value.get<std::int64_t>() > INT32_MAX)
        return invalid("/position", "is not a whole number of ticks from 0 up");
      request.position = value.get<std::int64_t>();
    } else if (key == "resume") {
      if (!value.is_boolean()) return invalid("/resume", "is not true or false");
      request.resume = value.get<bool>();
    } else if (key == "evolve") {
      auto wish = evolve_wish(value);
      if (!wish) return wish.error();
      request.evolve = std::move(*wish);
      if (!json.contains("loops")) request.loops = 0;
    } else {
      return invalid(
          "/" + key,
          "is no field of a play; there are devices, loops, loop, quantise, position, evolve, resume");
    }
  }
  return request;
}

}  // namespace doodled

#include "core/music/meter.hpp"

#include <charconv>
#include <string>

namespace doodled {
namespace {

std::optional<int> whole_number(std::string_view text) {
  int number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::optional<Meter> meter_from_name(std::string_view name) {
  const auto slash = name.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto numerator = whole_number(name.substr(0, slash)),
             denominator = whole_number(name.substr(slash + 1));
  if (!numerator || !denominator || *numerator < 1 || *numerator > 32) return std::nullopt;
  for (const int power : {1, 2, 4, 8, 16, 32})
    if (*denominator == power) return Meter{*numerator, *denominator};
  return std::nullopt;
}

std::string meter_name(const Meter& meter) {
  return std::to_string(meter.numerator) + "/" + std::to_string(meter.denominator);
}

std::vector<int> beat_groups(const Meter& meter) {
  const auto beats = static_cast<std::size_t>(meter.numerator);
  if (meter.denominator < 8) return std::vector<int>(beats, 1);
  if (meter.numerator % 3 == 0) return std::vector<int>(beats / 3, 3);
  std::vector<int> groups(beats / 2, 2);
  if (groups.empty()) return {1};
  if (meter.numerator % 2) ++groups.back();
  return groups;
}

double metric_weight(const Meter& meter, int step) {
  const Tick at = step * meter.step() % meter.bar(), beat = meter.beat();
  if (at == 0) return 1;
  Tick group_start = 0;
  for (const int beats : beat_groups(meter)) {
    if (at == group_start) return 0.75;
    group_start += beats * beat;
  }
  if (at % beat == 0) return 0.5;
  return at % (beat / 2) == 0 ? 0.25 : 0.1;
}

}  // namespace doodled

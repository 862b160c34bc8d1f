#include "core/music/note.hpp"

#include <algorithm>

#include "core/base/enum_names.hpp"

namespace doodled {
namespace {

constexpr EnumNames<Dimension, dimension_count> dimensions{{"bend", "pressure", "timbre"}};

}  // namespace

double expression_at(const Expression& expression, double position) {
  const auto& points = expression.points;
  if (points.empty()) return 0;
  const auto after = std::ranges::upper_bound(points, position, {}, &ExpressionPoint::position);
  if (after == points.begin()) return points.front().value;
  const auto& before = *(after - 1);
  if (after == points.end()) return before.value;
  const double part = (position - before.position) / (after->position - before.position);
  return before.value + part * (after->value - before.value);
}

std::string_view to_string(Dimension dimension) { return dimensions.name(dimension); }
std::optional<Dimension> dimension_from(std::string_view name) { return dimensions.value(name); }

}  // namespace doodled

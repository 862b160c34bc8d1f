#include "core/play/parameter_route.hpp"

#include <algorithm>
#include <cmath>

namespace doodled {
namespace {

double along(const std::vector<std::pair<double, double>>& curve, double x) noexcept {
  if (curve.empty()) return x;
  if (x <= curve.front().first) return curve.front().second;
  for (std::size_t i = 1; i < curve.size(); ++i) {
    const auto [x0, y0] = curve[i - 1];
    const auto [x1, y1] = curve[i];
    if (x <= x1) return x1 > x0 ? std::lerp(y0, y1, (x - x0) / (x1 - x0)) : y1;
  }
  return curve.back().second;
}

}  // namespace

double shaped(const ParameterRoute& route, double unit) noexcept {
  const double x = std::clamp((unit - route.from) / (route.to - route.from), 0.0, 1.0);
  return std::clamp(along(route.curve, x), 0.0, 1.0);
}

int wire_number(const ParameterRoute& route, double unit) noexcept {
  const int span = std::abs(route.highest - route.lowest);
  const int step = std::min(span, static_cast<int>(std::lround((span + 1) * shaped(route, unit))));
  return route.lowest + (route.highest < route.lowest ? -step : step);
}

float osc_value(const ParameterRoute& route, double unit) noexcept {
  return static_cast<float>(std::lerp(route.osc_lowest, route.osc_highest, shaped(route, unit)));
}

}  // namespace doodled

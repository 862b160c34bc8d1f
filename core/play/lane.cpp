#include "core/play/lane.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace doodled {
namespace {

double between(double low, double high, double part, Interpolation interpolation) {
  if (interpolation == Interpolation::step) return low;
  if (interpolation == Interpolation::smooth) part = (1 - std::cos(part * std::numbers::pi)) / 2;
  return low * (1 - part) + high * part;
}

}  // namespace

double LaneWheel::at(Tick tick) const noexcept {
  const auto& samples = lfo->samples;
  const auto size = samples.size();
  const double position = std::fmod(static_cast<double>(tick), cycle) / cycle * static_cast<double>(size);
  const auto index = static_cast<std::size_t>(position);
  const double sample = between(samples[index % size], samples[(index + 1) % size],
                                position - std::floor(position), lfo->interpolation);
  return (lfo->unipolar ? (sample + 1) / 2 : sample / 2) * lfo->depth;
}

std::vector<LaneSpan> disjoint(std::vector<LaneSpan> spans) {
  std::ranges::stable_sort(spans, {}, &LaneSpan::from);
  std::vector<LaneSpan> pieces, open;
  const auto close_until = [&](Tick at, Tick until) {
    while (at < until) {
      std::erase_if(open, [&](const LaneSpan& span) { return span.until <= at; });
      if (open.empty()) return;
      LaneSpan piece = open.back();
      piece.from = at;
      piece.until = std::min(until, piece.until);
      at = piece.until;
      pieces.push_back(std::move(piece));
    }
  };
  for (std::size_t i = 0; i < spans.size(); ++i) {
    open.push_back(spans[i]);
    const bool last = i + 1 == spans.size();
    Tick until = last ? spans[i].until : spans[i + 1].from;
    if (last)
      for (const auto& span : open) until = std::max(until, span.until);
    close_until(spans[i].from, until);
  }
  return pieces;
}

double LaneCursor::at(const Lane& lane, Tick tick) noexcept {
  if (tick < last_) span_ = point_ = 0;
  last_ = tick;
  while (span_ < lane.spans.size() && lane.spans[span_].until <= tick) ++span_, point_ = 0;
  const bool inside = span_ < lane.spans.size() && lane.spans[span_].from <= tick;
  double value = inside ? automated(lane.spans[span_], tick - lane.spans[span_].origin) : lane.rest;
  for (const auto& wheel : lane.wheels) value += wheel.at(tick);
  return std::clamp(value, 0.0, 1.0);
}

double LaneCursor::automated(const LaneSpan& span, Tick tick) noexcept {
  const auto& points = span.automation->points;
  while (point_ < points.size() && points[point_].tick <= tick) ++point_;
  if (point_ == 0) return points.front().value;
  const auto& before = points[point_ - 1];
  if (point_ == points.size()) return before.value;
  const auto& after = points[point_];
  const double part = static_cast<double>(tick - before.tick) / static_cast<double>(after.tick - before.tick);
  return between(before.value, after.value, part, span.automation->interpolation);
}

}  // namespace doodled

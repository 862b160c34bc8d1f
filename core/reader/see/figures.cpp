#include "core/reader/see/figures.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/open_line.hpp"
#include "core/reader/see/outline.hpp"

namespace doodled::sight {
namespace {

constexpr double closing_gap = 0.16;  // of its own length: so far apart may the ends of a closed figure lie

Figure closed_figure(const Path& outline) {
  Figure figure;
  const Verdict verdict = classify_outline(measure_outline(outline));
  figure.shape_class = verdict.shape_class;
  figure.confidence = verdict.confidence;
  figure.closed = true;
  figure.outline = outline;
  figure.stroke = outline;
  return figure;
}

bool nearly_closed(const Stroke& stroke) {
  if (stroke.closed) return true;
  const LineMeasures m = measure_line(stroke.points);
  return m.chord < closing_gap * stroke.length && std::abs(m.signed_turn) > 200 &&
         std::abs(m.signed_turn) < 500;
}

Figure stroke_figure(const Stroke& stroke, double pen) {
  if (nearly_closed(stroke)) {
    Figure figure = closed_figure(stroke.points);
    if (figure.shape_class != ShapeClass::other) return figure;
  }
  Figure figure;
  const Verdict verdict = classify_line(measure_line(stroke.points), pen);
  figure.shape_class = verdict.shape_class;
  figure.confidence = verdict.confidence;
  figure.stroke = stroke.points;
  figure.outline = stroke.points;
  return figure;
}

// The figure that one connected part of the graph shows.
Figure part_figure(const Graph& graph, const std::vector<int>& edges, double pen) {
  const auto strokes = trace(graph, edges, pen);
  Figure figure = stroke_figure(strokes.front(), pen);
  figure.edges = edges;
  for (const Stroke& stroke : strokes) {
    figure.ink_length += stroke.length;
    figure.box |= bounds_of(stroke.points);
  }
  return figure;
}

}  // namespace

std::vector<Figure> find_figures(const Ink& ink, const Graph& graph) {
  const auto part = parts_of(graph);
  std::vector<std::vector<int>> parts;
  for (std::size_t e = 0; e < part.size(); ++e) {
    if (part[e] < 0) continue;
    if (static_cast<std::size_t>(part[e]) >= parts.size())
      parts.resize(static_cast<std::size_t>(part[e]) + 1);
    parts[static_cast<std::size_t>(part[e])].push_back(static_cast<int>(e));
  }
  std::vector<Figure> figures;
  for (const auto& edges : parts) {
    Figure figure = part_figure(graph, edges, ink.pen);
    if (figure.ink_length > 4 * ink.pen) figures.push_back(std::move(figure));
  }
  std::stable_sort(figures.begin(), figures.end(),
                   [](const Figure& a, const Figure& b) { return a.ink_length > b.ink_length; });
  return figures;
}

}  // namespace doodled::sight

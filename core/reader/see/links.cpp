#include "core/reader/see/links.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace doodled::sight {
namespace {

double gap_to(const Figure& figure, cv::Point2f p) {
  if (figure.closed && contains(figure.outline, p)) return 0;
  return path_distance(p, figure.closed ? figure.outline : figure.stroke, figure.closed);
}

bool can_be_joined(const Figure& figure, const Figure& arrow) {
  return figure.shape_class != ShapeClass::arrow && figure.ink_length > 0.12 * arrow.ink_length;
}

// What an arrow's end points at: distances count double beside its direction, so that it looks ahead.
int joined(const std::vector<Figure>& figures, int arrow, cv::Point2f end, cv::Point2f way, double reach) {
  const Path& path = figures[static_cast<std::size_t>(arrow)].stroke;
  const cv::Point2f middle = path[path.size() / 2];
  int best = -1;
  double nearest = reach;
  for (int i = 0; i < static_cast<int>(figures.size()); ++i) {
    const Figure& figure = figures[static_cast<std::size_t>(i)];
    if (i == arrow || box_distance(end, figure.box) > reach) continue;
    if (!can_be_joined(figure, figures[static_cast<std::size_t>(arrow)])) continue;
    if (figure.closed && contains(figure.outline, middle)) continue;
    const double here = gap_to(figure, end);
    if (here >= std::min(reach, 2 * nearest)) continue;
    const double gap = here + gap_to(figure, end + way * static_cast<float>(here));
    if (gap < 2 * nearest && gap / 2 < nearest) nearest = gap / 2, best = i;
  }
  return best;
}

cv::Point2f way_at(const Path& path, bool at_end) {
  const std::size_t step = std::max<std::size_t>(1, path.size() / 5);
  if (path.size() < 2) return {};
  return at_end ? unit(path.back() - path[path.size() - 1 - step]) : unit(path.front() - path[step]);
}

Link link_of(const std::vector<Figure>& figures, int index, double reach) {
  const Path& path = figures[static_cast<std::size_t>(index)].stroke;
  Link link{index, -1, -1, path.front(), path.back(), length_of(path)};
  link.from = joined(figures, index, link.tail, way_at(path, false), reach);
  link.to = joined(figures, index, link.head, way_at(path, true), reach);
  return link;
}

bool joins_two_closed(const std::vector<Figure>& figures, const Link& link) {
  return link.from >= 0 && link.to >= 0 && link.from != link.to &&
         figures[static_cast<std::size_t>(link.from)].closed &&
         figures[static_cast<std::size_t>(link.to)].closed;
}

// Not two letters.
bool joins_large(const std::vector<Figure>& figures, const Link& link, double pen) {
  return std::ranges::all_of(std::array{link.from, link.to}, [&](int end) {
    return figures[static_cast<std::size_t>(end)].box.area() >= letter_area * pen * pen;
  });
}

// Both ends outside of what they join: a line inside a box is part of what is drawn there.
bool leaves_both(const std::vector<Figure>& figures, const Link& link) {
  const Path& path = figures[static_cast<std::size_t>(link.figure)].stroke;
  const cv::Point2f middle = path[path.size() / 2];
  return !contains(figures[static_cast<std::size_t>(link.from)].outline, middle) &&
         !contains(figures[static_cast<std::size_t>(link.to)].outline, middle);
}

}  // namespace

std::vector<Link> find_links(const std::vector<Figure>& figures, double pen) {
  std::vector<Link> links;
  for (int i = 0; i < static_cast<int>(figures.size()); ++i) {
    const Figure& figure = figures[static_cast<std::size_t>(i)];
    if (figure.stroke.size() < 2 || figure.closed) continue;
    if (figure.shape_class == ShapeClass::arrow) {
      const double length = length_of(figure.stroke);
      links.push_back(link_of(figures, i, std::max({6 * pen, 0.35 * length, 12.0})));
    } else if (figure.shape_class == ShapeClass::line || figure.shape_class == ShapeClass::arc) {
      const Link link = link_of(figures, i, 3.5 * pen);
      if (joins_two_closed(figures, link) && joins_large(figures, link, pen) && leaves_both(figures, link))
        links.push_back(link);
    }
  }
  return links;
}

std::vector<int> find_nesting(const std::vector<Figure>& figures) {
  std::vector<int> around(figures.size(), -1);
  std::vector<double> area(figures.size(), 0);
  for (std::size_t i = 0; i < figures.size(); ++i)
    area[i] = figures[i].closed ? std::abs(signed_area(figures[i].outline)) : 0;
  for (std::size_t i = 0; i < figures.size(); ++i)
    for (std::size_t j = 0; j < figures.size(); ++j) {
      const bool smaller = around[i] < 0 || area[j] < area[static_cast<std::size_t>(around[i])];
      if (i == j || !figures[j].closed || area[j] <= area[i] || !smaller) continue;
      if ((figures[i].box & figures[j].box) != figures[i].box) continue;
      if (contains(figures[j].outline, centre_of(figures[i].stroke))) around[i] = static_cast<int>(j);
    }
  return around;
}

}  // namespace doodled::sight

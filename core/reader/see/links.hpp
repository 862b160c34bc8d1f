// What arrows and lines join, and what lies inside what.
#pragma once
#include <vector>

#include "core/reader/see/figure.hpp"

namespace doodled::sight {

struct Link {
  int figure = -1;         // the arrow or line itself
  int from = -1, to = -1;  // figures at its tail and head; -1: none near
  cv::Point2f tail, head;
  double length = 0;  // pixels
};

// Arrows join the figures nearest to their ends, as far off as a fifth of their own length allows. A plain
// line joins two closed figures only when it touches both; it is read from left to right.
std::vector<Link> find_links(const std::vector<Figure>& figures, double pen);

// For each figure the smallest closed figure that lies around it, or -1.
std::vector<int> find_nesting(const std::vector<Figure>& figures);

}  // namespace doodled::sight

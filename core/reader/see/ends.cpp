#include "core/reader/see/ends.hpp"

#include <algorithm>
#include <cmath>

namespace doodled::sight {
namespace {

constexpr double longest = 20;   // pens that an end is led on by
constexpr double shortest = 3;   // pens: shorter lines are left as they are
constexpr double look_back = 6;  // pens over which the direction is taken

class EndLeader {
 public:
  EndLeader(const cv::Mat& mask, double pen) : mask_(mask), pen_(pen) {}

  // The points to add behind the last one of a line.
  Path lead_on(const Path& line) const {
    cv::Point2f way = direction(line), at = line.back();
    Path added;
    double gone = 0;
    for (; gone < longest * pen_ && is_ink(at + way); ++gone) {
      at = middle(at + way, {-way.y, way.x});
      added.push_back(at);
      if (added.size() > 8) way = unit(at - added[added.size() - 9]);
    }
    const auto cap = static_cast<std::size_t>(std::lround(pen_ / 2));
    added.resize(added.size() > cap ? added.size() - cap : 0);
    return added;
  }

 private:
  bool is_ink(cv::Point2f p) const {
    const cv::Point at(cvRound(p.x), cvRound(p.y));
    return cv::Rect(0, 0, mask_.cols, mask_.rows).contains(at) && mask_.at<uchar>(at) != 0;
  }
  cv::Point2f direction(const Path& line) const {
    std::size_t i = line.size() - 1;
    while (i > 0 && distance(line[i], line.back()) < look_back * pen_) --i;
    return unit(line.back() - line[i]);
  }
  // A little nearer to the middle between the two rims of the stroke.
  cv::Point2f middle(cv::Point2f p, cv::Point2f across) const {
    const int reach = static_cast<int>(pen_) + 1;
    int left = 0, right = 0;
    while (left < reach && is_ink(p + across * static_cast<float>(left + 1))) ++left;
    while (right < reach && is_ink(p - across * static_cast<float>(right + 1))) ++right;
    return p + across * (0.25F * static_cast<float>(std::clamp(left - right, -2, 2)));
  }

  const cv::Mat& mask_;
  double pen_;
};

}  // namespace

void extend_ends(Graph& graph, const cv::Mat& mask, double pen) {
  const EndLeader leader(mask, pen);
  for (Node& node : graph.nodes) {
    if (node.degree() != 1) continue;
    Edge& edge = graph.edges[static_cast<std::size_t>(node.edges[0])];
    if (edge.length < shortest * pen) continue;
    const bool at_b = &graph.nodes[static_cast<std::size_t>(edge.b)] == &node;
    if (!at_b) std::reverse(edge.points.begin(), edge.points.end());
    const Path added = leader.lead_on(edge.points);
    edge.points.insert(edge.points.end(), added.begin(), added.end());
    node.at = edge.points.back();
    if (!at_b) std::reverse(edge.points.begin(), edge.points.end());
    edge.length = length_of(edge.points);
  }
}

}  // namespace doodled::sight

#include "core/reader/see/judge.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <utility>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/forest.hpp"
#include "core/reader/see/groups.hpp"
#include "core/reader/see/network_votes.hpp"
#include "core/reader/see/one_line.hpp"
#include "core/reader/see/outline.hpp"
#include "core/reader/see/traits.hpp"

namespace doodled {

namespace embedded {
extern const std::string_view shape_forest;
}

namespace sight {
namespace {

using enum ShapeClass;

constexpr double least_votes = 0.3;  // for another name of the one figure that the rules found,
constexpr double margin = 2.5;       // and so many times the votes for theirs
constexpr double sure = 0.3;         // for one figure in place of several, and more than for `other`
constexpr double very_sure = 0.45;   // where some of those are good, as areas of a star or a spiral may be
constexpr double half = 0.5;         // for one line in place of several figures, whatever they are,
constexpr double most_of_it = 0.6;   // and so much of their ink in one stroke
constexpr double network_weight = 0.75;  // power of its votes beside the forest's
constexpr double doubt = 0.01;           // added to both: neither rules a kind out alone
constexpr double plenty = 0.7;           // of the forest's votes: they settle it
constexpr double little = 0.2;           // so many votes more or less may come from another photograph
constexpr double sure_arrow = 0.7;       // surer than one by its aim, or whose head stands off it
constexpr std::size_t most_groups = 24;
constexpr double least_pens = 8;  // of line: less is a mark

const Forest& shape_forest() {
  static const Forest forest = [] {
    Forest grown = Forest::parse(embedded::shape_forest);
    if (grown.traits() != trait_names()) throw std::logic_error("the forest was grown on other traits");
    if (grown.kinds() != shape_network().kinds()) throw std::logic_error("the network knows other kinds");
    return grown;
  }();
  return forest;
}

struct Opinion {
  ShapeClass kind = other;
  double share = 0;
};

// The share of one kind.
double share_of(const std::vector<std::string>& kinds, const std::vector<double>& shares, ShapeClass kind) {
  const auto at = std::find(kinds.begin(), kinds.end(), to_string(kind));
  return at == kinds.end() ? 0 : shares[std::size_t(at - kinds.begin())];
}

// The kind of the list with most votes.
Opinion leading(const std::vector<std::string>& kinds, const std::vector<double>& shares) {
  Opinion best;
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    const auto kind = shape_class_from(kinds[k]).value_or(other);
    if (kind != other && shares[k] > best.share) best = {kind, shares[k]};
  }
  return best;
}

// How far some places are from a group's lines, all together.
double way_to(const Group& group, const Path& places) {
  double sum = 0;
  for (const auto& place : places) {
    double nearest = 1e30;
    for (const auto& p : group.points) nearest = std::min(nearest, square_distance(place, p));
    sum += std::sqrt(nearest);
  }
  return sum;
}

// The group whose lines a figure lies on, of equals the first. No lines are nearer than the box around them:
// few groups need a look beyond that.
std::size_t home_of(const Figure& figure, const std::vector<Group>& groups) {
  if (groups.size() == 1) return 0;
  const Path probes = resample(figure.stroke, 5, figure.closed);
  std::vector<std::pair<double, std::size_t>> nearest;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    double sum = 0;
    for (const auto& probe : probes) sum += box_distance(probe, groups[g].box);
    nearest.emplace_back(sum, g);
  }
  std::ranges::sort(nearest);
  std::pair<double, std::size_t> best{1e30, 0};
  for (const auto& [least, g] : nearest) {
    if (least > best.first) break;
    best = std::min(best, {way_to(groups[g], probes), g});
  }
  return best.second;
}

// From tail to head: there is more ink about the head.
Path from_tail(Path stroke, const Group& group) {
  const double reach = 0.3 * length_of(stroke);
  const auto about = [&](cv::Point2f end) {
    return std::count_if(group.points.begin(), group.points.end(),
                         [&](cv::Point2f p) { return distance(p, end) < reach; });
  };
  if (about(stroke.front()) > about(stroke.back())) std::reverse(stroke.begin(), stroke.end());
  return stroke;
}

ShapeClass named(ShapeClass kind, const OutlineMeasures& m) {
  if (kind == circle) return m.aspect < round_aspect ? circle : ellipse;
  return kind == square ? name_quadrilateral(m.polygon[4]) : kind;
}

Figure figure_of(const Opinion& opinion, const Traits& traits, const Group& group) {
  Figure figure;
  figure.shape_class = opinion.kind;
  figure.confidence = std::clamp(opinion.share, 0.05, 0.99);
  figure.box = group.box;
  figure.ink_length = group.ink_length;
  figure.stroke = traits.stroke;
  figure.outline = traits.stroke;
  switch (opinion.kind) {
    case circle:
    case triangle:
    case square:
    case polygon:
      figure.closed = true;
      figure.outline = figure.stroke = traits.outline;
      figure.shape_class = named(opinion.kind, measure_outline(traits.outline));
      break;
    case star:
      figure.closed = true;
      [[fallthrough]];
    case spiral:
    case hatching:
      cv::convexHull(group.points, figure.outline);
      break;
    case arrow:
      figure.outline = figure.stroke = from_tail(traits.stroke, group);
      break;
    default:
      break;
  }
  return figure;
}

// Arrows whose targets lie in other groups, or whose heads are painted: their lines say nothing about them.
bool are_known_otherwise(const std::vector<Figure>& figures) {
  return std::ranges::all_of(figures, [](const Figure& figure) { return figure.aimed || figure.painted; });
}

// A figure whose lines lie in other groups, too, is more than this group shows.
bool lies_within(const Figure& figure, const Group& group, double pen) {
  const auto reach = static_cast<float>(3 * pen);
  const cv::Rect2f& box = group.box;
  const cv::Rect2f room(box.x - reach, box.y - reach, box.width + 2 * reach, box.height + 2 * reach);
  return (figure.box & room) == figure.box;
}

// Hatching or an arrow beside another figure: those belong together, and are two things.
bool are_several(const std::vector<Figure>& figures) {
  return figures.size() > 1 && std::any_of(figures.begin(), figures.end(), [](const Figure& figure) {
           return figure.shape_class == hatching ||
                  (figure.shape_class == arrow && figure.confidence > sure_arrow);
         });
}

bool is_function(ShapeClass kind) {
  return kind == line || kind == arc || kind == wave || kind == zigzag || kind == staircase;
}

// What a hand leads to and fro: it may cross itself, and so enclose areas that pass for figures.
bool swings(ShapeClass kind) { return kind == wave || kind == zigzag || kind == staircase; }

bool is_one_line(const std::vector<Figure>& figures) {
  return figures.size() == 1 && !figures.front().closed && is_function(figures.front().shape_class);
}

// Hardly ever turns back from its way across.
bool runs_across(const Path& stroke) {
  const Path even = resample(stroke, 64);
  double way = 0;
  for (std::size_t i = 1; i < even.size(); ++i) way += std::abs(even[i].x - even[i - 1].x);
  return std::abs(even.back().x - even.front().x) > 0.9 * way;
}

// A drawn function stays the line that it is, and may only be another kind of line; several figures are one
// line when most of them is one stroke.
std::optional<Figure> replacement(const Opinion& opinion, const Traits& traits, const Group& group,
                                  const std::vector<Figure>& figures) {
  Figure figure = figures.front();
  if (figures.size() > 1 && is_function(opinion.kind) &&
      length_of(traits.stroke) < most_of_it * group.ink_length)
    return std::nullopt;
  if (!is_one_line(figures)) return figure_of(opinion, traits, group);
  if (!is_function(opinion.kind))
    return runs_across(figure.stroke) ? std::nullopt : std::optional(figure_of(opinion, traits, group));
  figure.shape_class = opinion.kind;
  figure.confidence = std::clamp(opinion.share, 0.05, 0.99);
  return figure;
}

RulesVerdict verdict_of(const std::vector<Figure>& figures) {
  return {figures.empty() ? other : kind_of(figures.front().shape_class), figures.size(),
          static_cast<std::size_t>(std::count_if(figures.begin(), figures.end(), well_formed))};
}

// A few votes more or fewer for one kind would change the verdict.
bool is_close(const std::vector<std::string>& kinds, const std::vector<double>& shares,
              const RulesVerdict& rules) {
  const auto verdict = overruling(kinds, shares, rules);
  auto moved = shares;
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    for (const double more : {-little, little}) {
      moved[k] = shares[k] + more;
      if (overruling(kinds, moved, rules) != verdict) return true;
    }
    moved[k] = shares[k];
  }
  return false;
}

// Of the forest, and of the network where it could change something: as the lines lie and, where the verdict
// is close, in the mean of small turns.
std::vector<double> votes_for(const Graph& graph, const Group& group, const std::vector<double>& forest,
                              const RulesVerdict& rules) {
  const auto& kinds = shape_forest().kinds();
  const auto lines = lines_of(graph, group);
  auto shares = together(forest, network_votes(lines));
  return is_close(kinds, shares, rules) ? together(forest, network_votes_turned(lines)) : shares;
}

std::optional<Figure> judged(const Graph& graph, double pen, const Group& group,
                             const std::vector<Figure>& figures) {
  const auto inside = [&](const Figure& figure) { return lies_within(figure, group, pen); };
  if (figures.empty() || !std::all_of(figures.begin(), figures.end(), inside) || are_several(figures) ||
      are_known_otherwise(figures))
    return std::nullopt;
  const Traits traits = traits_of(graph, group, figures, pen);
  if (traits.outline.size() < 3) return std::nullopt;  // a straight line: the rules need no help
  const Forest& forest = shape_forest();
  const RulesVerdict rules = verdict_of(figures);
  auto shares = forest.vote(traits.values);
  if (is_settled(forest.kinds(), shares, rules)) return std::nullopt;
  shares = votes_for(graph, group, shares, rules);
  const auto kind = overruling(forest.kinds(), shares, rules);
  if (!kind) return std::nullopt;
  auto figure = replacement({*kind, share_of(forest.kinds(), shares, *kind)}, traits, group, figures);
  if (figure && swings(*kind) && !is_one_line(figures))
    figure->stroke = figure->outline = one_line(graph, group, pen);
  return figure;
}

}  // namespace

ShapeClass kind_of(ShapeClass shape_class) {
  if (shape_class == ellipse) return circle;
  return shape_class == rectangle || shape_class == diamond ? square : shape_class;
}

std::vector<double> together(const std::vector<double>& forest, const std::vector<double>& network) {
  std::vector<double> shares;
  double all = 0;
  for (std::size_t k = 0; k < forest.size(); ++k)
    all += shares.emplace_back((forest[k] + doubt) * std::pow(network[k] + doubt, network_weight));
  for (double& share : shares) share /= all;
  return shares;
}

bool is_settled(const std::vector<std::string>& kinds, const std::vector<double>& forest,
                const RulesVerdict& rules) {
  return rules.figures == 1 && rules.kind != other && share_of(kinds, forest, rules.kind) >= plenty;
}

std::optional<ShapeClass> overruling(const std::vector<std::string>& kinds, const std::vector<double>& shares,
                                     const RulesVerdict& rules) {
  const Opinion best = leading(kinds, shares);
  if (best.kind == other || (best.kind == rules.kind && rules.figures == 1)) return std::nullopt;
  if (rules.figures == 1) {
    const double theirs = rules.kind == other ? 0 : share_of(kinds, shares, rules.kind);
    const bool clear = best.share >= least_votes && best.share >= margin * theirs;
    return clear ? std::optional(best.kind) : std::nullopt;
  }
  if (is_function(best.kind) && !swings(best.kind)) return std::nullopt;
  const bool crossed = best.kind == star || best.kind == spiral;
  if (rules.good > 0 && !crossed && !swings(best.kind)) return std::nullopt;
  const double votes = swings(best.kind) ? half : rules.good > 0 ? very_sure : sure;
  const bool clear = best.share >= std::max(votes, share_of(kinds, shares, other));
  return clear ? std::optional(best.kind) : std::nullopt;
}

void judge(const Graph& graph, double pen, std::vector<Figure>& figures) {
  const auto groups = groups_of(graph, pen);
  if (groups.empty() || groups.size() > most_groups) return;
  std::vector<std::vector<Figure>> found(groups.size());
  for (Figure& figure : figures) found[home_of(figure, groups)].push_back(std::move(figure));
  figures.clear();
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const bool mark = groups[g].ink_length < least_pens * pen;
    if (const auto one = mark ? std::nullopt : judged(graph, pen, groups[g], found[g])) found[g] = {*one};
    figures.insert(figures.end(), found[g].begin(), found[g].end());
  }
}

}  // namespace sight
}  // namespace doodled

#include "core/reader/see/figures.hpp"

#include <algorithm>
#include <cmath>
#include <ranges>
#include <set>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/aimed.hpp"
#include "core/reader/see/arrow_head.hpp"
#include "core/reader/see/closed_head.hpp"
#include "core/reader/see/faces.hpp"
#include "core/reader/see/framed.hpp"
#include "core/reader/see/framed_curve.hpp"
#include "core/reader/see/hatching.hpp"
#include "core/reader/see/judge.hpp"
#include "core/reader/see/linked.hpp"
#include "core/reader/see/memo.hpp"
#include "core/reader/see/open_line.hpp"
#include "core/reader/see/outline.hpp"
#include "core/reader/see/painted_tips.hpp"
#include "core/reader/see/rings.hpp"
#include "core/reader/see/shading.hpp"
#include "core/reader/see/sides.hpp"
#include "core/reader/see/spiral.hpp"
#include "core/reader/see/star.hpp"
#include "core/reader/see/touching.hpp"

namespace doodled::sight {
namespace {

constexpr double main_share =
    0.72;  // of all enclosed area: then one outline is meant, and the rest is overshoot
constexpr double tail_share = 0.45;    // of the outline's length: longer tails are lines of their own
constexpr double stub_share = 0.12;    // of the largest figure it touches
constexpr double least_loops = 1.8;    // whole turns
constexpr double many_strokes = 0.25;  // of all lines is the longest,
constexpr double many_strokes_of_several = 0.6;  // where lines lead from one area to another and a third

double total_length(const std::vector<Stroke>& strokes) {
  double sum = 0;
  for (const auto& stroke : strokes) sum += stroke.length;
  return sum;
}

// Reads one connected part: closed figures at once, open strokes are left for those who look for arrows.
class PartReader {
 public:
  PartReader(const Graph& graph, const std::vector<int>& edges, double pen)
      : graph_(graph), edges_(edges), pen_(pen) {}

  void run() {
    strokes_ = trace(graph_, edges_, pen_);
    if (auto star = star_of_strokes(strokes_, pen_)) return add(*star);
    const Enclosure enclosure = enclose(graph_, edges_, pen_);
    if (enclosure.blocks.empty()) {
      if (auto wound = wound_figure(strokes_, false)) return add(*wound);
      return leave(strokes_);
    }
    loose_ = enclosure.bridges;
    if (enclosure.blocks.size() == 1 && one_outline(enclosure.blocks[0])) return;
    if (auto wound = wound_figure(strokes_, true); wound && !is_net(enclosure)) return add(*wound);
    if (one_line()) return leave({strokes_.front()});
    for (const Block& block : enclosure.blocks) read_block(block);
    leave_bridges(trace(graph_, loose_, pen_));
  }

  std::vector<Figure> figures;
  std::vector<Stroke> open;

 private:
  const Edge& edge(int e) const { return graph_.edges[static_cast<std::size_t>(e)]; }
  double length(const std::vector<int>& edges) const {
    double sum = 0;
    for (const int e : edges) sum += edge(e).length;
    return sum;
  }
  void add(Figure figure) { figures.push_back(std::move(figure)); }
  bool is_loose(int node) const { return graph_.nodes[static_cast<std::size_t>(node)].degree() == 1; }
  void leave(const std::vector<Stroke>& strokes) { open.insert(open.end(), strokes.begin(), strokes.end()); }
  // Stubs beside a figure that end in nothing are overshoot, not lines of their own.
  void leave_bridges(const std::vector<Stroke>& strokes) {
    double longest = 0;
    for (const Figure& figure : figures) longest = std::max(longest, figure.ink_length);
    for (const Stroke& stroke : strokes) {
      open.push_back(stroke);
      open.back().stub =
          stroke.length < stub_share * longest && (is_loose(stroke.first) || is_loose(stroke.last));
    }
  }

  // A closed outline whose other lines are only tails and overshoot.
  bool one_outline(const Block& block) {
    const Face& main = block.faces.front();
    if (main.area < main_share * block.outer.area || is_framed(graph_, block, pen_) ||
        is_linked(graph_, block, pen_))
      return false;
    const double around = length(main.edges), rest = length(edges_) - around;
    if (rest > tail_share * around) return false;
    add(closed_figure(main.outline));
    for (const Stroke& tail : trace(graph_, loose_, pen_)) open.push_back(tail), open.back().stub = true;
    return true;
  }
  // Both its ends are loose, or it loops again and again: a line that ends on its own loop is a figure with
  // something attached.
  bool one_line() const {
    const Stroke& main = strokes_.front();
    return !main.closed && main.length > 0.85 * total_length(strokes_) &&
           ((is_loose(main.first) && is_loose(main.last)) ||
            measure_line(main.points, pen_).winding > least_loops);
  }

  // A figure on which lines end; one that loops goes on across itself.
  bool is_led_to(const Block& block) const {
    const Face& main = block.faces.front();
    if (main.area < main_share * block.outer.area || !is_large(main, pen_) || !is_compact(main) ||
        !is_target(closed_figure(main.outline)))
      return false;
    const auto own = nodes_of(graph_, block.edges), led = nodes_of(graph_, loose_);
    return std::ranges::all_of(own, [&](int node) {
      return !led.contains(node) || graph_.nodes[static_cast<std::size_t>(node)].degree() == 3;
    });
  }

  // Boxes with lines between them: no line that loops encloses such.
  bool is_net(const Enclosure& enclosure) const {
    int boxes = 0;
    for (const Block& block : enclosure.blocks)
      for (const Face& face : block.faces) {
        if (face.area < letter_area * pen_ * pen_) continue;
        const Figure figure = closed_figure(face.outline);
        boxes += well_formed(figure) && kind_of(figure.shape_class) == ShapeClass::square;
      }
    if (std::ranges::count_if(enclosure.blocks, [&](const Block& block) { return is_led_to(block); }) > 1 ||
        std::ranges::any_of(enclosure.blocks,
                            [&](const Block& block) { return is_linked(graph_, block, pen_); }))
      return true;
    const double longest = enclosure.blocks.size() > 2 ? many_strokes_of_several : many_strokes;
    return boxes > 1 || (boxes == 1 && strokes_.front().length < longest * total_length(strokes_));
  }

  // The largest area, and what lies between it and a line that leads there: the head of an arrow.
  void add_with_heads(const Block& block) {
    const Face& main = block.faces.front();
    add(closed_figure(main.outline));
    const auto near = nodes_of(graph_, main.edges), led_to = nodes_of(graph_, loose_);
    for (const Face& face : block.faces | std::views::drop(1))
      if (std::ranges::any_of(nodes_of(graph_, face.edges),
                              [&](int node) { return led_to.contains(node) && !near.contains(node); }))
        add(closed_figure(face.outline));
  }

  void read_inside(const Block& block) {
    for (const auto& edges : inside_of(graph_, block)) {
      PartReader part(graph_, edges, pen_);
      part.run();
      figures.insert(figures.end(), part.figures.begin(), part.figures.end());
      leave(part.open);
    }
  }

  void read_block(const Block& block) {
    if (is_framed(graph_, block, pen_)) {
      add(closed_figure(block.outer.outline));
      return read_inside(block);
    }
    const Face& main = block.faces.front();
    const bool linked = is_linked(graph_, block, pen_);
    if (!linked) {
      if (main.area > main_share * block.outer.area) return add_with_heads(block);
      Figure whole = closed_figure(block.outer.outline);
      if (whole.shape_class == ShapeClass::star || well_formed(whole)) return add(std::move(whole));
    }
    std::set<int> used;
    for (const Face& face : std::views::reverse(block.faces)) {
      Figure figure = closed_figure(face.outline);
      if (linked ? !is_target(figure) || meetings(graph_, face, used) > 1 : !well_formed(figure)) continue;
      used.insert(face.edges.begin(), face.edges.end());
      add(std::move(figure));
    }
    if (used.empty() && block.faces.size() > 2) return add(closed_figure(block.outer.outline));
    for (const int e : block.edges)
      if (!used.contains(e)) loose_.push_back(e);
  }

  const Graph& graph_;
  const std::vector<int>& edges_;
  double pen_;
  std::vector<Stroke> strokes_;
  std::vector<int> loose_;
};

struct PartFound {
  std::vector<Figure> figures;
  std::vector<Stroke> open;
};

PartFound read_part(const Graph& graph, const std::vector<int>& edges, double pen) {
  constexpr std::size_t kept = 128, most_points = 2000;  // what is larger changes with each stroke
  thread_local Memo<PartFound, kept> memo;
  const auto read = [&] {
    PartReader part(graph, edges, pen);
    part.run();
    for (Stroke& stroke : part.open) stroke.edges.clear(), stroke.first = stroke.last = -1;  // of this graph
    return PartFound{std::move(part.figures), std::move(part.open)};
  };
  const Path lines = as_path(graph, edges, pen);
  return lines.size() > most_points ? read() : memo.of(lines, read);
}

void sort_by_ink(std::vector<Figure>& figures) {
  std::stable_sort(figures.begin(), figures.end(),
                   [](const Figure& a, const Figure& b) { return a.ink_length > b.ink_length; });
}

// A star's lines are followed around it in one photograph and across it in the next.
void band_stars(std::vector<Figure>& figures) {
  for (Figure& figure : figures) {
    if (figure.shape_class != ShapeClass::star || figure.outline.empty()) continue;
    Path band;
    cv::convexHull(figure.outline, band);
    figure.outline = std::move(band);
  }
}

}  // namespace

std::vector<Figure> figures_by_rules(const Graph& graph, double pen) {
  std::vector<Figure> figures;
  std::vector<Stroke> open;
  for (const auto& edges : edges_by_part(graph)) {
    PartFound found = read_part(graph, edges, pen);
    std::ranges::move(found.figures, std::back_inserter(figures));
    std::ranges::move(found.open, std::back_inserter(open));
  }
  for (Figure& area : take_hatching(open, pen)) figures.push_back(std::move(area));
  for (Figure& arrow : take_arrows(open, pen)) figures.push_back(std::move(arrow));
  for (Figure& arrow : take_painted_tips(open, graph.ink, pen)) figures.push_back(std::move(arrow));
  auto arrows = take_closed_heads(open, figures, pen);
  std::ranges::move(arrows, std::back_inserter(figures));
  for (Figure& ring : take_rings(open, figures, pen)) figures.push_back(std::move(ring));
  for (Figure& arrow : take_aimed_arrows(open, figures, graph.ink, pen)) figures.push_back(std::move(arrow));
  if (auto triangle = triangle_of_sides(open, pen)) figures.push_back(std::move(*triangle));
  for (const Stroke& stroke : open)
    if (!stroke.stub) figures.push_back(stroke_figure(stroke, pen));
  std::erase_if(figures, [&](const Figure& figure) { return figure.ink_length < 4 * pen; });
  sort_by_ink(figures);
  return figures;
}

std::vector<Figure> find_figures(const Graph& graph, double pen) {
  Graph apart = graph;
  auto shading = take_shading(apart, pen);
  const Graph curves = take_framed_curves(apart, pen);
  part_touching(apart, pen);
  auto figures = figures_by_rules(apart, pen);
  judge(apart, pen, figures);
  auto framed = figures_by_rules(curves, pen);
  judge(curves, pen, framed);
  std::ranges::move(framed, std::back_inserter(figures));
  std::ranges::move(shading, std::back_inserter(figures));
  band_stars(figures);
  sort_by_ink(figures);
  return figures;
}

}  // namespace doodled::sight

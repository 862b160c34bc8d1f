#include "core/reader/see/drawing.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/axes.hpp"
#include "core/reader/see/dashes.hpp"
#include "core/reader/see/ends.hpp"
#include "core/reader/see/faint_grid.hpp"
#include "core/reader/see/figures.hpp"
#include "core/reader/see/gaps.hpp"
#include "core/reader/see/hollow.hpp"
#include "core/reader/see/labels.hpp"
#include "core/reader/see/painted_cells.hpp"
#include "core/reader/see/painted_heads.hpp"
#include "core/reader/see/pen.hpp"
#include "core/reader/see/report.hpp"
#include "core/reader/see/rim.hpp"
#include "core/reader/see/screen.hpp"
#include "core/reader/see/writing.hpp"

namespace doodled::sight {
namespace {

constexpr std::size_t most_figures = 256;
constexpr std::ptrdiff_t least_crossings = 12;   // of a raster, some of them hidden by what is painted,
constexpr LeastBroad least_painted{0.05, 0.25};  // where no raster shows otherwise
constexpr double most_crossings = 0.5;           // and of all places where lines end or meet

// A raster and the marks in it are one thing: its frame stands for it among the figures. Its outermost lines
// lie on that frame, or beside it.
std::vector<Figure> outside_of(std::vector<Figure> figures, const GridFound& grid, double pen) {
  std::erase_if(figures, [&](const Figure& figure) {
    return cv::pointPolygonTest(grid.corners, centre_of(figure.stroke), true) > -3 * pen;
  });
  figures.insert(figures.begin(), closed_figure(grid.corners));
  return figures;
}

// Numbers and names of its steps and rows are none of the figures.
std::vector<Figure> beside(std::vector<Figure> figures, const GridFound& grid, Reading& reading) {
  const auto labels = find_labels(figures, grid);
  if (std::ranges::find(labels, true) == labels.end()) return figures;
  reading.notes.push_back("The labels beside the grid were left out.");
  std::vector<Figure> others;
  for (std::size_t i = 0; i < figures.size(); ++i)
    if (!labels[i]) others.push_back(std::move(figures[i]));
  return others;
}

void note_ink(const Ink& ink, Reading& reading) {
  if (ink.inverted) reading.notes.push_back("Light ink on a dark ground was read as a drawing.");
  if (ink.lines.across && ink.lines.down)
    reading.notes.push_back("The squares printed on the paper were left out.");
  else if (ink.lines.across || ink.lines.down)
    reading.notes.push_back("The lines printed on the paper were left out.");
  if (ink.dotted) reading.notes.push_back("The dots printed on the paper were left out.");
}

// Larger or, where both are of one size, with fewer faults.
bool is_better(const GridFound& grid, const GridFound& than) {
  constexpr double alike = 0.05;  // of the area
  const double area = grid.box.area(), other = than.box.area();
  return std::abs(area - other) < alike * other ? grid.faults < than.faults : area > other;
}

// As often as the lines of a raster cross.
bool is_crossed(const Graph& graph) {
  const auto meets = [](const Node& node) { return node.degree() > 2; };
  const auto is_there = [](const Node& node) { return node.degree() > 0; };
  const auto crossings = std::ranges::count_if(graph.nodes, meets),
             all = std::ranges::count_if(graph.nodes, is_there);
  return crossings >= least_crossings &&
         static_cast<double>(crossings) >= most_crossings * static_cast<double>(all);
}

// Where faint lines are left, the larger of what they and the ink alone make. A page of writing has none: its
// ink was set aside.
std::optional<GridFound> find_raster(const Graph& graph, const cv::Mat& lines, const Ink& ink) {
  if (cv::countNonZero(ink.mask) == 0) return std::nullopt;
  MarkMasks masks{ink.mask, {}};
  cv::threshold(ink.darkness, masks.faint, ink.faintest, 255, cv::THRESH_BINARY);
  auto drawn = find_drawn_grid(graph, masks, ink.pen);
  const cv::Mat rims =
      is_crossed(graph) ? hollowed(ink.mask, lines, drawn ? LeastBroad{} : least_painted) : cv::Mat();
  if (auto painted = find_painted_grid(rims, masks)) drawn = std::move(painted);
  const auto faint = find_faint_grid(masks, rims);
  return faint && (!drawn || is_better(*faint, *drawn)) ? faint : drawn;
}

bool lies_on_dashes(const Figure& spot, const Graph& graph, double pen) {
  return spot.shape_class == ShapeClass::dot && std::ranges::any_of(graph.edges, [&](const Edge& edge) {
           return edge.dashed && path_distance(centre_of(spot.outline), edge.points) < pen;
         });
}

// Filled areas replace what their centre lines were taken for.
std::vector<Figure> with_filled(std::vector<Figure> figures, std::vector<Figure> filled) {
  for (const Figure& area : filled) {
    std::erase_if(figures, [&](const Figure& figure) {
      return (figure.box & area.box) == figure.box && contains(area.outline, centre_of(figure.stroke));
    });
  }
  figures.insert(figures.end(), filled.begin(), filled.end());
  std::stable_sort(figures.begin(), figures.end(),
                   [](const Figure& a, const Figure& b) { return a.ink_length > b.ink_length; });
  return figures;
}

std::string writing_note(const Writing& writing) {
  const bool few = writing.rows == 1;
  std::string note =
      few ? "A row of writing was left out" : std::to_string(writing.rows) + " rows of writing were left out";
  note += ": words are for the prompt.";
  if (writing.upside_down) note += " They look upside down; the page was read as it lies.";
  return note;
}

bool any(const std::vector<bool>& which) {
  return std::find(which.begin(), which.end(), true) != which.end();
}

// What is on the page but is no drawing goes out of ink and centre lines, whose pixels may be another's.
void set_aside(Ink& ink, cv::Mat& lines, bool whole_picture, Reading& reading) {
  Pieces pieces = find_pieces(ink.mask, lines);
  const auto take_out = [&](const std::vector<bool>& which) {
    if (!any(which)) return false;
    for (cv::Mat* mask : {&ink.mask, &lines}) {
      *mask = mask->clone();
      erase_pieces(pieces, which, *mask);
    }
    return true;
  };
  const auto frame =
      whole_picture ? find_screen_bars(pieces, ink.mask.size()) : find_rim(pieces, ink.mask.size());
  if (take_out(frame)) {
    pieces = find_pieces(ink.mask, lines);
    if (whole_picture) reading.notes.push_back("The status bar of the screenshot was left out.");
  }
  const Writing writing = find_writing(pieces, ink.mask.size());
  if (writing.rows == 0) return;
  take_out(writing.pieces);
  reading.notes.push_back(writing_note(writing));
  if (!writing.fills_page()) return;
  ink.mask = cv::Mat::zeros(ink.mask.size(), CV_8U);
  lines = ink.mask;
  reading.advice =
      "The page holds writing and hardly any drawing. Type the words as a prompt, or draw figures and lines.";
}

}  // namespace

Graph joined_lines(const cv::Mat& lines, const cv::Mat& ink, double pen) {
  Graph graph = graph_of(lines, pen);
  flatten_slivers(graph, pen);
  extend_ends(graph, ink, pen);
  join_dashes(graph, ink, pen);
  close_gaps(graph, pen);
  graph.ink = ink;
  return graph;
}

std::optional<double> read_drawing(const cv::Mat& rgb, Ink& ink, cv::Mat lines, const View& view,
                                   int curve_samples, Reading& reading) {
  note_ink(ink, reading);
  ink.pen = pen_width(ink.mask, lines);
  set_aside(ink, lines, reading.page.empty(), reading);
  Graph graph = joined_lines(lines, ink.mask, ink.pen);
  const auto blots = find_blots(ink.mask, ink.pen);
  auto grid = find_raster(graph, lines, ink);
  if (grid) fill_painted_cells(*grid, ink.inverted ? cv::Mat(cv::Scalar::all(255) - rgb) : rgb);
  const auto lean = grid ? std::nullopt : take_axes(graph, ink.pen);
  if (lean) reading.notes.push_back("The axes that a curve was drawn on were left out.");
  auto filled = find_filled(blots, ink.mask, ink.pen);
  std::erase_if(filled, [&](const Figure& spot) { return lies_on_dashes(spot, graph, ink.pen); });
  auto figures = find_figures(graph, ink.pen);
  std::erase_if(filled, [&](const Figure& spot) { return is_head(spot, figures, ink.pen); });
  figures = with_filled(std::move(figures), std::move(filled));
  lead_to_heads(figures, ink.pen);
  if (grid)
    figures = beside(outside_of(std::move(figures), *grid, ink.pen), *grid, reading);
  else
    grid = find_mark_grid(blots, ink.mask.size());
  for (Figure& figure : figures)
    if (figure.closed && figure.fill == 0) figure.fill = fill_of(figure.outline, ink.mask, ink.pen);
  if (figures.size() > most_figures) {
    figures.resize(most_figures);
    reading.notes.push_back(
        "The page is crowded: only its largest figures were read. Draw less, or come closer.");
  }
  if (grid) report_grid(*grid, view, reading);
  report_figures(figures, rgb, ink, view, reading);
  if (!grid) report_hulls(graph, ink.pen, most_figures, view, reading);  // else its frame stands for it
  report_links(figures, view, ink.pen, reading);
  report_curves(figures, view, curve_samples, reading);
  return lean;
}

}  // namespace doodled::sight

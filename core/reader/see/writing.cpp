#include "core/reader/see/writing.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/reader/see/pointed.hpp"
#include "core/reader/see/words.hpp"

namespace doodled::sight {
namespace {

constexpr double tallest = 0.055;         // of the page's larger side
constexpr int smallest = 5;               // pixels high
constexpr double widest = 0.4;            // of the page's width
constexpr double like_height = 2.6;       // neighbours differ by at most that factor
constexpr double word_gap = 1.6;          // heights
constexpr double least_variation = 0.25;  // of the widths, standard deviation over mean
constexpr double tight_gap = 0.6;         // heights, the median between neighbours
constexpr double letter_line = 1.5;       // length of line over the larger side
constexpr std::size_t least_letters = 4;
constexpr std::size_t most_pieces = 4000;

using Row = std::vector<std::size_t>;

// A line, with a head or without: no word is so long with so little line.
bool is_stretched(const Piece& piece) {
  constexpr int wide = 3;  // for its height
  constexpr double line = 1.8;
  return piece.box.width > wide * piece.height() && piece.length < line * piece.box.width;
}

// Beside larger figures a row of numbers is no pattern.
bool larger_than_a_mark(const cv::Rect& box, cv::Size page) {
  constexpr double largest = 0.12;  // of the page's larger side
  return std::max(box.width, box.height) > largest * std::max(page.width, page.height);
}

bool letter_sized(const Piece& piece, cv::Size page) {
  return piece.height() >= smallest && piece.height() <= tallest * std::max(page.width, page.height) &&
         piece.box.width <= widest * page.width && piece.ink >= 8 && !is_stretched(piece);
}

bool side_by_side(const cv::Rect& a, const cv::Rect& b) {
  const int low = std::min(a.height, b.height), high = std::max(a.height, b.height);
  const int overlap = std::min(a.br().y, b.br().y) - std::max(a.y, b.y);
  const int gap = std::max(a.x, b.x) - std::min(a.br().x, b.br().x);
  return high <= like_height * low && 2 * overlap >= low && gap <= word_gap * high;
}

// A box with words in it is no letter, however small the page makes it. Pieces come from the top down, so
// those inside of it are some of the next.
bool frames_others(const Pieces& pieces, std::size_t box) {
  const cv::Rect& around = pieces.all[box].box;
  int inside = 0;
  for (std::size_t i = box + 1; i < pieces.all.size() && pieces.all[i].box.y < around.br().y; ++i)
    inside += pieces.all[i].height() >= smallest && (around & pieces.all[i].box) == pieces.all[i].box;
  return inside > 1;
}

// Disjoint sets over the candidates; each set is a row.
class Rows {
 public:
  Rows(const std::vector<Piece>& pieces, std::vector<std::size_t> candidates)
      : pieces_(pieces), candidates_(std::move(candidates)), parent_(candidates_.size()) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
    std::stable_sort(candidates_.begin(), candidates_.end(),
                     [&](std::size_t a, std::size_t b) { return box(a).x < box(b).x; });
  }

  std::vector<Row> run() {
    int tallest_one = 0;
    for (const auto c : candidates_) tallest_one = std::max(tallest_one, box(c).height);
    for (std::size_t i = 0; i < candidates_.size(); ++i)
      for (std::size_t j = i + 1; j < candidates_.size(); ++j) {
        if (box(candidates_[j]).x > box(candidates_[i]).br().x + word_gap * tallest_one) break;
        if (side_by_side(box(candidates_[i]), box(candidates_[j]))) parent_[root(j)] = root(i);
      }
    std::vector<Row> rows(candidates_.size());
    for (std::size_t i = 0; i < candidates_.size(); ++i) rows[root(i)].push_back(candidates_[i]);
    std::erase_if(rows, [](const Row& row) { return row.size() < least_letters; });
    return rows;
  }

 private:
  const cv::Rect& box(std::size_t piece) const { return pieces_[piece].box; }
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }

  const std::vector<Piece>& pieces_;
  std::vector<std::size_t> candidates_;
  std::vector<std::size_t> parent_;
};

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<long>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double variation_of(const std::vector<double>& values) {
  double sum = 0, squares = 0;
  for (const double value : values) sum += value, squares += value * value;
  const double count = static_cast<double>(values.size()), mean = sum / count;
  return std::sqrt(std::max(0.0, squares / count - mean * mean)) / std::max(mean, 1e-9);
}

// Letters of a word stand close together; steps of a pattern stand apart.
bool is_tight(const std::vector<Piece>& pieces, Row row, double most_gap = tight_gap) {
  std::sort(row.begin(), row.end(),
            [&](std::size_t a, std::size_t b) { return pieces[a].box.x < pieces[b].box.x; });
  std::vector<double> gaps, heights;
  for (std::size_t i = 0; i < row.size(); ++i) {
    heights.push_back(pieces[row[i]].height());
    if (i > 0) gaps.push_back(pieces[row[i]].box.x - pieces[row[i - 1]].box.br().x);
  }
  return median_of(gaps) < most_gap * median_of(heights);
}

// Marks at the even steps of a pattern, which writing keeps only by chance.
bool keeps_step(const std::vector<Piece>& pieces, const Row& row) {
  constexpr std::size_t least_steps = 8;
  constexpr double most_off = 0.25;   // of the usual step
  constexpr double typed_gap = 0.35;  // heights: letters of one width, as a typewriter's, are nearer
  if (row.size() < least_steps || is_tight(pieces, row, typed_gap)) return false;
  std::vector<double> places, steps;
  for (const auto i : row) places.push_back(pieces[i].middle().x);
  std::ranges::sort(places);
  for (std::size_t i = 1; i < places.size(); ++i) steps.push_back(places[i] - places[i - 1]);
  const double usual = median_of(steps);
  const auto even = [&](double step) {
    const double whole = std::max(1.0, std::round(step / usual));
    return std::abs(step - whole * usual) < most_off * usual;
  };
  return std::ranges::all_of(steps, even);
}

bool reads_as_writing(const std::vector<Piece>& pieces, const Row& row) {
  std::vector<double> widths;
  std::size_t formed = 0;
  for (const auto i : row) {
    widths.push_back(pieces[i].box.width);
    formed += pieces[i].length > letter_line * std::max(pieces[i].box.width, pieces[i].box.height);
  }
  if (5 * formed < 2 * row.size()) return false;
  const double variation = variation_of(widths);
  return variation > least_variation || (variation > least_variation / 2 && is_tight(pieces, row));
}

// How far letters of a row reach above the top of the usual letter and below its foot, in heights.
struct Reach {
  double above = 0, below = 0;
};

Reach reach_of(const std::vector<Piece>& pieces, const Row& row) {
  std::vector<double> tops, feet;
  for (const auto i : row) tops.push_back(pieces[i].box.y), feet.push_back(pieces[i].box.br().y);
  const double top = median_of(tops), foot = median_of(feet), high = std::max(1.0, foot - top);
  Reach reach;
  for (std::size_t i = 0; i < row.size(); ++i) {
    reach.above += std::max(0.0, top - tops[i]) / high;
    reach.below += std::max(0.0, feet[i] - foot) / high;
  }
  return reach;
}

}  // namespace

Writing find_writing(const Pieces& pieces, cv::Size page) {
  Writing writing;
  writing.pieces.assign(pieces.all.size(), false);
  std::vector<std::size_t> candidates;
  const auto pointed = pointed_at(pieces);
  double all_ink = 0, ink = 0;
  for (std::size_t i = 0; i < pieces.all.size(); ++i) {
    all_ink += pieces.all[i].ink;
    if (!pointed[i] && letter_sized(pieces.all[i], page) && !frames_others(pieces, i))
      candidates.push_back(i);
  }
  if (candidates.size() < least_letters || candidates.size() > most_pieces) return writing;
  const bool only_small = std::ranges::none_of(
      pieces.all, [&](const Piece& piece) { return larger_than_a_mark(piece.box, page); });
  Reach reach;
  for (const Row& row : Rows(pieces.all, std::move(candidates)).run()) {
    if (!reads_as_writing(pieces.all, row) || (only_small && keeps_step(pieces.all, row))) continue;
    ++writing.rows;
    writing.letters += static_cast<int>(row.size());
    const Reach more = reach_of(pieces.all, row);
    reach.above += more.above, reach.below += more.below;
    for (const auto i : row) writing.pieces[i] = true, ink += pieces.all[i].ink;
  }
  writing.share = all_ink > 0 ? ink / all_ink : 0;
  for (const auto i : short_words(pieces, writing.rows, writing.pieces))
    if (!pointed[i]) writing.pieces[i] = true;
  writing.upside_down = writing.letters >= 60 && reach.below > 1.6 * reach.above;
  return writing;
}

}  // namespace doodled::sight

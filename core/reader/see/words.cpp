#include "core/reader/see/words.hpp"

#include <algorithm>
#include <iterator>

namespace doodled::sight {
namespace {

constexpr int least_rows = 3;
constexpr double lowest = 0.4, highest = 1.7, widest = 6;  // of the usual letter's height
constexpr double dot = 0.5, dot_gap = 0.8;
constexpr double tight = 0.6;                 // the gap between letters; steps stand further apart
constexpr double dash = 1.6, straight = 1.8;  // wide for its height, and with no more line than an arrow has

double usual_height(const Pieces& pieces, const std::vector<bool>& written) {
  std::vector<int> heights;
  for (std::size_t i = 0; i < written.size(); ++i)
    if (written[i]) heights.push_back(pieces.all[i].height());
  const auto middle = heights.begin() + static_cast<long>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return *middle;
}

bool is_dash(const Piece& piece) {
  return piece.box.width > dash * piece.box.height && piece.length < straight * piece.box.width;
}

bool like_letter(const Piece& piece, double letter) {
  return piece.height() >= lowest * letter && piece.height() <= highest * letter &&
         piece.box.width <= widest * letter && !is_dash(piece);
}

int gap(int from, int until, int other_from, int other_until) {
  return std::max(from, other_from) - std::min(until, other_until);
}

int gap_across(const cv::Rect& a, const cv::Rect& b) { return gap(a.x, a.br().x, b.x, b.br().x); }
int gap_down(const cv::Rect& a, const cv::Rect& b) { return gap(a.y, a.br().y, b.y, b.br().y); }

bool in_one_word(const cv::Rect& a, const cv::Rect& b, double letter) {
  return -2 * gap_down(a, b) >= std::min(a.height, b.height) && gap_across(a, b) <= tight * letter;
}

bool is_dot_of(const cv::Rect& piece, const cv::Rect& word, double letter) {
  return std::max(piece.width, piece.height) <= dot * letter && gap_across(piece, word) <= 0 &&
         gap_down(piece, word) <= dot_gap * letter;
}

template <class Belongs>
std::vector<std::size_t> beside(const std::vector<std::size_t>& some, const std::vector<std::size_t>& words,
                                Belongs belongs) {
  std::vector<std::size_t> found;
  std::ranges::copy_if(some, std::back_inserter(found), [&](std::size_t piece) {
    return std::ranges::any_of(words,
                               [&](std::size_t word) { return word != piece && belongs(piece, word); });
  });
  return found;
}

}  // namespace

std::vector<std::size_t> short_words(const Pieces& pieces, int rows, const std::vector<bool>& written) {
  if (rows < least_rows) return {};
  const double letter = usual_height(pieces, written);
  const auto box = [&](std::size_t i) -> const cv::Rect& { return pieces.all[i].box; };
  std::vector<std::size_t> rest, letters, words;
  for (std::size_t i = 0; i < pieces.all.size(); ++i) {
    if (written[i] || like_letter(pieces.all[i], letter)) letters.push_back(i);
    (written[i] ? words : rest).push_back(i);
  }
  std::vector<std::size_t> candidates;
  std::ranges::set_intersection(rest, letters, std::back_inserter(candidates));
  auto found =
      beside(candidates, letters, [&](auto a, auto b) { return in_one_word(box(a), box(b), letter); });
  words.insert(words.end(), found.begin(), found.end());
  for (const auto i : beside(rest, words, [&](auto a, auto b) { return is_dot_of(box(a), box(b), letter); }))
    if (std::ranges::find(found, i) == found.end()) found.push_back(i);
  return found;
}

}  // namespace doodled::sight

#include "core/reader/see/rim.hpp"

#include <algorithm>
#include <array>

namespace doodled::sight {
namespace {

constexpr double band = 0.04, contact = 1.0 / 6;

// Pixels of each piece on the outermost two rows and columns, by side: top, bottom, left, right.
std::vector<std::array<int, 4>> contacts_of(const Pieces& pieces, cv::Size sheet) {
  std::vector<std::array<int, 4>> contacts(pieces.all.size(), {0, 0, 0, 0});
  for (const Run& run : pieces.runs) {
    auto& [top, bottom, left, right] = contacts[run.piece];
    const auto holds = [&run](int x) { return run.from <= x && x < run.until; };
    if (run.y == 1) top += run.until - run.from;
    if (run.y == sheet.height - 2) bottom += run.until - run.from;
    left += holds(1), right += holds(sheet.width - 2);
  }
  return contacts;
}

bool keeps_to_side(const cv::Rect& box, cv::Size sheet) {
  const double x = band * sheet.width, y = band * sheet.height;
  return box.br().x < x || box.br().y < y || box.x > sheet.width - x || box.y > sheet.height - y;
}

}  // namespace

std::vector<bool> find_rim(const Pieces& pieces, cv::Size sheet) {
  std::vector<bool> rim(pieces.all.size(), false);
  if (std::min(sheet.width, sheet.height) < 4) return rim;
  const auto contacts = contacts_of(pieces, sheet);
  for (std::size_t i = 0; i < rim.size(); ++i) {
    const auto& touch = contacts[i];
    rim[i] = keeps_to_side(pieces.all[i].box, sheet) ||
             std::max(touch[0], touch[1]) > contact * sheet.width ||
             std::max(touch[2], touch[3]) > contact * sheet.height;
  }
  return rim;
}

}  // namespace doodled::sight

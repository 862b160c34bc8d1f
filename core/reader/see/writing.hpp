// Writing on the page, by hand or printed: rows of small marks of many forms.
#pragma once
#include "core/reader/see/pieces.hpp"

namespace doodled::sight {

struct Writing {
  std::vector<bool> pieces;  // which of them are letters or words
  int rows = 0, letters = 0;
  double share = 0;          // of all ink that is in rows, 0..1
  bool upside_down = false;  // more reaches below the rows than above: known of longer texts only
  // Hardly anything else is on the page.
  bool fills_page() const { return rows >= 3 && letters >= 24 && share > 0.7; }
};

// A row holds at least four pieces side by side that are at most 5.5 % of the page high, of like height, of
// different width (or closer together than steps are), and many of more line than a dash or a dot has. Boxes
// around words, lines and arrows are none of them. Beside the rows: short_words().
Writing find_writing(const Pieces& pieces, cv::Size page);

}  // namespace doodled::sight

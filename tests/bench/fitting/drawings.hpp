// Collections of drawings by many hands, as their publishers store them.
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

#include "core/image/raster.hpp"
#include "tests/bench/reading/page.hpp"

namespace doodled::bench {

struct Drawing {
  std::string name;           // as the corpus names it, without folder and ending
  std::string source;         // the collection
  std::string label;          // what the drawer was asked for
  std::vector<Line> strokes;  // within -1..1; empty when it is a picture
  std::filesystem::path picture;
  cv::Mat ink;  // or a small raster: 0..1, floats
};

// Moved and scaled into -1..1.
void fit(std::vector<Line>& strokes);

// Below `folder`: `quickdraw/*.ndjson` (Quick, Draw!, simplified or raw), `quickdraw400/**/WORD_*.svg` (the
// same, simplified, a drawing a file), `quickdraw28/*.ndjson` (the same in rasters of 28 by 28, without the
// drawings that quickdraw/ begins with), `unistroke/**/*.xml` (gesture logs
// of the $1 recognizer) and `hds/**/images/LABEL/*.png` (Hand-drawn Shapes). In the order of their paths.
void each_drawing(const std::filesystem::path& folder, const std::function<void(Drawing)>& take);

}  // namespace doodled::bench

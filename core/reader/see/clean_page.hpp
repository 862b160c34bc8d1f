// A page of clean ink on white that is looked at again and again while it grows: only what changed since the
// last look is looked at anew, and what is found is the same as if the page had come whole.
#pragma once
#include <opencv2/core.hpp>

#include "core/reader/see/ink.hpp"
#include "core/reader/see/ink_cut.hpp"
#include "core/reader/see/thin.hpp"

namespace doodled::sight {

class CleanPage {
 public:
  void look_at(const cv::Mat& rgb);

  // Whose pixels are not to be changed; the pen is not measured yet.
  const Ink& ink() const { return ink_; }
  const cv::Mat& lines() const { return lines_; }
  // shrunk() of the page.
  cv::Mat shrunk_to(int side) const;

 private:
  void begin(cv::Size size);
  void blur(const cv::Rect& changed);
  void halve(const cv::Rect& changed);

  cv::Mat rgb_, half_;  // what was looked at last, as it came and of half its size
  cv::Mat sharp_;       // its darkness before it is blurred
  Histogram counts_{};  // of the blurred
  Ink ink_;
  Thinner thinner_;
  cv::Mat lines_;
  bool whole_ = false;  // what fails half-way is not gone on from
};

// Of a page that is looked at once.
Ink find_clean_ink(const cv::Mat& rgb);

}  // namespace doodled::sight

// Generated pages: a drawing with known truth, put on paper and photographed. All of it follows from a seed.
#pragma once
#include <opencv2/core.hpp>

#include "core/base/random.hpp"
#include "core/image/raster.hpp"

namespace doodled::bench {

using Line = std::vector<cv::Point2d>;  // in pixels of the page

enum class Paper { plain, ruled, squared };

// How the page is photographed. All zero: a clean export.
struct Shot {
  double rotation = 0;  // degrees
  double keystone = 0;  // degrees of tilt away from the camera
  double shadow = 0;    // how much light the shadow takes, 0..1
  double noise = 0;     // standard deviation in grey levels
  double desk = 0;      // share of the picture around the page that shows the desk
  int quality = 0;      // of JPEG compression, 1..100; 0 none
  double blur = 0;      // out of focus, pixels
  double grain = 0;     // of the paper, grey levels
  bool warm = false;    // lamp light
};

class Page {
 public:
  Page(int width, int height, Paper paper, std::uint64_t seed);

  // A stroke with a hand's tremor: `tremor` pixels of slow wander.
  void draw(const Line& line, double pen, double tremor = 0, cv::Scalar colour = {40, 35, 35});
  Raster shoot(const Shot& shot);
  Random& random() { return random_; }
  double between(double least, double most) { return least + (most - least) * random_.unit(); }

 private:
  cv::Mat paper_;
  Random random_;
};

// A phone's photograph of the page with everything within these bounds drawn by chance.
Shot phone_shot(Page& page, double rotation, double shadow);

Raster raster_of(const cv::Mat& rgb);

}  // namespace doodled::bench

#include "tests/bench/reading/page.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "tests/bench/reading/jpeg.hpp"

namespace doodled::bench {
namespace {

constexpr int fraction_bits = 4;

void print_lines(cv::Mat& paper, int step, bool squared) {
  const cv::Scalar blue(196, 208, 226);
  for (int y = step / 2; y < paper.rows; y += step) cv::line(paper, {0, y}, {paper.cols, y}, blue, 1);
  if (!squared) return;
  for (int x = step / 2; x < paper.cols; x += step) cv::line(paper, {x, 0}, {x, paper.rows}, blue, 1);
}

// Sum of a few slow sines: how a hand wanders along a stroke.
class Wander {
 public:
  Wander(Random& random, double size) : size_(size) {
    for (double& phase : phases_) phase = random.unit() * 2 * CV_PI;
  }
  double at(double t) const {
    return size_ * (0.6 * std::sin(0.021 * t + phases_[0]) + 0.4 * std::sin(0.057 * t + phases_[1]));
  }

 private:
  double size_;
  double phases_[2] = {};
};

cv::Mat tilted(const cv::Mat& page, const Shot& shot) {
  const double width = page.cols, height = page.rows, border = shot.desk * std::max(width, height);
  const cv::Size size(cvRound(width + 2 * border), cvRound(height + 2 * border));
  const double angle = shot.rotation * CV_PI / 180, narrow = std::tan(shot.keystone * CV_PI / 180) * 0.35;
  std::vector<cv::Point2f> from, to;
  for (const cv::Point2d corner : {cv::Point2d(-1, -1), {1, -1}, {1, 1}, {-1, 1}}) {
    const double shrink = 1 + narrow * corner.y * 0.5;
    const double x = corner.x * width / 2 * shrink,
                 y = corner.y * height / 2 * std::cos(shot.keystone * CV_PI / 180);
    from.emplace_back((corner.x + 1) * width / 2, (corner.y + 1) * height / 2);
    to.emplace_back(size.width / 2.0 + x * std::cos(angle) - y * std::sin(angle),
                    size.height / 2.0 + x * std::sin(angle) + y * std::cos(angle));
  }
  cv::Mat shown;
  const bool desk = shot.desk > 0;
  cv::warpPerspective(page, shown, cv::getPerspectiveTransform(from, to), size, cv::INTER_AREA,
                      desk ? cv::BORDER_CONSTANT : cv::BORDER_REPLICATE, {92, 66, 48});
  return shown;
}

// A soft-edged shadow across a corner, and light that falls off to one side.
void light(cv::Mat& picture, const Shot& shot, Random& random) {
  const double side = random.unit() * 2 * CV_PI, edge = 0.1 + 0.3 * random.unit(),
               soft = 0.02 + 0.1 * random.unit();
  for (int y = 0; y < picture.rows; ++y)
    for (int x = 0; x < picture.cols; ++x) {
      const double u = (double(x) / picture.cols - 0.5) * std::cos(side) +
                       (double(y) / picture.rows - 0.5) * std::sin(side);
      const double dim = shot.shadow / (1 + std::exp(-(u - edge + 0.3) / soft));
      const double all = (1 - dim) * (1 - 0.25 * shot.shadow * (u + 0.5));
      const cv::Vec3d tint = shot.warm ? cv::Vec3d(1, 0.95, 0.84) : cv::Vec3d(1, 1, 1);
      auto& pixel = picture.at<cv::Vec3b>(y, x);
      for (int c = 0; c < 3; ++c) pixel[c] = cv::saturate_cast<uchar>(pixel[c] * all * tint[c]);
    }
}

void add_noise(cv::Mat& picture, double deviation, Random& random) {
  for (auto it = picture.begin<cv::Vec3b>(); it != picture.end<cv::Vec3b>(); ++it)
    for (int c = 0; c < 3; ++c) {
      const double bell =
          random.unit() + random.unit() + random.unit() + random.unit() - 2;  // deviation 0.577
      (*it)[c] = cv::saturate_cast<uchar>((*it)[c] + bell / 0.577 * deviation);
    }
}

// Cloudy paper: slow differences of brightness, as of fibres and crumples.
void add_grain(cv::Mat& picture, double size, Random& random) {
  cv::Mat coarse(picture.rows / 6 + 1, picture.cols / 6 + 1, CV_32F), fine;
  for (auto it = coarse.begin<float>(); it != coarse.end<float>(); ++it)
    *it = static_cast<float>((2 * random.unit() - 1) * size);
  cv::resize(coarse, fine, picture.size(), 0, 0, cv::INTER_CUBIC);
  for (int y = 0; y < picture.rows; ++y)
    for (int x = 0; x < picture.cols; ++x)
      for (int c = 0; c < 3; ++c) {
        auto& value = picture.at<cv::Vec3b>(y, x)[c];
        value = cv::saturate_cast<uchar>(value + fine.at<float>(y, x));
      }
}

}  // namespace

Page::Page(int width, int height, Paper paper, std::uint64_t seed)
    : paper_(height, width, CV_8UC3, cv::Scalar(250, 249, 246)), random_(seed) {
  if (paper != Paper::plain) print_lines(paper_, 26 + random_.below(18), paper == Paper::squared);
}

void Page::draw(const Line& line, double pen, double tremor, cv::Scalar colour) {
  const Wander across(random_, tremor), up(random_, tremor);
  double way = 0;
  std::vector<cv::Point> points;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (i > 0) way += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    points.emplace_back(cvRound((line[i].x + across.at(way)) * (1 << fraction_bits)),
                        cvRound((line[i].y + up.at(way)) * (1 << fraction_bits)));
  }
  cv::polylines(paper_, points, false, colour, std::max(1, cvRound(pen)), cv::LINE_AA, fraction_bits);
}

Raster Page::shoot(const Shot& shot) {
  cv::Mat picture = paper_.clone();
  if (shot.grain > 0) add_grain(picture, shot.grain, random_);
  if (shot.rotation != 0 || shot.keystone != 0 || shot.desk > 0) picture = tilted(picture, shot);
  if (shot.shadow > 0 || shot.warm) light(picture, shot, random_);
  if (shot.blur > 0) cv::GaussianBlur(picture, picture, {0, 0}, shot.blur);
  if (shot.noise > 0) add_noise(picture, shot.noise, random_);
  if (shot.quality > 0) compress(picture, shot.quality);
  return raster_of(picture);
}

Shot phone_shot(Page& page, double rotation, double shadow) {
  Shot shot;
  shot.rotation = rotation * (page.random().below(2) ? 1 : -1);
  shot.keystone = page.between(0, rotation);
  shot.shadow = shadow;
  shot.noise = page.between(1, 4);
  shot.blur = page.between(0, 1.1);
  shot.grain = page.between(0, 3);
  shot.quality = 60 + page.random().below(36);
  shot.desk = 0.12;
  shot.warm = page.random().below(2) == 0;
  return shot;
}

Raster raster_of(const cv::Mat& rgb) {
  Raster raster;
  cv::Mat fit = rgb;
  if (const int side = std::max(rgb.cols, rgb.rows); side > 1280)
    cv::resize(rgb, fit, {}, 1280.0 / side, 1280.0 / side, cv::INTER_AREA);
  raster.width = raster.source_width = fit.cols;
  raster.height = raster.source_height = fit.rows;
  const cv::Mat solid = fit.isContinuous() ? fit : fit.clone();
  raster.pixels.assign(solid.data, solid.data + solid.total() * 3);
  return raster;
}

}  // namespace doodled::bench

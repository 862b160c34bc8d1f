#include "core/reader/see/photo_palette.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/lab.hpp"
#include "core/reader/see/shrink.hpp"

namespace doodled::sight {
namespace {

constexpr double full_chroma = 60;  // a strongly coloured picture's mean
constexpr double warmest_hue = 55;  // degrees: orange in CIELAB
constexpr int hue_bins = 36;
constexpr int colours = 5;
constexpr int rounds = 2;  // more of them wander off to what is rare

// All pixels, which lie in one piece.
std::span<const cv::Vec3f> pixels_of(const cv::Mat& lab) {
  CV_Assert(lab.isContinuous() && lab.type() == CV_32FC3);
  return {lab.ptr<cv::Vec3f>(), lab.total()};
}

std::size_t hue_bin(double a, double b) {
  return static_cast<std::size_t>((std::atan2(b, a) / CV_PI + 1) * hue_bins / 2) % hue_bins;
}

// Chroma, added up by hue.
std::vector<cv::Vec2d> hues_of(const cv::Mat& lab) {
  std::vector<cv::Vec2d> bins(hue_bins);
  cv::Vec3f last;  // neighbours on paper are alike
  std::size_t bin = hue_bin(last[1], last[2]);
  for (const auto& p : pixels_of(lab)) {
    if (p != last) last = p, bin = hue_bin(p[1], p[2]);
    bins[bin] += cv::Vec2d(p[1], p[2]);
  }
  return bins;
}

// The hue with most chroma in 50 degrees around it, refined to the mean direction in there.
double dominant_hue(const cv::Mat& lab) {
  const auto bins = hues_of(lab);
  const auto bin = [&](int i) { return bins[static_cast<std::size_t>((i + hue_bins) % hue_bins)]; };
  cv::Vec2d best;
  for (int i = 0; i < hue_bins; ++i) {
    cv::Vec2d sum;
    for (int d = -2; d <= 2; ++d) sum += bin(i + d);
    if (cv::norm(sum) > cv::norm(best)) best = sum;
  }
  const double angle = std::atan2(best[1], best[0]) * 180 / CV_PI;
  return angle < 0 ? angle + 360 : angle;
}

struct Cluster {
  cv::Vec3f colour;
  cv::Vec3d sum;
  int count = 0;
};

// Seeds: the means of equal shares of the picture, from its darkest to its lightest, which more or less light
// does not change places of.
std::vector<Cluster> seeds_of(std::vector<cv::Vec3f> pixels) {
  std::ranges::stable_sort(pixels, {}, [](const cv::Vec3f& lab) { return lab[0]; });
  std::vector<Cluster> seeds;
  const std::size_t count = std::min<std::size_t>(colours, pixels.size());
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t from = i * pixels.size() / count, until = (i + 1) * pixels.size() / count;
    cv::Vec3d sum;
    for (std::size_t k = from; k < until; ++k) sum += cv::Vec3d(pixels[k]);
    const cv::Vec3f mean(sum / static_cast<double>(until - from));
    if (seeds.empty() || cv::norm(mean - seeds.back().colour) >= 2) seeds.push_back({mean, {}, 0});
  }
  return seeds;
}

void assign(const std::vector<cv::Vec3f>& pixels, std::vector<Cluster>& clusters) {
  for (auto& c : clusters) c.sum = {}, c.count = 0;
  for (const auto& p : pixels) {
    const auto near =
        std::min_element(clusters.begin(), clusters.end(), [&](const Cluster& a, const Cluster& b) {
          return cv::norm(p - a.colour, cv::NORM_L2SQR) < cv::norm(p - b.colour, cv::NORM_L2SQR);
        });
    near->sum += cv::Vec3d(p);
    ++near->count;
  }
  for (auto& c : clusters)
    if (c.count > 0) c.colour = cv::Vec3f(c.sum / static_cast<double>(c.count));
}

void measure_colours(const cv::Mat& lab, PhotoFeatures& photo) {
  const cv::Mat tiny = shrunk(lab, 48);
  const auto all = pixels_of(tiny);
  const std::vector<cv::Vec3f> pixels(all.begin(), all.end());
  auto clusters = seeds_of(pixels);
  for (int i = 0; i < rounds; ++i) assign(pixels, clusters);
  std::stable_sort(clusters.begin(), clusters.end(),
                   [](const Cluster& a, const Cluster& b) { return a.count > b.count; });
  for (const auto& c : clusters)
    if (c.count > 0) photo.palette.push_back(rgb_of(c.colour));
}

}  // namespace

void measure_palette(const cv::Mat& lab, PhotoFeatures& photo) {
  double chroma_sum = 0, warm_sum = 0;
  for (const auto& p : pixels_of(lab)) {
    const double a = p[1], b = p[2], chroma = std::sqrt(a * a + b * b);
    chroma_sum += chroma;
    warm_sum += a * std::cos(warmest_hue * CV_PI / 180) + b * std::sin(warmest_hue * CV_PI / 180);
  }
  const double count = static_cast<double>(lab.total());
  photo.saturation = std::clamp(chroma_sum / count / full_chroma, 0.0, 1.0);
  photo.warmth = std::clamp(0.5 + warm_sum / count / full_chroma / 2, 0.0, 1.0);
  photo.hue_degrees = chroma_sum / count < 0.5 ? 0 : dominant_hue(lab);
  measure_colours(lab, photo);
}

}  // namespace doodled::sight

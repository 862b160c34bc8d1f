#include "core/reader/see/sheet.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/colourless.hpp"
#include "core/reader/see/polygon_fit.hpp"
#include "core/reader/see/sheet_edges.hpp"
#include "core/reader/see/shrink.hpp"

namespace doodled::sight {
namespace {

constexpr int search_side = 320;
constexpr double least_area = 0.2, most_area = 0.97;  // of the picture
constexpr double straightness = 0.008;                // error of the four sides over the root of the area
constexpr double least_step = 14;                     // grey levels between sheet and ground
constexpr double rim = 0.012;                         // of the sheet, left out on each side

std::vector<cv::Mat> grey_and_darkest(const cv::Mat& rgb) {
  cv::Mat grey;
  cv::cvtColor(rgb, grey, cv::COLOR_RGB2GRAY);
  return {grey, darkest_channel(rgb)};
}

// Brightness in which a sheet stands out: grey, and where there are colours the darkest channel, which brown
// and coloured ground lacks. Strokes on the sheet are closed over.
std::vector<cv::Mat> brightness_of(const cv::Mat& rgb) {
  auto pictures = is_colourless(rgb) ? std::vector{one_channel(rgb)} : grey_and_darkest(rgb);
  for (cv::Mat& picture : pictures) {
    cv::morphologyEx(picture, picture, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {9, 9}));
    cv::GaussianBlur(picture, picture, {5, 5}, 0);
  }
  return pictures;
}

// Of the largest area, where it is not frayed and may be a sheet.
Path largest_hull(const cv::Mat& bright) {
  std::vector<std::vector<cv::Point>> contours;
  cv::findContours(bright, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
  const std::vector<cv::Point>* largest = nullptr;
  double most = 0;
  for (const auto& contour : contours)
    if (const double area = cv::contourArea(contour); area > most) most = area, largest = &contour;
  Path hull;
  if (!largest || most > most_area * static_cast<double>(bright.total()))
    return hull;  // its hull is no smaller
  cv::convexHull(Path(largest->begin(), largest->end()), hull);
  if (most < 0.88 * std::abs(signed_area(hull))) hull.clear();
  return hull;
}

// A frame that was drawn is bright along its sides alone.
bool is_filled(const cv::Mat& bright, const Path& hull) {
  cv::Mat inside = cv::Mat::zeros(bright.size(), CV_8U);
  cv::fillConvexPoly(inside, std::vector<cv::Point>(hull.begin(), hull.end()), 255);
  return 2 * cv::countNonZero(inside & bright) > cv::countNonZero(inside);
}

// All sides within the picture: one that coincides with the frame is a cut, not the paper's edge.
bool inside_frame(const Path& corners, cv::Size size) {
  const float edge = 0.006F * static_cast<float>(std::max(size.width, size.height)) + 1;
  for (std::size_t i = 0; i < 4; ++i) {
    const cv::Point2f m = (corners[i] + corners[(i + 1) % 4]) * 0.5F;
    if (m.x < edge || m.y < edge || m.x > static_cast<float>(size.width) - edge ||
        m.y > static_cast<float>(size.height) - edge)
      return false;
  }
  return true;
}

Path from_top_left(Path corners) {
  if (signed_area(corners) < 0) std::reverse(corners.begin(), corners.end());
  const auto first = std::min_element(corners.begin(), corners.end(),
                                      [](cv::Point2f a, cv::Point2f b) { return a.x + a.y < b.x + b.y; });
  std::rotate(corners.begin(), first, corners.end());
  return corners;
}

bool roughly_upright(const Path& c) {
  const cv::Point2f along = (c[1] + c[2]) - (c[0] + c[3]), down = (c[2] + c[3]) - (c[0] + c[1]);
  return angle_between(along, {1, 0}) < 40 && angle_between(down, {0, 1}) < 40;
}

// Mean brightness a little inside and outside of each side differ.
bool stands_out(const cv::Mat& grey, const Path& corners) {
  const cv::Point2f centre = centre_of(corners);
  const auto level = [&](cv::Point2f p) {
    return double(grey.at<uchar>(std::clamp(cvRound(p.y), 0, grey.rows - 1),
                                 std::clamp(cvRound(p.x), 0, grey.cols - 1)));
  };
  for (std::size_t i = 0; i < 4; ++i) {
    double step = 0;
    for (int k = 1; k <= 9; ++k) {
      const cv::Point2f p = corners[i] + (corners[(i + 1) % 4] - corners[i]) * (0.1F * static_cast<float>(k));
      const cv::Point2f in = unit(centre - p) * 5.F;
      step += (level(p + in) - level(p - in)) / 9;
    }
    if (step < least_step) return false;
  }
  return true;
}

Sheet cut_out(const cv::Mat& rgb, const Path& corners) {
  Sheet sheet;
  sheet.corners = corners;
  const double wide = (distance(corners[0], corners[1]) + distance(corners[3], corners[2])) / 2;
  const double high = (distance(corners[0], corners[3]) + distance(corners[1], corners[2])) / 2;
  const cv::Size size(std::max(32, cvRound((1 - 2 * rim) * wide)),
                      std::max(32, cvRound((1 - 2 * rim) * high)));
  const auto w = static_cast<float>(size.width), h = static_cast<float>(size.height);
  constexpr auto out = static_cast<float>(rim / (1 - 2 * rim));
  const Path flat{
      {-out * w, -out * h}, {w + out * w, -out * h}, {w + out * w, h + out * h}, {-out * w, h + out * h}};
  const cv::Mat back = cv::getPerspectiveTransform(flat, corners);
  sheet.to_picture = cv::Matx33d(back.ptr<double>());
  cv::warpPerspective(rgb, sheet.rgb, back, size, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                      cv::BORDER_REPLICATE);
  return sheet;
}

}  // namespace

namespace {

// The four corners of a bright area, when it looks like a sheet.
std::optional<Path> sheet_of(const cv::Mat& bright, const cv::Mat& brightness) {
  const Path hull = largest_hull(bright);
  const double pixels = static_cast<double>(brightness.total()), area = std::abs(signed_area(hull)) / pixels;
  if (hull.size() < 4 || area < least_area || area > most_area || !is_filled(bright, hull))
    return std::nullopt;
  const auto fit = fit_polygons(resample(hull, 96, true))[4];
  if (fit.corners.size() != 4 || fit.error > straightness * std::sqrt(area * pixels) + 0.4)
    return std::nullopt;
  Path corners = from_top_left(fit.corners);
  if (!inside_frame(corners, brightness.size()) || !roughly_upright(corners) ||
      !stands_out(brightness, corners))
    return std::nullopt;
  return corners;
}

// An area that may be the sheet. One with edges all around comes first, as bright ground beside a sheet makes
// it larger than it is; then the largest, as the edge of a shadow can look like that of a sheet.
struct Candidate {
  Path corners;
  bool clear = false;

  auto rank() const { return std::pair(clear, signed_area(corners)); }
};

// Otsu's threshold, and lower ones for sheets that lie partly in shadow.
std::optional<Path> search(const cv::Mat& rgb) {
  constexpr double reach = 3;
  Candidate best;
  for (const cv::Mat& brightness : brightness_of(rgb)) {
    cv::Mat bright;
    const double middle = cv::threshold(brightness, bright, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    int seen = -1;  // bright pixels; as many again are the same ones
    for (const double share : {1.0, 0.85, 0.72, 0.6, 0.5, 0.4}) {
      cv::threshold(brightness, bright, share * middle, 255, cv::THRESH_BINARY);
      const int pixels = cv::countNonZero(bright);
      if (std::exchange(seen, pixels) == pixels) continue;
      auto corners = sheet_of(bright, brightness);
      if (!corners) continue;
      Candidate found{*corners, has_clear_edges(rgb, *corners, reach)};
      if (best.corners.empty() || found.rank() > best.rank()) best = std::move(found);
    }
  }
  return best.corners.empty() ? std::nullopt : std::optional(best.corners);
}

}  // namespace

cv::Mat darkest_channel(const cv::Mat& rgb) {
  std::vector<cv::Mat> channels;
  cv::split(rgb, channels);
  return cv::min(cv::min(channels[0], channels[1]), channels[2]);
}

cv::Mat shrunk_for_sheets(const cv::Mat& rgb) { return shrunk(rgb, search_side); }

std::optional<Sheet> find_sheet(const cv::Mat& rgb, const cv::Mat& small, Tone tone) {
  const auto brightened = [tone](const cv::Mat& picture) {
    return tone == Tone::dark ? cv::Mat(cv::Scalar::all(255) - picture) : picture;
  };
  const double scale = std::min(1.0, double(search_side) / std::max(rgb.cols, rgb.rows));
  auto corners = search(brightened(small));
  if (!corners) return std::nullopt;
  const auto up = static_cast<float>(1 / scale);
  for (auto& c : *corners) c = (c + cv::Point2f(0.5F, 0.5F)) * up - cv::Point2f(0.5F, 0.5F);
  constexpr double unsure = 4;  // pixels of the search: bright paper swells in it
  return cut_out(rgb, sharpened(brightened(rgb), *corners, unsure / scale));
}

}  // namespace doodled::sight

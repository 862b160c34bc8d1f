#include "core/reader/see/paper_lines.hpp"

#include <doctest/doctest.h>
#include <opencv2/imgproc.hpp>

using namespace doodled::sight;

namespace {

constexpr int print = 30, pen = 180, ground = 250;

// Darkness of squared paper with a raster drawn on its lines and one beside them.
cv::Mat squared_page() {
  cv::Mat dark = cv::Mat::zeros(600, 800, CV_8U);
  for (int y = 12; y < dark.rows; y += 24) cv::line(dark, {0, y}, {dark.cols, y}, print, 1);
  for (int x = 12; x < dark.cols; x += 24) cv::line(dark, {x, 0}, {x, dark.rows}, print, 1);
  cv::rectangle(dark, {156, 156}, {660, 444}, pen, 3);
  cv::line(dark, {156, 300}, {660, 300}, pen, 3);
  cv::line(dark, {400, 156}, {400, 444}, pen, 3);
  return dark;
}

cv::Mat ruled_page() {
  cv::Mat dark = cv::Mat::zeros(600, 800, CV_8U);
  for (int y = 12; y < dark.rows; y += 24) cv::line(dark, {0, y}, {dark.cols, y}, print, 2);
  return dark;
}

// As far as a page that goes on outside of the picture would show.
cv::Mat leaning(const cv::Mat& page, double degrees) {
  cv::Mat wide, turned;
  cv::copyMakeBorder(page, wide, 240, 240, 240, 240, cv::BORDER_WRAP);
  const cv::Point2f middle(static_cast<float>(wide.cols) / 2, static_cast<float>(wide.rows) / 2);
  cv::warpAffine(wide, turned, cv::getRotationMatrix2D(middle, degrees, 1), wide.size());
  return turned({240, 240, page.cols, page.rows}).clone();
}

int drawn_pixels(const cv::Mat& dark) { return cv::countNonZero(dark > 100); }

}  // namespace

TEST_CASE("printed squares go, and a raster drawn along them stays") {
  cv::Mat dark = squared_page();
  const int drawn = drawn_pixels(dark);
  const PaperLines found = remove_paper_lines(dark);
  CHECK(found.across);
  CHECK(found.down);
  CHECK(found.spacing == doctest::Approx(24).epsilon(0.05));
  CHECK(drawn_pixels(dark) > 0.97 * drawn);
  CHECK(dark.at<uchar>(60, 90) == 0);
  CHECK(cv::countNonZero(dark) < 1.3 * drawn);
}

TEST_CASE("print that leans goes, too, and what was drawn on it stays") {
  for (const double degrees : {-14.0, -7.0, 5.0, 11.0, 16.0}) {
    CAPTURE(degrees);
    cv::Mat dark = leaning(ruled_page(), degrees);
    cv::circle(dark, {400, 300}, 120, pen, 3);
    const int drawn = drawn_pixels(dark);
    CHECK(remove_paper_lines(dark).across);
    CHECK(drawn_pixels(dark) > 0.97 * drawn);
    CHECK(cv::countNonZero(dark > 10) < 1.4 * drawn);
  }
}

TEST_CASE("print shows on light that falls unevenly") {
  cv::Mat dark = ruled_page();
  for (int x = 0; x < dark.cols; ++x) dark.col(x) += x / 40;
  cv::circle(dark, {400, 300}, 120, pen, 3);
  CHECK(remove_paper_lines(dark).across);
  CHECK(dark.at<uchar>(60, 700) < print);
}

TEST_CASE("a raster that was drawn to the sheet's edges on light that falls unevenly is no print") {
  cv::Mat dark = cv::Mat::zeros(600, 800, CV_8U);
  for (int y = 40; y < 580; y += 60) cv::line(dark, {0, y}, {800, y}, pen, 3);
  for (int x = 0; x < dark.cols; ++x) dark.col(x) += x / 40;
  const int drawn = drawn_pixels(dark);
  CHECK_FALSE(remove_paper_lines(dark, {true}).across);
  CHECK(drawn_pixels(dark) == drawn);
}

TEST_CASE("of a sheet that runs out of the picture the margins are those of its free box") {
  cv::Mat dark = ruled_page();
  dark.colRange(0, 160) = 0;
  CHECK_FALSE(remove_paper_lines(dark).across);
  CHECK(remove_paper_lines(dark, {false, {160, 0, 640, 600}}).across);
  CHECK(cv::countNonZero(dark) < 400);  // where lines begin
}

TEST_CASE("hatching that fills half of the page is no print") {
  cv::Mat dark = cv::Mat::zeros(600, 800, CV_8U);
  for (int y = 60; y < 560; y += 24) cv::line(dark, {60, y}, {420, y - 40}, pen, 3);
  const int drawn = drawn_pixels(dark);
  CHECK_FALSE(remove_paper_lines(dark).across);
  CHECK(drawn_pixels(dark) == drawn);
}

TEST_CASE("ground that is left along an edge of a sheet that was cut out does not pass for print") {
  for (const cv::Rect& left : {cv::Rect(0, 0, 14, 600), cv::Rect(786, 0, 14, 600), cv::Rect(0, 590, 800, 10),
                               cv::Rect(0, 0, 60, 600)}) {
    CAPTURE(left.x);
    CAPTURE(left.y);
    cv::Mat dark = squared_page();
    const int drawn = drawn_pixels(dark);
    dark(left).setTo(ground, dark(left));
    remove_paper_lines(dark, {true});
    dark(left).setTo(0);
    CHECK(drawn_pixels(dark) > 0.97 * drawn);
  }
}

TEST_CASE("a margin that is full of marks does not make ink pass for print") {
  cv::Mat dark = squared_page();
  dark = cv::min(dark, 110);  // the same in pencil
  const int drawn = cv::countNonZero(dark > 60);
  cv::Mat margin = dark.colRange(752, 800).rowRange(0, 300);
  margin.setTo(pen);
  remove_paper_lines(dark);
  margin.setTo(0);
  CHECK(cv::countNonZero(dark > 60) > 0.97 * drawn);
}

TEST_CASE("squares are printed with one ink: what lies on most of the lines that run across was drawn") {
  cv::Mat dark = squared_page();
  dark = cv::min(dark, 110);
  for (int y = 36; y < dark.rows; y += 48) cv::line(dark, {0, y}, {dark.cols, y}, 110, 1);
  const int drawn = cv::countNonZero(dark > 60);
  remove_paper_lines(dark);
  CHECK(cv::countNonZero(dark > 60) > 0.97 * drawn);
}

TEST_CASE("dashes in both margins of a plain page are no print, and take no shaft with them") {
  cv::Mat dark = cv::Mat::zeros(600, 800, CV_8U);
  for (int y = 60; y < 560; y += 70)
    for (const int x : {4, 710}) cv::line(dark, {x, y}, {x + 86, y}, pen, 3);
  cv::line(dark, {200, 270}, {600, 270}, pen, 3);
  const int drawn = drawn_pixels(dark);
  CHECK_FALSE(remove_paper_lines(dark).across);
  CHECK(drawn_pixels(dark) == drawn);
}

namespace {

// A raster of 16 columns that nearly fills the page, fainter than the marks in it, and squares printed so.
cv::Mat framed_page(int rows, int columns) {
  cv::Mat dark = cv::Mat::zeros(600, 800, CV_8U);
  const cv::Rect box(32, 24, 736, 552);
  for (int r = 0; r <= rows; ++r) {
    const int y = box.y + box.height * r / rows;
    cv::line(dark, {box.x, y}, {box.br().x, y}, 60, 1);
  }
  for (int c = 0; c <= columns; ++c) {
    const int x = box.x + box.width * c / columns;
    cv::line(dark, {x, box.y}, {x, box.br().y}, 60, 1);
  }
  for (int c = 1; c < columns; c += 3)
    cv::circle(dark, {box.x + box.width * (2 * c + 1) / (2 * columns), 300}, 12, pen, cv::FILLED);
  return dark;
}

}  // namespace

TEST_CASE("lines that end at a frame are a raster that was drawn, on a sheet that was cut out, too") {
  for (const bool cut_out : {false, true}) {
    CAPTURE(cut_out);
    cv::Mat dark = framed_page(8, 16);
    const cv::Mat before = dark.clone();
    const PaperLines found = remove_paper_lines(dark, {cut_out});
    CHECK_FALSE(found.across);
    CHECK_FALSE(found.down);
    CHECK(cv::countNonZero(dark != before) == 0);
  }
}

TEST_CASE("squares with a frame are print where they are as many as on squared paper") {
  cv::Mat dark = framed_page(32, 44);
  const PaperLines found = remove_paper_lines(dark, {true});
  CHECK(found.across);
  CHECK(found.down);
}

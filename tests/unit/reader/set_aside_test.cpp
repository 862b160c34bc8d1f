// What is on a page but is no drawing: writing, what a phone shows at the rim of its screen.
#include <doctest/doctest.h>

#include "core/reader/see/pieces.hpp"
#include "core/reader/see/see.hpp"
#include "core/reader/see/words.hpp"
#include "core/reader/see/writing.hpp"
#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

constexpr const char* verses[] = {
    "Shall I compare thee to a summer's day?",       "Thou art more lovely and more temperate:",
    "Rough winds do shake the darling buds of May,", "And summer's lease hath all too short a date;",
    "Sometime too hot the eye of heaven shines,",    "And often is his gold complexion dimm'd;"};

Canvas& write(Canvas& page, const char* text, cv::Point at, double size = 0.8) {
  cv::putText(page.pixels(), text, at, cv::FONT_HERSHEY_SIMPLEX, size, {30, 30, 30}, 2, cv::LINE_AA);
  return page;
}

Canvas page_of_verses() {
  Canvas page(1000, 700);
  int y = 120;
  for (const char* verse : verses) write(page, verse, {80, y}), y += 80;
  return page;
}

bool noted(const Reading& reading, const char* words) {
  for (const auto& note : reading.notes)
    if (note.find(words) != std::string::npos) return true;
  return false;
}

// Ink where there is no blank.
cv::Mat mask_of(const std::vector<std::string>& rows) {
  cv::Mat mask(static_cast<int>(rows.size()), static_cast<int>(rows[0].size()), CV_8U, cv::Scalar(0));
  for (int y = 0; y < mask.rows; ++y)
    for (int x = 0; x < mask.cols; ++x)
      if (rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] != ' ') mask.at<uchar>(y, x) = 255;
  return mask;
}

// A phone's screen with a circle drawn in the middle and what the phone shows around it.
Canvas screenshot() {
  Canvas screen(540, 1170);
  write(screen, "21:47", {30, 40}, 0.7);
  for (int i = 0; i < 4; ++i) screen.draw({{400 + 10 * i, 40}, {400 + 10 * i, 34 - 4 * i}}, 5);
  screen.draw({{460, 24}, {500, 24}, {500, 40}, {460, 40}}, 2, true);
  screen.draw({{180, 1150}, {360, 1150}}, 6);
  return screen;
}

}  // namespace

TEST_CASE("a piece is what touches, with corners too; pieces come by their first pixels") {
  cv::Mat mask = mask_of({"##   ##  #", " #  #   # ", " ### ##  #", "       #  ", "#         "});
  const cv::Mat lines = mask_of({"#         ", " #  #   # ", "          ", "          ", "          "});
  const auto pieces = sight::find_pieces(mask, lines);
  REQUIRE(pieces.all.size() == 3);
  CHECK(pieces.all[0].box == cv::Rect(0, 0, 8, 4));
  CHECK(pieces.all[0].ink == 12);
  CHECK(pieces.all[0].length == 3);
  CHECK(pieces.all[1].box == cv::Rect(8, 0, 2, 3));
  CHECK(pieces.all[2].box == cv::Rect(0, 4, 1, 1));
  sight::erase_pieces(pieces, {true, false, true}, mask);
  CHECK(cv::countNonZero(mask) == 3);
}

TEST_CASE("a page of writing is no drawing, and says so") {
  Canvas page = page_of_verses();
  for (const SeeMode mode : {SeeMode::automatic, SeeMode::drawing}) {
    const Reading reading = see(page.raster(), {mode});
    CHECK(reading.kind == PictureKind::nothing);
    CHECK(reading.shapes.empty());
    CHECK(reading.advice.find("writing") != std::string::npos);
  }
}

TEST_CASE("writing upside down is noticed") {
  Canvas page = page_of_verses();
  CHECK_FALSE(noted(see(page.raster()), "upside down"));
  cv::rotate(page.pixels().clone(), page.pixels(), cv::ROTATE_180);
  CHECK(noted(see(page.raster()), "upside down"));
}

TEST_CASE("a title beside a drawing is left out, the drawing is read") {
  Canvas page(1000, 700);
  const Reading reading = see(write(page.ring({500, 400}, 180), "My song of May", {380, 90}).raster());
  REQUIRE(reading.shapes.size() == 1);
  CHECK(reading.shapes[0].shape_class == ShapeClass::circle);
  CHECK(noted(reading, "writing"));
}

TEST_CASE("boxes with words in them and the arrows between them are no row of letters") {
  sight::Pieces pieces;
  const auto add = [&](cv::Rect box, int length) { pieces.all.push_back({box, 2 * length, length}); };
  int left = 100;
  for (const int width : {50, 110, 70, 120}) {
    add({left, 100, width, 50}, 2 * width + 100);
    add({left + width + 4, 118, 36, 10}, 50);
    left += width + 44;
  }
  const auto boxes = sight::find_writing(pieces, {1600, 600});
  CHECK(boxes.rows == 1);  // four forms and nothing in them: letters, as far as one sees
  CHECK_FALSE(boxes.pieces[1]);
  for (int i = 0; i < 4; ++i)
    for (const int x : {12, 30})
      add({pieces.all[static_cast<std::size_t>(2 * i)].box.x + x, 120, 10, 12}, 24);
  const auto words = sight::find_writing(pieces, {1600, 600});
  for (std::size_t i = 0; i < 8; ++i) CHECK_FALSE(words.pieces[i]);
}

TEST_CASE("where there is writing, two letters are a word, and what is small above one is its dot") {
  sight::Pieces pieces;
  const auto add = [&](cv::Rect box, int length) {
    pieces.all.push_back({box, 2 * length, length});
    return pieces.all.size() - 1;
  };
  std::vector<bool> written(5, true);
  for (int i = 0; i < 5; ++i) add({100 + 22 * i, 100, 16, 20}, 40);
  const auto dot = add({104, 88, 4, 4}, 4), first = add({400, 300, 16, 20}, 40),
             second = add({424, 302, 14, 22}, 35);
  add({600, 300, 16, 20}, 40), add({650, 300, 16, 20}, 40);    // steps: they stand apart
  add({214, 108, 90, 8}, 100);                                 // a line beside the writing
  add({230, 300, 60, 60}, 240), add({300, 300, 60, 60}, 240);  // figures
  written.resize(pieces.all.size(), false);
  CHECK(sight::short_words(pieces, 3, written) == std::vector<std::size_t>{first, second, dot});
  CHECK(sight::short_words(pieces, 2, written).empty());
}

TEST_CASE("marks in a row are no writing") {
  Canvas page(1000, 300);
  for (const int step : {0, 1, 3, 4, 8, 9, 10, 15})
    page.draw({{50 + 58 * step, 135}, {72 + 58 * step, 165}})
        .draw({{72 + 58 * step, 135}, {50 + 58 * step, 165}});
  const Reading reading = see(page.raster());
  CHECK(reading.grid);
  CHECK_FALSE(noted(reading, "writing"));
}

TEST_CASE("the status bar of a screenshot is left out") {
  Canvas screen = screenshot();
  const Reading reading = see(screen.ring({270, 600}, 150).raster());
  REQUIRE(reading.shapes.size() == 1);
  CHECK(reading.shapes[0].shape_class == ShapeClass::circle);
  CHECK(noted(reading, "status bar"));
}

TEST_CASE("a status bar of another colour is left out") {
  Canvas screen(540, 1170);
  cv::rectangle(screen.pixels(), {0, 0, 540, 50}, {40, 44, 60}, cv::FILLED);
  cv::putText(screen.pixels(), "21:47", {30, 36}, cv::FONT_HERSHEY_SIMPLEX, 0.7, {240, 240, 240}, 2);
  const Reading reading = see(screen.ring({270, 600}, 150).raster());
  REQUIRE(reading.shapes.size() == 1);
  CHECK(reading.shapes[0].shape_class == ShapeClass::circle);
}

TEST_CASE("a screenshot without any drawing is nothing") {
  Canvas screen = screenshot();
  CHECK(see(screen.raster()).kind == PictureKind::nothing);
}

TEST_CASE("what is drawn near the top of an upright page stays") {
  Canvas page(540, 1170);
  CHECK(see(page.ring({270, 40}, 30).ring({270, 600}, 150).raster()).shapes.size() == 2);
}

TEST_CASE("a page upside down is read as it lies") {
  Canvas page(1000, 700);
  Line saw;
  for (int i = 0; i <= 6; ++i) saw.push_back({100 + 130 * i, i % 2 ? 150 : 300});
  page.draw(saw).ring({300, 500}, 100);
  const Reading upright = see(page.raster());
  cv::rotate(page.pixels().clone(), page.pixels(), cv::ROTATE_180);
  const Reading turned = see(page.raster());
  REQUIRE(turned.shapes.size() == upright.shapes.size());
  for (std::size_t i = 0; i < turned.shapes.size(); ++i) {
    CHECK(turned.shapes[i].shape_class == upright.shapes[i].shape_class);
    CHECK(turned.shapes[i].box.centre().y ==
          doctest::Approx(1 - upright.shapes[i].box.centre().y).epsilon(0.02));
  }
}

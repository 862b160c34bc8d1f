// Rasters whose cells are filled whole.
#include <doctest/doctest.h>

#include "core/reader/see/hollow.hpp"
#include "core/reader/see/painted.hpp"
#include "core/reader/see/see.hpp"
#include "core/reader/see/thin.hpp"
#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using test::Canvas;

namespace {

using Cells = std::vector<std::pair<int, int>>;  // row from the top, column

struct Board {
  int rows = 8, columns = 16;
  cv::Rect box = {100, 90, 800, 400};
  int pen = 3;
  cv::Scalar lines = {20, 20, 20};

  cv::Rect cell(int r, int c) const {
    const cv::Point from(box.x + box.width * c / columns, box.y + box.height * r / rows),
        to(box.x + box.width * (c + 1) / columns, box.y + box.height * (r + 1) / rows);
    return {from, to};
  }
};

void fill(Canvas& page, const Board& board, const Cells& cells, cv::Scalar colour) {
  for (const auto& [r, c] : cells) cv::rectangle(page.pixels(), board.cell(r, c), colour, cv::FILLED);
}

Canvas raster_of(const Board& board, cv::Size size = {1000, 600}) {
  Canvas page(size.width, size.height);
  for (int r = 0; r <= board.rows; ++r) {
    const int y = board.box.y + board.box.height * r / board.rows;
    page.draw({{board.box.x, y}, {board.box.br().x, y}}, board.pen, false, board.lines);
  }
  for (int c = 0; c <= board.columns; ++c) {
    const int x = board.box.x + board.box.width * c / board.columns;
    page.draw({{x, board.box.y}, {x, board.box.br().y}}, board.pen, false, board.lines);
  }
  return page;
}

Cells full_cells(const Reading& reading, const Board& board) {
  REQUIRE(reading.grid);
  REQUIRE(reading.grid->rows == board.rows);
  REQUIRE(reading.grid->columns == board.columns);
  Cells full;
  for (int r = 0; r < board.rows; ++r)
    for (int c = 0; c < board.columns; ++c)
      if (reading.grid->cells[static_cast<std::size_t>(board.rows - 1 - r)][static_cast<std::size_t>(c)] > 0)
        full.emplace_back(r, c);
  return full;
}

const Cells scattered{{0, 0}, {0, 1},  {0, 5},  {1, 5},  {1, 11}, {2, 2}, {2, 3},  {2, 4}, {3, 9},
                      {4, 2}, {4, 14}, {5, 14}, {5, 15}, {6, 7},  {6, 8}, {6, 12}, {7, 7}, {7, 15}};

// Two cells of five, all over.
Cells many_cells(const Board& board) {
  Cells cells;
  for (int r = 0; r < board.rows; ++r)
    for (int c = 0; c < board.columns; ++c)
      if ((3 * r + 2 * c) % 5 < 2) cells.emplace_back(r, c);
  return cells;
}

}  // namespace

TEST_CASE("cells may be filled whole, in any colour, and hide the lines between them") {
  const Board board;
  for (const cv::Scalar& colour :
       {cv::Scalar(20, 20, 20), cv::Scalar(40, 130, 50), cv::Scalar(255, 230, 40)}) {
    CAPTURE(colour[0]);
    Canvas page = raster_of(board);
    fill(page, board, scattered, colour);
    CHECK(full_cells(see(page.raster()), board) == scattered);
  }
}

TEST_CASE("lines may be far fainter than the cells that are filled between them") {
  const Board board{.pen = 1, .lines = {170, 170, 170}};
  Canvas page = raster_of(board);
  fill(page, board, many_cells(board), {15, 15, 15});
  CHECK(full_cells(see(page.raster()), board) == many_cells(board));
}

TEST_CASE("a block of cells that is broader than an eighth of the page is full to its middle") {
  const Board board{.rows = 4, .columns = 8};
  Cells block;
  for (int r = 0; r < 3; ++r)
    for (int c = 2; c < 5; ++c) block.emplace_back(r, c);
  Canvas page = raster_of(board);
  fill(page, board, block, {30, 80, 190});
  CHECK(full_cells(see(page.raster()), board) == block);
}

TEST_CASE("a raster that fills the page with painted cells is a drawing") {
  const Board board{.box = {40, 40, 920, 520}, .pen = 5};
  Canvas page = raster_of(board);
  fill(page, board, many_cells(board), {40, 130, 50});
  const Reading reading = see(page.raster());
  CHECK(reading.kind == PictureKind::drawing);
  CHECK(full_cells(reading, board) == many_cells(board));
}

TEST_CASE("a photograph of a raster with many painted cells is one of a drawing") {
  const Board board{.box = {60, 60, 880, 480}, .lines = {20, 40, 130}};
  Canvas page = raster_of(board);
  fill(page, board, many_cells(board), {30, 110, 40});
  cv::Mat light(page.pixels().size(), CV_8UC3);
  for (int y = 0; y < light.rows; ++y) light.row(y).setTo(cv::Scalar::all(230 - y / 8));
  cv::multiply(page.pixels(), light, page.pixels(), 1.0 / 255);
  cv::RNG(4).fill(light, cv::RNG::UNIFORM, 0, 10);
  page.pixels() -= light;
  const Reading reading = see(page.raster());
  CHECK(reading.kind == PictureKind::drawing);
  CHECK(full_cells(reading, board) == many_cells(board));
}

TEST_CASE("thick lines of small cells are no rings in them") {
  const Board board{.rows = 12, .columns = 32, .box = {180, 180, 640, 240}, .pen = 5};
  Canvas page = raster_of(board);
  fill(page, board, {{3, 4}}, {20, 20, 20});
  CHECK(full_cells(see(page.raster()), board) == Cells{{3, 4}});
}

TEST_CASE("a painted area is hollowed to a rim as broad as the lines, and lines stay") {
  cv::Mat mask = cv::Mat::zeros(300, 400, CV_8U);
  cv::line(mask, {20, 40}, {380, 40}, 255, 5);
  cv::line(mask, {20, 80}, {380, 80}, 255, 5);
  CHECK(sight::hollowed(mask, sight::thin(mask)).empty());
  cv::rectangle(mask, {100, 120, 100, 100}, 255, cv::FILLED);
  const cv::Mat rims = sight::hollowed(mask, sight::thin(mask));
  REQUIRE(!rims.empty());
  CHECK(cv::countNonZero(rims.rowRange(0, 100)) == cv::countNonZero(mask.rowRange(0, 100)));
  CHECK(rims.at<uchar>(170, 150) == 0);
  CHECK(rims.at<uchar>(170, 101) == 255);
  CHECK(rims.at<uchar>(170, 103) == 255);
  CHECK(rims.at<uchar>(170, 107) == 0);
}

TEST_CASE("painted areas far from each other are no raster's") {
  cv::Mat mask = cv::Mat::zeros(300, 400, CV_8U);
  for (const cv::Point& at : {cv::Point(20, 20), cv::Point(320, 20), cv::Point(20, 220), cv::Point(320, 220)})
    cv::rectangle(mask, {at, cv::Size(60, 60)}, 255, cv::FILLED);
  for (const int y : {5, 110, 150, 190, 295}) cv::line(mask, {20, y}, {380, y}, 255, 5);
  CHECK(!sight::hollowed(mask, sight::thin(mask), {0.05, 0}).empty());
  CHECK(sight::hollowed(mask, sight::thin(mask), {0.05, 0.25}).empty());
  cv::rectangle(mask, {100, 60, 200, 180}, 255, cv::FILLED);
  CHECK(!sight::hollowed(mask, sight::thin(mask), {0.05, 0.25}).empty());
}

TEST_CASE("what is dark and even was painted, what is dark and textured was not") {
  cv::Mat painted = cv::Mat::zeros(300, 400, CV_8U), textured = painted.clone();
  painted({50, 50, 150, 150}).setTo(180);
  cv::RNG(3).fill(textured({50, 50, 150, 150}), cv::RNG::UNIFORM, 60, 250);
  CHECK(sight::share_painted(painted) > 0.15);
  CHECK(sight::share_painted(textured) == 0);
}

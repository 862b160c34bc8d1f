#include "core/reader/see/see.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <tuple>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/base/json.hpp"
#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

Line sine(int left, int right, int middle, int height, double periods) {
  Line line;
  for (int x = left; x <= right; ++x)
    line.push_back(
        {x, cvRound(middle - height * std::sin((x - left) * periods * 2 * CV_PI / (right - left)))});
  return line;
}

ShapeClass class_of(Canvas& canvas) {
  const Reading reading = see(canvas.raster());
  REQUIRE(reading.kind == PictureKind::drawing);
  REQUIRE(!reading.shapes.empty());
  return reading.shapes[0].shape_class;
}

}  // namespace

TEST_CASE("each figure is told by its form") {
  Canvas page(800, 600);
  SUBCASE("circle") { CHECK(class_of(page.ring({400, 300}, 150)) == ShapeClass::circle); }
  SUBCASE("triangle") {
    CHECK(class_of(page.draw({{200, 450}, {400, 120}, {620, 460}}, 4, true)) == ShapeClass::triangle);
  }
  SUBCASE("square") {
    CHECK(class_of(page.draw({{250, 150}, {550, 150}, {550, 450}, {250, 450}}, 4, true)) ==
          ShapeClass::square);
  }
  SUBCASE("rectangle") {
    CHECK(class_of(page.draw({{100, 200}, {700, 200}, {700, 400}, {100, 400}}, 4, true)) ==
          ShapeClass::rectangle);
  }
  SUBCASE("diamond") {
    CHECK(class_of(page.draw({{400, 100}, {580, 300}, {400, 500}, {220, 300}}, 4, true)) ==
          ShapeClass::diamond);
  }
  SUBCASE("line") { CHECK(class_of(page.draw({{100, 200}, {700, 400}})) == ShapeClass::line); }
  SUBCASE("wave") { CHECK(class_of(page.draw(sine(100, 700, 300, 60, 4))) == ShapeClass::wave); }
  SUBCASE("zigzag") {
    CHECK(class_of(page.draw({{100, 400}, {200, 200}, {300, 400}, {400, 200}, {500, 400}, {600, 200}})) ==
          ShapeClass::zigzag);
  }
  SUBCASE("staircase") {
    CHECK(class_of(page.draw({{100, 500},
                              {220, 500},
                              {220, 400},
                              {340, 400},
                              {340, 300},
                              {460, 300},
                              {460, 200},
                              {580, 200}})) == ShapeClass::staircase);
  }
  SUBCASE("star drawn with crossing lines") {
    Line star;
    for (int i = 0; i < 5; ++i)
      star.push_back({cvRound(400 + 200 * std::sin(i * 4 * CV_PI / 5)),
                      cvRound(300 - 200 * std::cos(i * 4 * CV_PI / 5))});
    CHECK(class_of(page.draw(star, 4, true)) == ShapeClass::star);
  }
  SUBCASE("spiral") {
    Line spiral;
    for (int i = 0; i < 400; ++i)
      spiral.push_back(
          {cvRound(400 + 0.6 * i * std::cos(i * 0.06)), cvRound(300 + 0.6 * i * std::sin(i * 0.06))});
    CHECK(class_of(page.draw(spiral)) == ShapeClass::spiral);
  }
}

TEST_CASE("a gap in an outline does not open the figure") {
  Canvas page(800, 600);
  CHECK(class_of(page.draw({{250, 150}, {550, 150}, {550, 450}, {250, 450}, {250, 180}})) ==
        ShapeClass::square);
}

TEST_CASE("a drawn function is traced to sixty-four points") {
  Canvas page(1000, 600);
  const Reading reading = see(page.draw(sine(100, 900, 300, 150, 2)).raster());
  REQUIRE(reading.curves.size() == 1);
  const auto& samples = reading.curves[0].samples;
  REQUIRE(samples.size() == 64);
  double sum = 0;
  for (int i = 0; i < 64; ++i)
    sum += std::pow((samples[std::size_t(i)] - std::sin(i / 63.0 * 4 * CV_PI)) / 2, 2);
  CHECK(std::sqrt(sum / 64) < 0.02);
  CHECK(see(page.raster(), {SeeMode::automatic, 16}).curves[0].samples.size() == 16);
}

TEST_CASE("arrows name what they lead from and to") {
  Canvas page(1000, 500);
  page.ring({200, 250}, 100)
      .draw({{700, 150}, {900, 150}, {900, 350}, {700, 350}}, 4, true)
      .arrow({320, 250}, {680, 250});
  const Reading reading = see(page.raster());
  REQUIRE(reading.arrows.size() == 1);
  const Arrow& arrow = reading.arrows[0];
  REQUIRE(arrow.from >= 0);
  REQUIRE(arrow.to >= 0);
  CHECK(reading.shapes[std::size_t(arrow.from)].shape_class == ShapeClass::circle);
  CHECK(reading.shapes[std::size_t(arrow.to)].shape_class == ShapeClass::square);
  CHECK(arrow.depth == doctest::Approx(360 / std::hypot(1000, 500)).epsilon(0.06));
  CHECK(arrow.tail.x < arrow.head.x);
}

TEST_CASE("a figure inside another names it") {
  Canvas page(800, 600);
  const Reading reading = see(
      page.ring({400, 300}, 220).draw({{350, 250}, {450, 250}, {450, 350}, {350, 350}}, 4, true).raster());
  REQUIRE(reading.shapes.size() == 2);
  CHECK(reading.shapes[0].inside == -1);
  CHECK(reading.shapes[1].inside == 0);
}

TEST_CASE("the cells of a drawn raster are read, the lowest row first") {
  Canvas page(1000, 600);
  for (int r = 0; r <= 4; ++r) page.draw({{100, 100 + 90 * r}, {900, 100 + 90 * r}}, 3);
  for (int c = 0; c <= 8; ++c) page.draw({{100 + 100 * c, 100}, {100 + 100 * c, 460}}, 3);
  page.ring({150, 415}, 14, cv::FILLED).ring({850, 145}, 14, cv::FILLED);
  const Reading reading = see(page.raster());
  REQUIRE(reading.grid);
  CHECK(reading.grid->rows == 4);
  CHECK(reading.grid->columns == 8);
  CHECK(reading.grid->cells[0][0] > 0.3);
  CHECK(reading.grid->cells[3][7] > 0.3);
  int full = 0;
  for (const auto& row : reading.grid->cells)
    for (const double cell : row) full += cell > 0;
  CHECK(full == 2);
}

namespace {

// Four rows of eight, each cell 100 by 90.
Canvas raster_of(int pen, cv::Scalar colour) {
  Canvas page(1000, 600);
  for (int r = 0; r <= 4; ++r) page.draw({{100, 100 + 90 * r}, {900, 100 + 90 * r}}, pen, false, colour);
  for (int c = 0; c <= 8; ++c) page.draw({{100 + 100 * c, 100}, {100 + 100 * c, 460}}, pen, false, colour);
  return page;
}

// Places of the full cells, row from the top and column.
std::vector<std::pair<int, int>> full_cells(const Reading& reading) {
  REQUIRE(reading.grid);
  REQUIRE(reading.grid->rows == 4);
  REQUIRE(reading.grid->columns == 8);
  std::vector<std::pair<int, int>> full;
  for (int r = 0; r < 4; ++r)
    for (int c = 0; c < 8; ++c)
      if (reading.grid->cells[static_cast<std::size_t>(3 - r)][static_cast<std::size_t>(c)] > 0)
        full.emplace_back(r, c);
  return full;
}

}  // namespace

TEST_CASE("a raster may be far fainter than its marks") {
  Canvas page = raster_of(1, {195, 195, 195});
  for (const int x : {150, 450, 850}) page.ring({x, 145}, 25, cv::FILLED);
  CHECK(full_cells(see(page.raster())) == std::vector<std::pair<int, int>>{{0, 0}, {0, 3}, {0, 7}});
}

TEST_CASE("marks may be thinner than a tenth of their cells where all are") {
  Canvas page = raster_of(2, {20, 20, 20});
  const std::vector<std::pair<int, int>> marked{{0, 1}, {1, 4}, {3, 6}};
  for (const auto& [r, c] : marked) {
    const cv::Point middle(150 + 100 * c, 145 + 90 * r);
    page.draw({middle + cv::Point(-28, 28), middle + cv::Point(28, -28)}, 2);
  }
  const Reading reading = see(page.raster());
  CHECK(full_cells(reading) == marked);
  for (const auto& [r, c] : marked)
    CHECK(reading.grid->cells[static_cast<std::size_t>(3 - r)][static_cast<std::size_t>(c)] >= 0.5);
}

TEST_CASE("marks may be far fainter than their raster") {
  Canvas page = raster_of(5, {15, 15, 15});
  cv::circle(page.pixels(), {350, 235}, 22, {190, 190, 190}, 3, cv::LINE_AA);
  CHECK(full_cells(see(page.raster())) == std::vector<std::pair<int, int>>{{1, 2}});
}

TEST_CASE("a ring nearly as wide as its cell is a mark") {
  Canvas page = raster_of(3, {20, 20, 20});
  cv::ellipse(page.pixels(), {650, 325}, {37, 33}, 0, 0, 360, {20, 20, 20}, 3, cv::LINE_AA);
  CHECK(full_cells(see(page.raster())) == std::vector<std::pair<int, int>>{{2, 5}});
}

TEST_CASE("bars from line to line in a column's cells are no lines of the raster") {
  Canvas page = raster_of(3, {20, 20, 20});
  for (int r = 0; r < 4; ++r) page.draw({{250, 102 + 90 * r}, {250, 188 + 90 * r}}, 3);
  CHECK(full_cells(see(page.raster())) == std::vector<std::pair<int, int>>{{0, 1}, {1, 1}, {2, 1}, {3, 1}});
}

TEST_CASE("a raster is as full wherever its lines lie, and alone") {
  std::vector<double> fills;
  for (const int step : {52, 55, 58}) {
    Canvas page(1200, 700);
    for (int r = 0; r <= 8; ++r) page.draw({{100, 100 + step * r}, {100 + 16 * step, 100 + step * r}}, 5);
    for (int c = 0; c <= 16; ++c) page.draw({{100 + step * c, 100}, {100 + step * c, 100 + 8 * step}}, 5);
    const Reading reading = see(page.raster());
    REQUIRE(reading.shapes.size() == 1);
    fills.push_back(reading.shapes[0].fill);
  }
  CHECK(std::ranges::max(fills) - std::ranges::min(fills) < 0.06);
}

TEST_CASE("a raster that fills the page is no print") {
  Canvas page(1000, 600);
  for (int r = 0; r <= 8; ++r) page.draw({{25, 20 + 70 * r}, {975, 20 + 70 * r}}, 3);
  for (int c = 0; c <= 16; ++c) page.draw({{25 + 59 * c, 20}, {25 + 59 * c, 580}}, 3);
  const Reading reading = see(page.ring({54, 55}, 15, cv::FILLED).raster());
  CHECK(reading.notes.empty());
  REQUIRE(reading.grid);
  CHECK(reading.grid->rows == 8);
  CHECK(reading.grid->columns == 16);
  CHECK(reading.grid->cells[7][0] > 0);
}

TEST_CASE("a star's outline is the band around it, whether it is drawn around or across") {
  Canvas page(800, 600);
  Line star;
  SUBCASE("around") {
    for (int i = 0; i < 10; ++i)
      star.push_back({cvRound(400 + (i % 2 ? 80 : 200) * std::sin(i * CV_PI / 5)),
                      cvRound(300 - (i % 2 ? 80 : 200) * std::cos(i * CV_PI / 5))});
  }
  SUBCASE("across") {
    for (int i = 0; i < 5; ++i)
      star.push_back({cvRound(400 + 200 * std::sin(i * 4 * CV_PI / 5)),
                      cvRound(300 - 200 * std::cos(i * 4 * CV_PI / 5))});
  }
  const Reading reading = see(page.draw(star, 4, true).raster());
  REQUIRE(reading.shapes.size() == 1);
  REQUIRE(reading.shapes[0].shape_class == ShapeClass::star);
  std::vector<cv::Point2f> outline, band;
  for (const Point& p : reading.shapes[0].polygon)
    outline.emplace_back(static_cast<float>(800 * p.x), static_cast<float>(600 * p.y));
  cv::convexHull(outline, band);
  CHECK(cv::contourArea(outline) > 0.99 * cv::contourArea(band));
}

TEST_CASE("marks in a row are steps") {
  Canvas page(1000, 300);
  for (const int step : {0, 3, 4, 8, 15}) page.ring({60 + 58 * step, 150}, 12, cv::FILLED);
  const Reading reading = see(page.raster());
  REQUIRE(reading.grid);
  CHECK(reading.grid->rows == 1);
  REQUIRE(reading.grid->columns == 16);
  CHECK(reading.grid->cells[0][8] > 0);
  CHECK(reading.grid->cells[0][7] == 0);
}

TEST_CASE("marks of two kinds in a row are full and empty steps") {
  using Put = std::function<void(Canvas&, cv::Point)>;
  const Put cross = [](Canvas& page, cv::Point at) {
    page.draw({at - cv::Point(12, 12), at + cv::Point(12, 12)});
    page.draw({at + cv::Point(-12, 12), at + cv::Point(12, -12)});
  };
  const Put dash = [](Canvas& page, cv::Point at) {
    page.draw({at - cv::Point(11, 0), at + cv::Point(11, 0)});
  };
  const Put bar = [](Canvas& page, cv::Point at) {
    page.draw({at - cv::Point(0, 16), at + cv::Point(0, 16)});
  };
  const Put dot = [](Canvas& page, cv::Point at) { page.ring(at, 6, cv::FILLED); };
  const Put spot = [](Canvas& page, cv::Point at) { page.ring(at, 10, cv::FILLED); };
  const Put thick_ring = [](Canvas& page, cv::Point at) { page.ring(at, 14, 8); };
  for (const auto& [name, hit, rest] : {std::tuple{"crosses, dashes", cross, dash},
                                        {"bars, dots", bar, dot},
                                        {"spots, rings", spot, thick_ring}}) {
    CAPTURE(name);
    Canvas page(1000, 300);
    const std::set<int> full{0, 4, 7, 8, 12};
    for (int step = 0; step < 16; ++step) (full.contains(step) ? hit : rest)(page, {60 + 58 * step, 150});
    const Reading reading = see(page.raster());
    REQUIRE(reading.grid);
    REQUIRE(reading.grid->columns == 16);
    for (int step = 0; step < 16; ++step)
      CHECK((reading.grid->cells[0][static_cast<std::size_t>(step)] > 0) == full.contains(step));
  }
}

TEST_CASE("a row of uneven marks that keep a step is no writing") {
  Canvas page(1000, 300);
  for (int step = 0; step < 16; ++step)
    if (step % 3 == 0)
      page.draw({{46 + 58 * step, 135},
                 {74 + 58 * step, 140},
                 {46 + 58 * step, 145},
                 {74 + 58 * step, 150},
                 {46 + 58 * step, 155},
                 {74 + 58 * step, 160}},
                3);
    else
      page.ring({60 + 58 * step, 150}, 8, 2);
  const Reading reading = see(page.raster());
  CHECK(reading.notes.empty());
  REQUIRE(reading.grid);
  CHECK(reading.grid->columns == 16);
}

TEST_CASE("printed squares are left out") {
  Canvas page(1000, 700, {250, 250, 248});
  for (int x = 15; x < 1000; x += 30) page.draw({{x, 0}, {x, 700}}, 1, false, {205, 215, 230});
  for (int y = 15; y < 700; y += 30) page.draw({{0, y}, {1000, y}}, 1, false, {205, 215, 230});
  const Reading reading = see(page.ring({500, 350}, 150).raster());
  REQUIRE(reading.shapes.size() == 1);
  CHECK(reading.shapes[0].shape_class == ShapeClass::circle);
  CHECK(reading.notes.size() == 1);
}

TEST_CASE("a sheet on a dark desk is cut out and its places are those of the picture") {
  Canvas desk(1000, 800, {60, 45, 35});
  cv::fillConvexPoly(desk.pixels(), Line{{150, 100}, {880, 160}, {830, 700}, {110, 640}}, {235, 232, 225},
                     cv::LINE_AA);
  const Reading reading = see(desk.ring({500, 400}, 120).raster());
  CHECK(reading.page.size() == 4);
  REQUIRE(reading.shapes.size() == 1);
  CHECK(reading.shapes[0].box.centre().x == doctest::Approx(0.5).epsilon(0.02));
  CHECK(reading.shapes[0].box.centre().y == doctest::Approx(0.5).epsilon(0.02));
}

TEST_CASE("a sheet drawn on with many colours is a drawing") {
  Canvas desk(1000, 800, {60, 45, 35});
  cv::fillConvexPoly(desk.pixels(), Line{{150, 100}, {880, 160}, {830, 700}, {110, 640}}, {235, 232, 225},
                     cv::LINE_AA);
  const cv::Scalar pens[] = {{25, 45, 180}, {20, 130, 50}, {190, 30, 40}};
  for (int i = 0; i < 9; ++i)
    cv::rectangle(desk.pixels(), cv::Rect(250 + 180 * (i % 3), 230 + 130 * (i / 3), 70, 60), pens[i % 3],
                  cv::FILLED);
  const Reading reading = see(desk.raster());
  CHECK(reading.kind == PictureKind::drawing);
  CHECK(reading.page.size() == 4);
}

TEST_CASE("an export drawn in strong colours is a drawing") {
  Canvas page(1000, 800);
  const cv::Scalar pens[] = {{25, 45, 180}, {20, 130, 50}, {190, 30, 40}};
  for (int i = 0; i < 9; ++i)
    cv::rectangle(page.pixels(), cv::Rect(80 + 300 * (i % 3), 60 + 240 * (i / 3), 150, 110), pens[i % 3],
                  cv::FILLED);
  CHECK(see(page.raster()).kind == PictureKind::drawing);
}

TEST_CASE("small spots beside large ones are steps, too") {
  Canvas page(1100, 400);
  for (int i = 0; i < 16; ++i)
    cv::circle(page.pixels(), {110 + 58 * i, 200}, i % 3 == 0 ? 12 : 18, {20, 20, 20}, cv::FILLED,
               cv::LINE_AA);
  const Reading reading = see(page.raster());
  REQUIRE(reading.grid);
  CHECK(reading.grid->columns == 16);
  for (const double cell : reading.grid->cells.at(0)) CHECK(cell > 0);
}

namespace {

// Paper under a lamp, as a camera sees it.
Canvas photographed_paper() {
  Canvas paper(1000, 800);
  for (int y = 0; y < 800; ++y)
    for (int x = 0; x < 1000; ++x) {
      const auto light = static_cast<uchar>(238 - x / 50 - (x * 7 + y * 13) % 5);
      paper.pixels().at<cv::Vec3b>(y, x) = {light, light, static_cast<uchar>(light - 4)};
    }
  return paper;
}

// Degrees by which it was turned level, clockwise.
double lean_of(const Reading& reading) {
  const auto& page = reading.page;
  if (page.size() != 4) return 0;
  return std::atan2((page[1].y - page[0].y) * 0.8, page[1].x - page[0].x) * 180 / CV_PI;
}

}  // namespace

TEST_CASE("a photograph is turned level by what is drawn in it; an export stays as it was drawn") {
  const auto leaning = [](Canvas page) {
    return page.draw({{200, 200}, {800, 242}, {772, 641}, {172, 599}}, 4, true).raster();
  };
  const Reading drawn = see(leaning(Canvas(1000, 800)));
  CHECK(drawn.page.empty());
  CHECK(drawn.notes.empty());
  const Reading taken = see(leaning(photographed_paper()));
  CHECK(lean_of(taken) == doctest::Approx(4).epsilon(0.1));
  REQUIRE(taken.notes.size() == 1);
  CHECK(taken.notes[0].find("level") != std::string::npos);
}

TEST_CASE("a photographed page that is turned leans by just as much more") {
  const auto leaning = [](double degrees) {
    Canvas paper = photographed_paper();
    const double c = std::cos(degrees * CV_PI / 180), s = std::sin(degrees * CV_PI / 180);
    const auto turned = [&](double x, double y) {
      return cv::Point2d(500 + c * (x - 500) - s * (y - 400), 400 + s * (x - 500) + c * (y - 400));
    };
    paper.draw({turned(380, 600), turned(640, 590), turned(500, 160)}, 4, true);
    return lean_of(see(paper.raster()));
  };
  const double before = leaning(-4);
  for (const double more : {3.0, 8.0, 14.0, 22.0, 28.0})
    CHECK(leaning(-4 + more) - before == doctest::Approx(more).epsilon(0.05));
}

TEST_CASE("a figure of even sides lies on one of them, however the camera is held") {
  const auto lean_with = [](int corners, int stride, double degrees) {
    Canvas paper = photographed_paper();
    std::vector<cv::Point> figure;
    for (int i = 0; i < corners; ++i) {
      const double angle = CV_PI * (2.0 * i * stride / corners - 0.5 + degrees / 180);
      figure.emplace_back(cvRound(500 + 200 * std::cos(angle)), cvRound(400 + 200 * std::sin(angle)));
    }
    return lean_of(see(paper.draw(figure, 4, true).raster()));
  };
  for (const double degrees : {-4.0, 0.0, 5.0}) {
    CHECK(std::abs(lean_with(3, 1, degrees) - degrees) < 0.5);
    CHECK(std::abs(lean_with(5, 1, degrees) - degrees) < 0.5);
    CHECK(std::abs(lean_with(5, 2, degrees) - degrees) < 0.5);
  }
}

TEST_CASE("a page with a curve on axes lies as the axes do") {
  Canvas paper = photographed_paper();
  const auto turned = [](double x, double y) {
    const double c = std::cos(4 * CV_PI / 180), s = std::sin(4 * CV_PI / 180);
    return cv::Point(cvRound(500 + c * (x - 500) - s * (y - 400)),
                     cvRound(400 + s * (x - 500) + c * (y - 400)));
  };
  Line curve;
  for (int x = 160; x <= 840; x += 5)
    curve.push_back(turned(x, 620 - 0.5 * (x - 160) - 60 * std::sin((x - 160) / 60.0)));
  paper.draw({turned(120, 680), turned(900, 680)}).draw({turned(140, 100), turned(140, 700)}).draw(curve, 6);
  const Reading reading = see(paper.raster());
  CHECK(std::abs(lean_of(reading) - 4) < 0.4);
  CHECK(std::ranges::any_of(reading.notes,
                            [](const std::string& note) { return note.find("axes lie") != note.npos; }));
}

TEST_CASE("noise in what is painted is no figure") {
  Canvas paper = photographed_paper();
  cv::circle(paper.pixels(), {500, 400}, 300, {150, 24, 22}, cv::FILLED, cv::LINE_AA);
  cv::rectangle(paper.pixels(), cv::Rect(470, 180, 16, 16), {147, 14, 16}, cv::FILLED);
  const Reading reading = see(paper.raster());
  REQUIRE(reading.shapes.size() == 1);
  CHECK(reading.shapes[0].shape_class == ShapeClass::circle);
}

TEST_CASE("a small photograph tells where things are, and so does another that is turned") {
  const auto taken = [](double degrees) {
    const cv::Matx23d turn = cv::getRotationMatrix2D_({500, 400}, degrees, 1);
    std::vector<cv::Point2d> corners{{300, 560}, {430, 240}, {560, 550}, {700, 260}}, turned;
    cv::transform(corners, turned, turn);
    Canvas page = photographed_paper(), small(500, 400);
    page.draw({turned.begin(), turned.end()}, 6);
    cv::resize(page.pixels(), small.pixels(), {500, 400}, 0, 0, cv::INTER_AREA);
    return see(small.raster());
  };
  const Reading straight = taken(0), askew = taken(-3);
  for (const Reading* reading : {&straight, &askew}) {
    REQUIRE(reading->shapes.size() == 1);
    CHECK(reading->shapes[0].shape_class == ShapeClass::zigzag);
  }
  CHECK(straight.shapes[0].box.x == doctest::Approx(0.3).epsilon(0.03));
  CHECK(straight.shapes[0].box.width == doctest::Approx(0.4).epsilon(0.03));
  CHECK(straight.shapes[0].box.y == doctest::Approx(0.3).epsilon(0.03));
  CHECK(straight.shapes[0].box.height == doctest::Approx(0.4).epsilon(0.03));
  CHECK(lean_of(askew) - lean_of(straight) == doctest::Approx(3).epsilon(0.05));
}

TEST_CASE("the hulls hold all lines, also those that no figure was seen in") {
  Canvas page(800, 800);
  page.draw({{250, 300}, {450, 300}, {450, 500}, {250, 500}}, 4, true).draw({{450, 500}, {560, 560}}, 4);
  const Reading reading = see(page.draw({{650, 100}, {700, 700}}, 4).raster());
  REQUIRE(reading.hulls.size() == 2);
  const auto farthest = std::ranges::max_element(reading.hulls[0], {}, &Point::x);
  CHECK(farthest->x == doctest::Approx(560 / 800.0).epsilon(0.02));
  CHECK(farthest->y == doctest::Approx(560 / 800.0).epsilon(0.02));
  CHECK(reading.hulls[1].front().x > 0.8);
}

TEST_CASE("a line that rises across a photographed page goes on rising") {
  for (const int height : {320, 450}) {
    const Reading reading =
        see(photographed_paper().draw({{250, 400 + height / 2}, {750, 400 - height / 2}}).raster());
    REQUIRE(reading.shapes.size() == 1);
    CHECK(reading.shapes[0].shape_class == ShapeClass::line);
    const double rise = std::atan2(height, 500) * 180 / CV_PI;
    CHECK(rise + lean_of(reading) == doctest::Approx(45).epsilon(0.02));
  }
}

TEST_CASE("a hatched square is no step pattern") {
  Canvas page(900, 700);
  page.draw({{300, 200}, {560, 200}, {560, 460}, {300, 460}}, 4, true);
  for (int x = 318; x < 556; x += 18) page.draw({{x, 201}, {x + 1, 459}}, 4);
  CHECK_FALSE(see(page.raster()).grid);
}

TEST_CASE("pictures without anything to see say what to do") {
  const auto nothing = [](const Raster& raster) {
    const Reading reading = see(raster);
    CHECK(reading.kind == PictureKind::nothing);
    CHECK(!reading.advice.empty());
    CHECK(reading.shapes.empty());
  };
  SUBCASE("a blank page") { nothing(Canvas(800, 600, {244, 242, 238}).raster()); }
  SUBCASE("a black frame") { nothing(Canvas(800, 600, {0, 0, 0}).raster()); }
  SUBCASE("one pixel") { nothing(Canvas(1, 1).raster()); }
  SUBCASE("noise on a page") {
    Canvas page(800, 600, {230, 228, 220});
    cv::Mat noise(page.pixels().size(), CV_8UC3);
    cv::RNG(1).fill(noise, cv::RNG::NORMAL, 8, 4);
    page.pixels() -= noise;
    nothing(page.raster());
  }
}

TEST_CASE("a picture full of colours and detail is a photograph") {
  cv::Mat blobs(60, 80, CV_8UC3);
  cv::RNG(7).fill(blobs, cv::RNG::UNIFORM, 0, 255);
  Canvas picture(800, 600);
  cv::resize(blobs, picture.pixels(), {800, 600}, 0, 0, cv::INTER_CUBIC);
  const Reading reading = see(picture.raster());
  CHECK(reading.kind == PictureKind::photo);
  CHECK(reading.photo.saturation > 0.2);
  CHECK(see(picture.raster(), {SeeMode::drawing}).kind != PictureKind::photo);
}

TEST_CASE("brightness, warmth and blur move what is measured of a photograph") {
  cv::Mat blobs(60, 80, CV_8UC3);
  cv::RNG(7).fill(blobs, cv::RNG::UNIFORM, 60, 180);
  Canvas sharp(800, 600), dark(800, 600), warm(800, 600), soft(800, 600);
  cv::resize(blobs, sharp.pixels(), {800, 600}, 0, 0, cv::INTER_CUBIC);
  sharp.pixels().convertTo(dark.pixels(), -1, 0.6);
  cv::add(sharp.pixels(), cv::Scalar(50, 10, -40), warm.pixels());
  cv::GaussianBlur(sharp.pixels(), soft.pixels(), {0, 0}, 4);
  const auto of = [](const Canvas& canvas) { return see(canvas.raster(), {SeeMode::photo}).photo; };
  CHECK(of(dark).luminance < of(sharp).luminance);
  CHECK(of(warm).warmth > of(sharp).warmth);
  CHECK(of(soft).texture < of(sharp).texture);
  CHECK(of(soft).sharpness < of(sharp).sharpness);
}

TEST_CASE("a lamp at one side moves neither the cells nor the texture of a photograph") {
  cv::Mat blobs(12, 16, CV_8UC3);
  cv::RNG(7).fill(blobs, cv::RNG::UNIFORM, 60, 180);
  Canvas even(800, 600), lit(800, 600);
  cv::resize(blobs, even.pixels(), {800, 600}, 0, 0, cv::INTER_CUBIC);
  for (int x = 0; x < 800; ++x)
    even.pixels().col(x).convertTo(lit.pixels().col(x), -1, 0.95 - 0.25 * x / 800);
  const auto one = see(even.raster(), {SeeMode::photo}).photo,
             other = see(lit.raster(), {SeeMode::photo}).photo;
  for (std::size_t i = 0; i < 9; ++i) CHECK(std::abs(one.cells[i] - other.cells[i]) < 0.02);
  CHECK(std::abs(one.texture - other.texture) < 0.03);
  CHECK(std::abs(one.sharpness - other.sharpness) < 0.03);
}

TEST_CASE("what stands out of a photograph is a focal point; where everything does, nothing does") {
  Canvas one(800, 600), many(800, 600);
  one.pixels() = cv::Scalar(90, 110, 100), many.pixels() = cv::Scalar(90, 110, 100);
  cv::circle(one.pixels(), {560, 240}, 60, cv::Scalar(230, 60, 40), cv::FILLED);
  for (int x = 100; x < 800; x += 120)
    for (int y = 60; y < 600; y += 120)
      cv::circle(many.pixels(), {x, y}, 40, cv::Scalar(230, 60, 40), cv::FILLED);
  const auto found = see(one.raster(), {SeeMode::photo}).photo.focal_points;
  REQUIRE(found.size() == 1);
  CHECK(std::abs(found[0].x - 0.7) < 0.05);
  CHECK(std::abs(found[0].y - 0.4) < 0.05);
  CHECK(see(many.raster(), {SeeMode::photo}).photo.focal_points.empty());
}

TEST_CASE("equal pictures give equal readings") {
  Canvas page(900, 700);
  page.ring({300, 300}, 120).draw(sine(100, 800, 550, 60, 3));
  CHECK(to_text(to_json(see(page.raster()))) == to_text(to_json(see(page.raster()))));
}

TEST_CASE("a raster whose sizes do not fit is refused") {
  Raster raster = Canvas(10, 10).raster();
  raster.pixels.pop_back();
  CHECK_THROWS_AS(see(raster), std::invalid_argument);
}

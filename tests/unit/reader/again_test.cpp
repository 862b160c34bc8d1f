// What is seen again is what would be seen anew.
#include <doctest/doctest.h>
#include <opencv2/imgproc.hpp>

#include "core/base/random.hpp"
#include "core/reader/see/changes.hpp"
#include "core/reader/see/clean_page.hpp"
#include "core/reader/see/graph.hpp"
#include "core/reader/see/memo.hpp"
#include "core/reader/see/shrink.hpp"
#include "core/reader/see/thin.hpp"

using namespace doodled;
using namespace doodled::sight;

namespace {

bool equal(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && difference(a, b).empty();
}

cv::Point anywhere(Random& random, cv::Size size) {
  return {static_cast<int>(random.below(static_cast<std::uint64_t>(size.width))),
          static_cast<int>(random.below(static_cast<std::uint64_t>(size.height)))};
}

// A line of any width, in ink or, to rub out, in paper.
void scrawl(Random& random, cv::Mat& picture, const cv::Scalar& ink, const cv::Scalar& paper) {
  const cv::Point from = anywhere(random, picture.size()), to = anywhere(random, picture.size());
  cv::line(picture, from, to, random.below(4) == 0 ? paper : ink, 1 + static_cast<int>(random.below(30)));
}

}  // namespace

TEST_CASE("what differs is boxed to the pixel") {
  cv::Mat before(20, 30, CV_8UC3, cv::Scalar::all(255)), now = before.clone();
  CHECK(difference(now, before).empty());
  now.at<cv::Vec3b>(3, 29)[2] = 0;
  CHECK(difference(now, before) == cv::Rect(29, 3, 1, 1));
  now.at<cv::Vec3b>(19, 0)[0] = 0;
  CHECK(difference(now, before) == cv::Rect(0, 3, 30, 17));
  now.at<cv::Vec3b>(3, 29)[2] = 255;
  now.at<cv::Vec3b>(7, 12)[1] = 254;
  CHECK(difference(now, before) == cv::Rect(0, 7, 13, 13));
  CHECK(difference(now(cv::Rect(1, 0, 20, 19)), before(cv::Rect(1, 0, 20, 19))) == cv::Rect(11, 7, 1, 1));
}

TEST_CASE("a mask that changed is thinned as if it had come whole") {
  Random random(part_seed(1, "thin"));
  cv::Mat mask = cv::Mat::zeros(120, 160, CV_8U);
  Thinned thinned{mask.clone(), 0};
  for (int i = 0; i < 60; ++i) {
    const cv::Mat before = mask.clone();
    scrawl(random, mask, 255, 0);
    thinned = thin_changed(mask, difference(mask, before), thinned);
    REQUIRE(equal(thinned.lines, thin(mask)));
  }
}

TEST_CASE("a page that changed is looked at as if it had come whole") {
  Random random(part_seed(2, "page"));
  for (const cv::Size size : {cv::Size(301, 201), cv::Size(97, 260)}) {
    cv::Mat rgb(size, CV_8UC3, cv::Scalar::all(255));
    CleanPage page;
    for (int i = 0; i < 30; ++i) {
      const auto grey = static_cast<double>(random.below(256));
      scrawl(random, rgb, {grey, 90, 30}, cv::Scalar::all(255));
      page.look_at(rgb);
      CleanPage anew;
      anew.look_at(rgb);
      REQUIRE(equal(page.ink().mask, anew.ink().mask));
      REQUIRE(equal(page.ink().darkness, anew.ink().darkness));
      REQUIRE(equal(page.lines(), thin(page.ink().mask)));
      REQUIRE(equal(page.shrunk_to(40), shrunk(rgb, 40)));
      REQUIRE(equal(page.shrunk_to(200), shrunk(rgb, 200)));
    }
  }
}

TEST_CASE("what was found for a path is kept for that path alone") {
  Memo<std::size_t> memo;
  int asked = 0;
  const auto size_of = [&](const Path& path) { return memo.of(path, [&] { return ++asked, path.size(); }); };
  CHECK(size_of({}) == 0);
  CHECK(size_of({{1, 2}, {3, 4}}) == 2);
  CHECK(size_of({{1, 2}, {3, 4}}) == 2);
  CHECK(asked == 2);
  CHECK(size_of({{1, 2}, {3, 5}}) == 2);
  CHECK(size_of({{0.F, 0}}) == 1);
  CHECK(size_of({{-0.F, 0}}) == 1);
  CHECK(asked == 5);
  for (int i = 0; i < 5000; ++i) CHECK(size_of(Path(static_cast<std::size_t>(i % 70), {1, 1})) == i % 70);
}

TEST_CASE("masks that come one after the other are thinned as each by itself") {
  Random random(part_seed(3, "thinner"));
  Thinner thinner;
  for (const cv::Size size : {cv::Size(160, 120), cv::Size(90, 140)}) {
    cv::Mat mask = cv::Mat::zeros(size, CV_8U);
    for (int i = 0; i < 40; ++i) {
      scrawl(random, mask, 255, 0);
      REQUIRE(equal(thinner.lines_of(mask), thin(mask)));
    }
  }
}

TEST_CASE("edges are one path that tells them from any others") {
  Graph graph;
  graph.edges = {{0, 1, {{0, 0}, {3, 4}}, 5}, {1, 2, {{3, 4}, {3, 9}}, 5}};
  const Path path = as_path(graph, {0, 1}, 2);
  CHECK(path == as_path(graph, {0, 1}, 2));
  CHECK(path != as_path(graph, {1, 0}, 2));
  CHECK(path != as_path(graph, {0, 1}, 3));
  graph.edges[1].dashed = true;
  CHECK(path != as_path(graph, {0, 1}, 2));
}

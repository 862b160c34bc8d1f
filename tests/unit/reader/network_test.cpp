// The network of the second look: its file, what it makes of a stamp, and the stamps themselves.
#include "core/reader/see/network.hpp"

#include <array>
#include <cmath>
#include <stdexcept>
#include <string>

#include <doctest/doctest.h>

#include "core/reader/see/network_votes.hpp"
#include "core/reader/see/stamp.hpp"

using namespace doodled;
using sight::Network;
using sight::Stamp;
using sight::stamp_planes;
using sight::stamp_side;

namespace {

constexpr int values = stamp_side * stamp_side * stamp_planes, seen = 9 * stamp_planes;  // by 3 by 3 pixels

// Of the ink there.
std::size_t place_of(int y, int x) { return std::size_t((y * stamp_side + x) * stamp_planes); }

// A unit of a layer that sees `count` values, and weighs one of them.
std::string unit(int bias, int count, int which, int weight) {
  std::string text = "= " + std::to_string(bias);
  for (int i = 0; i < count; ++i) text += i == which ? " " + std::to_string(weight) : " 0";
  return text + "\n";
}

Stamp with_ink_at(int y, int x) {
  Stamp stamp{};
  stamp[place_of(y, x)] = 255;
  return stamp;
}

// e to the power of a sum is what the last layer's multiplier of 2^32 / 255 makes of 255 levels.
const std::string one_level = std::to_string((1LL << 32) / 255);

std::vector<sight::Path> corner(float size, cv::Point2f at) {
  return {{at, at + cv::Point2f(size, 0)}, {at + cv::Point2f(size, 0), at + cv::Point2f(size, size / 2)}};
}

// A wave of so many swings, with a tail across it, turned by some degrees.
std::vector<sight::Path> scribble(double swings, double degrees) {
  sight::Path wave, tail;
  const double c = std::cos(degrees * CV_PI / 180), s = std::sin(degrees * CV_PI / 180);
  const auto at = [&](double x, double y) { return cv::Point2f(float(c * x - s * y), float(s * x + c * y)); };
  for (int i = 0; i <= 200; ++i) wave.push_back(at(i, 40 * std::sin(i * swings * CV_PI / 100)));
  for (int i = 0; i <= 100; ++i) tail.push_back(at(50 + i, i - 50));
  return {wave, tail};
}

double apart(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += std::abs(a[k] - b[k]);
  return sum;
}

}  // namespace

TEST_CASE("a dense layer weighs every place of the stamp, and shares add up to one") {
  const Network network = Network::parse("# by hand\nkinds a b\ndense 5120 2 " + one_level + "\n" +
                                         unit(0, values, int(place_of(5, 9)), 1) + unit(0, values, -1, 0));
  CHECK(network.kinds() == std::vector<std::string>{"a", "b"});
  const auto there = network.vote(with_ink_at(5, 9)), elsewhere = network.vote(with_ink_at(9, 5));
  CHECK(there[0] == doctest::Approx(1 / (1 + std::exp(-1))).epsilon(0.001));
  CHECK(there[0] + there[1] == doctest::Approx(1));
  CHECK(elsewhere[0] == doctest::Approx(0.5));
}

TEST_CASE("a convolution sees the places around each, and passes on the largest of four") {
  // Two planes, the first of what lies to the left and above; then the place (3, 4) of that plane.
  const std::string network_text = "kinds a b\nconvolution 3 5 2 4294967\n" + unit(0, seen, 0, 100) +
                                   unit(0, seen, 4 * stamp_planes, -100) + "dense 512 2 " + one_level + "\n" +
                                   unit(0, 512, (3 * 16 + 4) * 2, 10) + unit(0, 512, -1, 0);
  const Network network = Network::parse(network_text);
  // Ink at (5..6, 7..8) lies to the left of and above (6..7, 8..9), which are pooled to (3, 4).
  for (const auto& [y, x] : {std::pair{5, 7}, std::pair{6, 8}})
    CHECK(network.vote(with_ink_at(y, x))[0] > 0.7);
  CHECK(network.vote(with_ink_at(5, 7))[0] ==
        doctest::Approx(1 / (1 + std::exp(-25 * 10 / 255.0))).epsilon(0.001));
  for (const auto& [y, x] : {std::pair{4, 7}, std::pair{5, 9}, std::pair{7, 8}})
    CHECK(network.vote(with_ink_at(y, x))[0] == doctest::Approx(0.5));
}

TEST_CASE("what lies beyond the rim of a stamp is empty") {
  const Network network =
      Network::parse("kinds a b\nconvolution 3 5 1 4294967\n" + unit(0, seen, 8 * stamp_planes, 100) +
                     "dense 256 2 " + one_level + "\n" + unit(0, 256, 0, 10) + unit(0, 256, 255, 10));
  const auto first = network.vote(with_ink_at(1, 1)), last = network.vote(with_ink_at(31, 31));
  CHECK(first[0] > 0.7);
  CHECK(last[1] > 0.7);
  CHECK(network.vote(with_ink_at(0, 0))[0] == doctest::Approx(0.5));
}

TEST_CASE("a damaged network is refused with the line at fault") {
  const std::string whole = unit(0, values, 0, 1), head = "kinds a\ndense 5120 1 9\n";
  CHECK_NOTHROW(Network::parse(head + whole));
  const auto complaint = [](const std::string& text) -> std::string {
    try {
      Network::parse(text);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "none";
  };
  const std::string unfit = " of the network: the layer does not fit what comes before it";
  CHECK(complaint("") == "line 0 of the network: the last layer is not dense with a unit for each kind");
  CHECK(complaint("tree\n") == "line 1 of the network: kinds, convolution or dense is expected");
  CHECK(complaint("kinds a b\ndense 5120 1 9\n" + whole).ends_with("a unit for each kind"));
  CHECK(complaint("kinds a\ndense 5119 1 9\n") == "line 2" + unfit);
  CHECK(complaint("kinds a\nconvolution 3 2 1 9\n") == "line 2" + unfit);
  CHECK(complaint("kinds a\nconvolution 4 5 1 9\n") == "line 2" + unfit);
  CHECK(complaint("kinds a\ndense 5120 1 9 9\n") == "line 2 of the network: more than a layer's sizes");
  CHECK(complaint(head) == "line 2 of the network: a unit is expected, = and its weights");
  CHECK(complaint(head + "= 0 1 2\n") ==
        "line 3 of the network: a whole number from -127 to 127 is expected");
  CHECK(complaint(head + unit(0, values, 3, 128)).ends_with("from -127 to 127 is expected"));
  CHECK(complaint(head + "= 0x" + whole.substr(3)).ends_with("to 8388608 is expected"));
  CHECK(complaint(head + whole.substr(0, whole.size() - 1) + " 0\n")
            .ends_with("more weights than it sees values"));
  std::string loud = "= 0";
  for (int i = 0; i < values; ++i) loud += " 127";
  CHECK(complaint(head + loud + "\n") == "line 3 of the network: a unit's sum may not be exact");
}

TEST_CASE("a stamp is the same wherever and however large its lines were drawn") {
  const Stamp stamp = sight::stamp_of(corner(100, {0, 0}));
  CHECK(sight::stamp_of(corner(100, {64, 32})) == stamp);
  CHECK(sight::stamp_of(corner(400, {-200, 16})) == stamp);
  CHECK(sight::stamp_of(corner(100, {0, 0})) != sight::stamp_of({{{0, 0}, {100, 50}}}));
}

TEST_CASE("a stamp keeps the aspect of its lines, in the middle") {
  const Stamp stamp = sight::stamp_of(corner(100, {0, 0}));
  const auto ink_in_row = [&](int y) {
    int ink = 0;
    for (int x = 0; x < stamp_side; ++x) ink += stamp[place_of(y, x)];
    return ink;
  };
  CHECK(ink_in_row(9) > 20 * 255);  // the level side, a quarter of the width above the middle
  CHECK(ink_in_row(16) > 0);        // the upright one
  CHECK(ink_in_row(16) < 3 * 255);
  CHECK(ink_in_row(5) == 0);
  CHECK(ink_in_row(26) == 0);
}

TEST_CASE("a stamp tells which way its lines run, whichever end is first") {
  const auto levels = [](cv::Point2f to) {
    std::array<int, stamp_planes> sums{};
    const Stamp stamp = sight::stamp_of({{{0, 0}, to}});
    for (std::size_t i = 0; i < stamp.size(); ++i) sums[i % stamp_planes] += stamp[i];
    return sums;
  };
  const std::array<cv::Point2f, 4> ways = {cv::Point2f{90, 0}, {0, 90}, {90, 90}, {90, -90}};
  for (std::size_t way = 0; way < ways.size(); ++way)
    for (std::size_t plane = 1; plane < stamp_planes; ++plane) {
      CHECK((levels(ways[way])[plane] > 20 * 255) == (plane == way + 1));
      CHECK((levels(-ways[way])[plane] > 20 * 255) == (plane == way + 1));
    }
  const auto between = levels({90, 37.3F});  // 22.5 degrees: as much across as along the diagonal
  CHECK(between[1] == doctest::Approx(between[3]).epsilon(0.02));
  CHECK(between[1] > 10 * 255);
  CHECK(between[2] + between[4] == 0);
}

TEST_CASE("no lines, or a line of a single point, leave the stamp empty") {
  CHECK(sight::stamp_of({}) == Stamp{});
  CHECK(sight::stamp_of({{{3, 3}}}) == Stamp{});
}

TEST_CASE("votes in the mean of small turns add up to one, and change less where a page is turned") {
  double as_they_lie = 0, in_the_mean = 0, all = 0;
  for (const double swings : {0.5, 1.0, 1.5, 2.0, 3.0}) {
    const auto lines = scribble(swings, 0), again = scribble(swings, 3);
    as_they_lie += apart(sight::network_votes(lines), sight::network_votes(again));
    in_the_mean += apart(sight::network_votes_turned(lines), sight::network_votes_turned(again));
    for (const double share : sight::network_votes_turned(lines)) all += share / 5;
  }
  CHECK(all == doctest::Approx(1));
  CHECK(as_they_lie > 0.1);
  CHECK(in_the_mean < 0.7 * as_they_lie);
}

TEST_CASE("votes that are kept belong to their lines") {
  const auto lines = scribble(1, 0), other = scribble(3, 0);
  const auto votes = sight::network_votes(lines), turned = sight::network_votes_turned(lines);
  CHECK(votes == sight::shape_network().vote(sight::stamp_of(lines)));
  CHECK(sight::network_votes(other) != votes);
  CHECK(sight::network_votes_turned(other) != turned);
  CHECK(sight::network_votes(lines) == votes);
  CHECK(sight::network_votes_turned(lines) == turned);
  const cv::Point2f a(0, 0), b(100, 0), c(0, 50), d(100, 50);
  CHECK(sight::network_votes({{a, b}, {c, d}}) != sight::network_votes({{a, b, c, d}}));
}

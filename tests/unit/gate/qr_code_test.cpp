#include "server/qr/qr_code.hpp"

#include <algorithm>
#include <stdexcept>

#include <doctest/doctest.h>

using namespace doodled;

namespace {

constexpr auto* pair_link = "http://192.168.1.20:8080/#pair=7K4PXW2M";

// ISO/IEC 18004, 6.3.3: a dark ring of 7x7 around a light one of 5x5 around a dark square of 3x3.
bool is_finder(const QrCode& code, int left, int top) {
  for (int y = 0; y < 7; ++y)
    for (int x = 0; x < 7; ++x) {
      const int ring = std::max(std::abs(x - 3), std::abs(y - 3));
      if (code.is_dark(left + x, top + y) != (ring != 2)) return false;
    }
  return true;
}

}  // namespace

TEST_SUITE("QR code") {
  TEST_CASE("a link has finder patterns in three corners and timing between them") {
    const QrCode code(pair_link);
    CHECK(code.width() % 4 == 1);
    CHECK(is_finder(code, 0, 0));
    CHECK(is_finder(code, code.width() - 7, 0));
    CHECK(is_finder(code, 0, code.width() - 7));
    for (int x = 8; x < code.width() - 8; ++x) CHECK(code.is_dark(x, 6) == (x % 2 == 0));
    CHECK_FALSE(code.is_dark(-1, 0));
    CHECK_FALSE(code.is_dark(0, code.width()));
  }

  TEST_CASE("the drawing has a quiet zone of four modules and nothing that a page would refuse") {
    const QrCode code(pair_link);
    const auto svg = code.svg();
    const auto side = std::to_string(code.width() + 8);
    CHECK(svg.find("viewBox=\"0 0 " + side + " " + side + "\"") != std::string::npos);
    CHECK(svg.find("M4 4h1v1h-1z") != std::string::npos);
    CHECK(svg.find("style") == std::string::npos);
    CHECK(svg.find("script") == std::string::npos);
  }

  TEST_CASE("a console shows two rows a line, with colours of its own or without") {
    const QrCode code(pair_link);
    for (const bool colours : {true, false}) {
      const auto text = code.half_blocks(colours);
      CHECK(std::ranges::count(text, '\n') == (code.width() + 5) / 2);
      CHECK((text.find("\x1b[30;47m") != std::string::npos) == colours);
    }
  }

  TEST_CASE("nothing and too much become no code") {
    CHECK_THROWS_AS(QrCode(""), std::invalid_argument);
    CHECK_THROWS_AS(QrCode(std::string(1001, 'a')), std::invalid_argument);
  }
}

#include "core/store/page.hpp"

#include <doctest/doctest.h>

using namespace doodled;
using namespace doodled::store;

TEST_CASE("a cursor leads back to the position it was made for") {
  for (const std::int64_t position : {std::int64_t{0}, std::int64_t{1}, std::int64_t{1} << 60}) {
    const auto window = page_window({10, page_cursor('s', position)}, 's', 99);
    REQUIRE(window.has_value());
    CHECK(window->after == position);
    CHECK(window->limit == 10);
  }
  CHECK(page_window({10, ""}, 's', 99)->after == 99);
}

TEST_CASE("a cursor that is not from this list is refused") {
  for (const auto* cursor : {"j1", "s", "s-1", "sx", "s1 ", "s11111111111111111111", "1"}) {
    CAPTURE(cursor);
    const auto window = page_window({10, cursor}, 's', 0);
    REQUIRE_FALSE(window.has_value());
    CHECK(window.error().code == "bad_cursor");
    CHECK(window.error().problems.front().pointer == "cursor");
  }
}

TEST_CASE("a limit outside 1 to 500 is refused") {
  for (const int limit : {-1, 0, 501}) CHECK(page_window({limit, ""}, 's', 0).error().code == "bad_limit");
  for (const int limit : {1, 500}) CHECK(page_window({limit, ""}, 's', 0).has_value());
}

TEST_CASE("a page that was cut has a cursor to its last item") {
  const auto position = [](int item) { return std::int64_t{item}; };

  const auto cut = cut_page(std::vector{9, 8, 7}, 2, 's', position);
  const auto whole = cut_page(std::vector{9, 8}, 2, 's', position);

  CHECK(cut.items == std::vector{9, 8});
  CHECK(cut.next_cursor == page_cursor('s', 8));
  CHECK(whole.items == std::vector{9, 8});
  CHECK(whole.next_cursor.empty());
}

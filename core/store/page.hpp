// One page of a list, and the opaque cursor that leads to the next.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace doodled {

struct PageRequest {
  int limit = 50;      // 1..500
  std::string cursor;  // empty: the first page; else next_cursor of the page before
};

template <class T>
struct Page {
  std::vector<T> items;
  std::string next_cursor;  // empty: this was the last page
};

namespace store {

// A checked PageRequest. `after` is the position that the page before ended at; none: start anew.
struct PageWindow {
  int limit;
  std::int64_t after;
};

// `list` keeps cursors of different lists apart. Errors: bad_limit, bad_cursor.
Result<PageWindow> page_window(const PageRequest& request, char list, std::int64_t start);
std::string page_cursor(char list, std::int64_t position);

// Turns limit + 1 fetched rows into a page; position(item) is what its cursor holds.
template <class T, class Position>
Page<T> cut_page(std::vector<T> rows, int limit, char list, const Position& position) {
  Page<T> page{std::move(rows), {}};
  if (static_cast<int>(page.items.size()) <= limit) return page;
  page.items.resize(static_cast<std::size_t>(limit));
  page.next_cursor = page_cursor(list, position(page.items.back()));
  return page;
}

}  // namespace store
}  // namespace doodled

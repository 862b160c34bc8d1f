// Lists of the store, walked to their end.
#pragma once
#include <stdexcept>

#include "core/store/page.hpp"

namespace doodled {

// visit(item) for each item of list(PageRequest) -> Result<Page<...>>, in the list's order. What is added
// meanwhile may be missed.
template <class List, class Visit>
void for_each_listed(const List& list, const Visit& visit) {
  PageRequest next{500, {}};
  do {
    const auto page = list(next);
    if (!page) throw std::logic_error(page.error().message);
    for (const auto& item : page->items) visit(item);
    next.cursor = page->next_cursor;
  } while (!next.cursor.empty());
}

}  // namespace doodled

#include "core/store/page.hpp"

#include <charconv>

namespace doodled::store {
namespace {

constexpr int most_items = 500;

Error bad_cursor() {
  return {"bad_cursor", "the cursor does not belong to this list", {{"cursor", "take it from next_cursor"}}};
}

}  // namespace

Result<PageWindow> page_window(const PageRequest& request, char list, std::int64_t start) {
  if (request.limit < 1 || request.limit > most_items)
    return Error{
        "bad_limit", "limit is out of range", {{"limit", "from 1 to " + std::to_string(most_items)}}};
  if (request.cursor.empty()) return PageWindow{request.limit, start};
  if (request.cursor.front() != list) return bad_cursor();
  std::int64_t after = 0;
  const char* const end = request.cursor.data() + request.cursor.size();
  const auto [rest, error] = std::from_chars(request.cursor.data() + 1, end, after, 16);
  if (error != std::errc() || rest != end || after < 0) return bad_cursor();
  return PageWindow{request.limit, after};
}

std::string page_cursor(char list, std::int64_t position) {
  char digits[17];
  const auto result = std::to_chars(std::begin(digits), std::end(digits), position, 16);
  return list + std::string(std::begin(digits), result.ptr);
}

}  // namespace doodled::store

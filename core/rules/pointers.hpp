// Sets of places in a session document, as RFC 6901 JSON Pointers.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace doodled {

// Whether `place` is `whole` or lies inside it. The empty pointer is the whole document.
constexpr bool is_inside(std::string_view place, std::string_view whole) {
  return place.starts_with(whole) && (place.size() == whole.size() || place[whole.size()] == '/');
}

class PointerSet {
 public:
  PointerSet() = default;
  explicit PointerSet(std::vector<std::string> pointers) : pointers_(std::move(pointers)) {}

  bool empty() const { return pointers_.empty(); }
  const std::vector<std::string>& pointers() const { return pointers_; }
  // All of `place` belongs to the set.
  bool covers(std::string_view place) const {
    return std::ranges::any_of(pointers_, [&](const auto& whole) { return is_inside(place, whole); });
  }
  // `place` or something in it belongs to the set.
  bool touches(std::string_view place) const {
    return covers(place) ||
           std::ranges::any_of(pointers_, [&](const auto& inner) { return is_inside(inner, place); });
  }

 private:
  std::vector<std::string> pointers_;
};

}  // namespace doodled

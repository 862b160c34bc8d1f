// The strokes on a page and the hand's way back. Pure.
#pragma once
#include <vector>

#include "core/image/strokes.hpp"

namespace doodled::live {

class PageHistory {
 public:
  static constexpr std::size_t max_states = 200;

  const Strokes& strokes() const { return states_[at_]; }

  // An id of 0 takes the next one that is free. Returns the id. Errors: 'stroke_exists', 'too_many_strokes'.
  Result<std::int64_t> add(HandStroke stroke);
  // All of them or none. Error: 'unknown_stroke'.
  Result<void> erase(const std::vector<std::int64_t>& ids);
  // Errors: 'nothing_to_undo', 'nothing_to_redo'.
  Result<void> undo();
  Result<void> redo();
  // An empty page stays as it is.
  void clear();

 private:
  bool holds(std::int64_t id) const;
  void then(Strokes strokes);

  std::vector<Strokes> states_{Strokes{}};
  std::size_t at_ = 0;
  std::int64_t next_id_ = 1;
};

}  // namespace doodled::live

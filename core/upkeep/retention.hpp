// What is let go of by itself: the oldest sessions that nobody starred, with their pictures.
#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "core/store/store.hpp"

namespace doodled {

struct RetentionRules {
  int max_days = 0;                    // older sessions go; 0: no limit
  std::int64_t max_picture_bytes = 0;  // of all pictures together; 0: no limit
  bool any() const { return max_days > 0 || max_picture_bytes > 0; }
};

// Forgets (core/store/sessions.hpp) what the rules don't keep, oldest first; starred sessions never.
// `forgotten` is told of each. Returns how many. Throws StoreUnavailable.
int apply_retention(Store& store, const RetentionRules& rules, std::int64_t wall_ms,
                    const std::function<void(const std::string& id, const Forgotten& gone)>& forgotten);

}  // namespace doodled

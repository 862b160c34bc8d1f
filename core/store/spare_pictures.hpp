// Pictures that could be let go of, in the order in which they are missed least.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/store/database.hpp"

namespace doodled {

struct SparePicture {
  std::string id;
  std::int64_t size = 0;  // bytes
};

// Those that no visible session and no open job has, sent before `before` and last had by a session before
// it: first those of no session at all, then those of hidden sessions, each the oldest first.
std::vector<SparePicture> unused_pictures(Database& database, std::int64_t before);

// Those of visible sessions of which none is starred, and of no open job; first the one whose newest session
// is the oldest.
std::vector<SparePicture> unstarred_pictures(Database& database);

}  // namespace doodled

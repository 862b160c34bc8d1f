// The session as the companion gets it: JSON in ASCII, described in PROTOCOL.md.
#pragma once
#include <string>
#include <vector>

#include "core/play/timeline.hpp"

namespace doodled::max_link {

// A note that sounds only sometimes, where arrange() would put it.
struct Chance {
  Tick tick;
  std::uint16_t track;
  std::uint8_t pitch, velocity;
  Tick duration;
  double probability;
  bool operator==(const Chance&) const = default;
};

// Notes of the session with a probability below 1, without ties, ratchets and tunings.
std::vector<Chance> chances_of(const Session& session);

// Notes that are among `chances` are left out of the certain ones. Automation is left out where the text
// would otherwise be longer than `largest`; the box streams it all the same.
std::string document_of(const Timeline& timeline, const std::vector<Chance>& chances = {},
                        std::size_t largest = 3 * 1024 * 1024);

}  // namespace doodled::max_link

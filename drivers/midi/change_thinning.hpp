// Which changes of a parameter are left out for a device that takes only so many a second. Decided ahead from
// the timeline, so that every play of it sends the same. Allocates in prepare() only.
#pragma once
#include <vector>

#include "core/play/timeline.hpp"

namespace doodled::midi {

class ChangeThinning {
 public:
  // A change is left out when it comes sooner than 1/`per_second` after the last that was sent and another
  // one of its track and parameter follows as soon; so a movement keeps its end. At the timeline's own tempo.
  // 0: nothing is left out.
  void prepare(const Timeline& timeline, int per_second);
  bool leaves_out(Tick tick, std::uint16_t track, Parameter parameter) const noexcept;

 private:
  struct Change {
    Tick tick;
    std::uint16_t track;
    Parameter parameter;
    auto operator<=>(const Change&) const = default;
  };
  std::vector<Change> left_out_;  // ascending
};

}  // namespace doodled::midi

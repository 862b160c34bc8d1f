// One track as an MPC's .mpcpattern: plain JSON, 960 pulses a quarter note, events in order of time. The
// layout is known from files that load on the hardware, not from a document of Akai's; `length` is the
// largest 64-bit number in all of them.
#pragma once
#include <cstdint>
#include <string>

#include "core/play/device_profile.hpp"
#include "core/play/timeline.hpp"

namespace doodled {

// `classic` loads on MPC 2, MPC 3 and Force; `mpc3` is what an MPC 3 writes.
enum class MpcDialect { classic, mpc3 };

struct MpcPatternOptions {
  MpcDialect dialect = MpcDialect::classic;
  PadMap pad_map = PadMap::chromatic_c1;  // which note a pad has; drum tracks only
};

// The notes of the timeline's track `index`.
std::string to_mpc_pattern(const Timeline& timeline, std::size_t index,
                           const MpcPatternOptions& options = {});

}  // namespace doodled

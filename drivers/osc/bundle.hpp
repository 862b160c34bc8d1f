// Messages that belong to one moment, in as few datagrams as hold them.
#pragma once
#include "core/play/driver.hpp"

namespace doodled::osc_out {

// OSC 1.0: '#bundle', the time tag 'immediately', then each element with its size before it. A message that
// is alone stays one. Never allocates.
void add_bundled(const Packets& messages, std::size_t largest, Packets& packets) noexcept;

}  // namespace doodled::osc_out

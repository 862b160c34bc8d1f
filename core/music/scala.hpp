// Scala scale files (.scl), https://www.huygens-fokker.org/scala/scl_format.html: lines that begin with '!'
// are comments; a description; the number of degrees; then one degree a line, in cents when it holds a point,
// else a ratio.
#pragma once
#include <string_view>

#include "core/base/result.hpp"
#include "core/music/tuning.hpp"

namespace doodled {

// Errors: 'invalid_scl', each with the line at fault. At most 1,024 degrees and 256 KiB.
Result<Tuning> tuning_from_scl(std::string_view text);

}  // namespace doodled

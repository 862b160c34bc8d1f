// SVG of ours as pixels, through librsvg's program.
#pragma once
#include <filesystem>
#include <string>

#include "core/base/result.hpp"

namespace doodled {

// PNG bytes at the drawing's own size. A folder in `scratch` holds the files in between. Errors: those of
// run_program.
Result<std::string> png_of(const std::string& svg, const std::filesystem::path& scratch);

}  // namespace doodled

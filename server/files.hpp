#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace doodled {

// Errors: 'cannot_read' with the file's name and the system's reason; 'picture_too_large' beyond `most`
// bytes.
Result<std::vector<std::uint8_t>> read_file(const std::filesystem::path& file, std::int64_t most);
// Errors: 'cannot_write'.
Result<void> write_file(const std::filesystem::path& file, const std::vector<std::uint8_t>& bytes);

}  // namespace doodled

#include "server/files.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

namespace doodled {

Result<std::vector<std::uint8_t>> read_file(const std::filesystem::path& file, std::int64_t most) {
  std::error_code failure;
  if (std::filesystem::is_directory(file, failure))
    return Error{"cannot_read", file.string() + ": is a directory"};
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return Error{"cannot_read", file.string() + ": " + std::strerror(errno)};
  std::vector<std::uint8_t> bytes;
  std::vector<char> piece(std::size_t{1} << 16);
  while (stream.read(piece.data(), static_cast<std::streamsize>(piece.size())) || stream.gcount() > 0) {
    bytes.insert(bytes.end(), piece.begin(), piece.begin() + stream.gcount());
    if (static_cast<std::int64_t>(bytes.size()) > most)
      return Error{"picture_too_large", file.string() + ": larger than " + std::to_string(most) + " bytes"};
  }
  return bytes;
}

Result<void> write_file(const std::filesystem::path& file, const std::vector<std::uint8_t>& bytes) {
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (!stream) return Error{"cannot_write", file.string() + ": " + std::strerror(errno)};
  return {};
}

}  // namespace doodled

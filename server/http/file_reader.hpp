// An open regular file, read by position.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace doodled::http {

class FileReader {
 public:
  // Nothing where it is no regular file that can be read.
  static std::optional<FileReader> open(const std::filesystem::path& path);
  FileReader(FileReader&& other) noexcept;
  FileReader& operator=(FileReader&&) = delete;
  ~FileReader();

  std::uint64_t size() const { return size_; }
  // Exactly `length` bytes; throws std::system_error or, where the file has become shorter,
  // std::runtime_error.
  std::string read(std::uint64_t offset, std::size_t length) const;

 private:
  FileReader(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}

  int descriptor_;
  std::uint64_t size_;
};

}  // namespace doodled::http

// One daemon a data directory: DIR/doodled.lock, held until destruction or the end of the process. Where
// nothing can be written several do no harm.
#pragma once
#include <filesystem>

#include "core/base/result.hpp"

namespace doodled {

class DirectoryLock {
 public:
  // Makes the directory where missing. Error: data_dir_in_use. Throws StoreUnavailable.
  static Result<DirectoryLock> acquire(const std::filesystem::path& data_dir);
  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock& operator=(DirectoryLock&& other) noexcept;
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace doodled

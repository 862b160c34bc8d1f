#include "core/store/directory_lock.hpp"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/store/durable_files.hpp"
#include "core/store/failures.hpp"

namespace doodled {

Result<DirectoryLock> DirectoryLock::acquire(const std::filesystem::path& data_dir) {
  store::make_directory(data_dir);
  const auto file = data_dir / "doodled.lock";
  if (store::on_read_only_file_system(data_dir)) return DirectoryLock(-1);
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  if (fd < 0) store::throw_errno(errno, file.string());
  DirectoryLock lock(fd);
  if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK) store::throw_errno(errno, file.string());
  return Error{
      "data_dir_in_use", "another doodled is running on " + data_dir.string(), {{"data_dir", file.string()}}};
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

DirectoryLock& DirectoryLock::operator=(DirectoryLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

DirectoryLock::~DirectoryLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace doodled

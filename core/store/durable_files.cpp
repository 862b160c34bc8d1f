#include "core/store/durable_files.hpp"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/store/failures.hpp"

namespace doodled::store {
namespace {

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& file, int flags)
      : fd_(::open(file.c_str(), flags | O_CLOEXEC, 0640)), name_(file.string()) {
    if (fd_ < 0) fail();
  }
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  void write(Bytes data) {
    while (!data.empty()) {
      const auto written = ::write(fd_, data.data(), data.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail();
      data = data.subspan(static_cast<std::size_t>(written));
    }
  }
  void sync() {
    if (::fsync(fd_) != 0) fail();
  }
  // Some file systems tell of a full disk only here.
  void close() {
    if (::close(std::exchange(fd_, -1)) != 0) fail();
  }

 private:
  [[noreturn]] void fail() const { throw_errno(errno, name_); }

  int fd_;
  std::string name_;
};

}  // namespace

void sync_file(const std::filesystem::path& file) { Descriptor(file, O_RDONLY).sync(); }

void sync_directory(const std::filesystem::path& directory) {
  Descriptor(directory, O_RDONLY | O_DIRECTORY).sync();
}

void make_directory(const std::filesystem::path& directory) {
  std::error_code error;
  if (std::filesystem::is_directory(directory, error)) return;
  if (directory.has_parent_path() && directory.parent_path() != directory)
    make_directory(directory.parent_path());
  if (::mkdir(directory.c_str(), 0750) != 0 && errno != EEXIST) throw_errno(errno, directory.string());
  sync_directory(directory.has_parent_path() ? directory.parent_path() : ".");
}

void write_synced(const std::filesystem::path& file, Bytes data) {
  Descriptor target(file, O_WRONLY | O_CREAT | O_TRUNC);
  target.write(data);
  target.sync();
  target.close();
}

void move_durably(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) throw_errno(errno, to.string());
  sync_directory(to.parent_path());
}

bool remove_durably(const std::filesystem::path& file) {
  if (::unlink(file.c_str()) != 0) {
    if (errno == ENOENT) return false;
    throw_errno(errno, file.string());
  }
  sync_directory(file.parent_path());
  return true;
}

}  // namespace doodled::store

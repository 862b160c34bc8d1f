#include "core/store/durable_files.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/store/failures.hpp"

namespace doodled::store {
namespace {

class OpenFile {
 public:
  OpenFile(const std::filesystem::path& file, int flags)
      : fd_(::open(file.c_str(), flags | O_CLOEXEC, 0640)), name_(file.string()) {
    if (fd_ < 0) fail();
  }
  ~OpenFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  // At most all of it; nothing where the system refuses with EINVAL.
  std::size_t write_some(Bytes data) {
    for (;;) {
      const auto written = ::write(fd_, data.data(), data.size());
      if (written >= 0) return static_cast<std::size_t>(written);
      if (errno == EINVAL) return 0;
      if (errno != EINTR) fail();
    }
  }
  void write(Bytes data) {
    while (!data.empty()) {
      const auto written = write_some(data);
      if (written == 0) fail();
      data = data.subspan(written);
    }
  }
  // Whether what is written next goes past the page cache; false where the file system always uses it.
  bool set_direct(bool direct) {
    const int flags = ::fcntl(fd_, F_GETFL);
    return ::fcntl(fd_, F_SETFL, direct ? flags | O_DIRECT : flags & ~O_DIRECT) == 0;
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

// What addresses, sizes and offsets must be multiples of (open(2), O_DIRECT).
constexpr std::size_t block = 4096;
constexpr std::size_t direct_from = 512 * 1024;
constexpr std::size_t piece = 256 * 1024;

struct alignas(block) Piece {
  std::array<std::uint8_t, piece> bytes;
};

// The whole blocks of what is large, past the page cache: to find fresh pages for it costs more processor
// time than all else that is done with a picture's bytes. What is left is to be written as usual.
Bytes write_directly(OpenFile& target, Bytes data) {
  if (data.size() < direct_from || !target.set_direct(true)) return data;
  const std::unique_ptr<Piece> aligned(new Piece);
  for (std::size_t written = piece; written % block == 0 && written > 0 && data.size() >= block;) {
    const auto size = std::min(data.size() / block * block, piece);
    std::ranges::copy(data.first(size), aligned->bytes.begin());
    written = target.write_some(Bytes(aligned->bytes).first(size));
    data = data.subspan(written);
  }
  target.set_direct(false);
  return data;
}

}  // namespace

void sync_file(const std::filesystem::path& file) { OpenFile(file, O_RDONLY).sync(); }

void sync_directory(const std::filesystem::path& directory) {
  OpenFile(directory, O_RDONLY | O_DIRECTORY).sync();
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
  OpenFile target(file, O_WRONLY | O_CREAT | O_TRUNC);
  target.write(write_directly(target, data));
  target.sync();
  target.close();
}

void move_durably(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) throw_errno(errno, to.string());
  sync_directory(to.parent_path());
}

bool on_read_only_file_system(const std::filesystem::path& directory) noexcept {
  return access(directory.c_str(), W_OK) != 0 && errno == EROFS;
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

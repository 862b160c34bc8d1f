#include "server/console_key.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <unistd.h>

#include "core/access/secrets.hpp"
#include "core/base/log.hpp"

namespace doodled {
namespace {

std::filesystem::path file_in(const std::filesystem::path& data_dir) { return data_dir / "console-key"; }

// A file of that name that is there already may belong to anybody; ours is a new one.
bool write_private(const std::filesystem::path& file, const std::string& text) {
  ::unlink(file.c_str());
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return false;
  const auto written = ::write(fd, text.data(), text.size());
  return ::close(fd) == 0 && written == static_cast<ssize_t>(text.size());
}

}  // namespace

ConsoleKey::ConsoleKey(const std::filesystem::path& data_dir)
    : file_(file_in(data_dir)), secret_(new_token_secret()) {
  if (write_private(file_, secret_)) return;
  log::warning("access", "commands on this machine get no key of their own",
               {{"reason", std::strerror(errno)}});
  secret_.clear();
}

ConsoleKey::~ConsoleKey() {
  std::error_code ignored;
  std::filesystem::remove(file_, ignored);
}

std::string ConsoleKey::read(const std::filesystem::path& data_dir) {
  std::ifstream stream(file_in(data_dir));
  std::string secret;
  std::getline(stream, secret);
  return secret;
}

}  // namespace doodled

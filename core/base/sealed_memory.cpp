#include "core/base/sealed_memory.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace doodled {
namespace {

void check_memory(bool done) {
  if (!done) throw std::system_error(errno, std::generic_category(), "memory for another process");
}

void write_all(int memory, Bytes bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(memory, bytes.data(), bytes.size());
    check_memory(written >= 0 || errno == EINTR);
    if (written > 0) bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

}  // namespace

Descriptor sealed_memory(const char* name, Bytes bytes) {
  Descriptor memory(memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
  check_memory(static_cast<bool>(memory));
  write_all(memory.get(), bytes);
  check_memory(fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) ==
               0);
  return memory;
}

}  // namespace doodled

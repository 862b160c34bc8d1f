#include "core/reader/client/sealed_memory.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace doodled::reader {
namespace {

void check(bool done) {
  if (!done) throw std::system_error(errno, std::generic_category(), "memory for the reader");
}

void write_all(int descriptor, Bytes bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    check(written >= 0 || errno == EINTR);
    if (written > 0) bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

}  // namespace

Descriptor sealed_memory(Bytes bytes) {
  Descriptor memory(memfd_create("picture", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  check(static_cast<bool>(memory));
  write_all(memory.get(), bytes);
  check(fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) == 0);
  return memory;
}

}  // namespace doodled::reader

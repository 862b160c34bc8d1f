#include "core/reader/process/received_bytes.hpp"

#include <stdexcept>

#include <sys/mman.h>
#include <unistd.h>

namespace doodled::reader {

ReceivedBytes::ReceivedBytes(int descriptor, std::size_t size) {
  if (lseek(descriptor, 0, SEEK_END) < static_cast<off_t>(size))
    throw std::runtime_error("the sealed memory is smaller than the message says");
  void* place = mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0);
  if (place == MAP_FAILED) throw std::runtime_error("cannot map the sealed memory");
  mapped_ = {static_cast<const std::uint8_t*>(place), size};
}

ReceivedBytes::~ReceivedBytes() {
  if (!mapped_.empty()) munmap(const_cast<std::uint8_t*>(mapped_.data()), mapped_.size());
}

}  // namespace doodled::reader

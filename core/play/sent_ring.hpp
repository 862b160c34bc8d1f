// What a runner has sent, on its way to the play log: packets of any size between one writer and one reader.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>

#include "core/base/bell.hpp"
#include "core/base/ids.hpp"
#include "core/music/time.hpp"

namespace doodled {

struct SentHeader {
  std::uint64_t play = 0, seq = 0;
  Tick tick = 0;
  Nanoseconds due{}, lateness{};
  Nanoseconds origin{};  // of `due`, on Clock::now()
  std::uint32_t loop = 0, size = 0;
  bool note = false;  // of a note that begins
};

class SentRing {
 public:
  explicit SentRing(std::size_t capacity);  // a power of two, in bytes

  // Writer. False, and nothing written, when it does not fit. Never allocates.
  bool push(const SentHeader& header, Bytes packet) noexcept;
  // Reader. False when empty. `packet` has room for any packet (Packets::capacity).
  bool pop(SentHeader& header, std::uint8_t* packet) noexcept;

 private:
  void copy_in(std::size_t at, const void* data, std::size_t size) noexcept;
  void copy_out(std::size_t at, void* data, std::size_t size) const noexcept;

  std::unique_ptr<std::uint8_t[]> bytes_;
  std::size_t capacity_;
  alignas(64) std::atomic<std::size_t> written_{0};
  alignas(64) std::atomic<std::size_t> read_{0};
};

}  // namespace doodled

#include "core/play/sent_ring.hpp"

#include <algorithm>
#include <cstring>

namespace doodled {

SentRing::SentRing(std::size_t capacity) : bytes_(new std::uint8_t[capacity]), capacity_(capacity) {}

bool SentRing::push(const SentHeader& header, Bytes packet) noexcept {
  const auto at = written_.load(std::memory_order_relaxed);
  const auto used = at - read_.load(std::memory_order_acquire);
  if (used + sizeof header + packet.size() > capacity_) return false;
  SentHeader sized = header;
  sized.size = static_cast<std::uint32_t>(packet.size());
  copy_in(at, &sized, sizeof sized);
  copy_in(at + sizeof sized, packet.data(), packet.size());
  written_.store(at + sizeof sized + packet.size(), std::memory_order_release);
  return true;
}

bool SentRing::pop(SentHeader& header, std::uint8_t* packet) noexcept {
  const auto at = read_.load(std::memory_order_relaxed);
  if (at == written_.load(std::memory_order_acquire)) return false;
  copy_out(at, &header, sizeof header);
  copy_out(at + sizeof header, packet, header.size);
  read_.store(at + sizeof header + header.size, std::memory_order_release);
  return true;
}

void SentRing::copy_in(std::size_t at, const void* data, std::size_t size) noexcept {
  const auto start = at & (capacity_ - 1);
  const auto first = std::min(size, capacity_ - start);
  const auto* from = static_cast<const std::uint8_t*>(data);
  std::memcpy(bytes_.get() + start, from, first);
  if (first < size) std::memcpy(bytes_.get(), from + first, size - first);
}

void SentRing::copy_out(std::size_t at, void* data, std::size_t size) const noexcept {
  const auto start = at & (capacity_ - 1);
  const auto first = std::min(size, capacity_ - start);
  auto* to = static_cast<std::uint8_t*>(data);
  std::memcpy(to, bytes_.get() + start, first);
  if (first < size) std::memcpy(to + first, bytes_.get(), size - first);
}

}  // namespace doodled

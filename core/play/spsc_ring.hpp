// A ring between exactly one writing and one reading thread. Lock-free; allocates only when it is made.
#pragma once
#include <atomic>
#include <cstddef>
#include <memory>
#include <type_traits>

namespace doodled {

template <class T>
class SpscRing {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  // `capacity` is a power of two.
  explicit SpscRing(std::size_t capacity) : items_(new T[capacity]), mask_(capacity - 1) {}

  // Writer. False when full.
  bool push(const T& item) noexcept {
    const auto at = written_.load(std::memory_order_relaxed);
    if (at - read_.load(std::memory_order_acquire) > mask_) return false;
    items_[at & mask_] = item;
    written_.store(at + 1, std::memory_order_release);
    return true;
  }

  // Reader. Null when empty; stays valid until pop().
  const T* front() const noexcept {
    const auto at = read_.load(std::memory_order_relaxed);
    return at == written_.load(std::memory_order_acquire) ? nullptr : &items_[at & mask_];
  }
  void pop() noexcept { read_.store(read_.load(std::memory_order_relaxed) + 1, std::memory_order_release); }

 private:
  std::unique_ptr<T[]> items_;
  std::size_t mask_;
  alignas(64) std::atomic<std::size_t> written_{0};
  alignas(64) std::atomic<std::size_t> read_{0};
};

}  // namespace doodled

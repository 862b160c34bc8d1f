#include "core/interpret/read_ahead.hpp"

namespace doodled {
namespace {

constexpr Nanoseconds forgotten_after = std::chrono::minutes(1);

}  // namespace

ReadAhead::Underway::Underway(const SeePicture& see, std::vector<std::uint8_t> image, std::string kind_wanted,
                              Nanoseconds since)
    : kind_wanted_(std::move(kind_wanted)), since_(since), reading_(promise_.get_future()) {
  thread_ = std::jthread([this, &see, image = std::move(image)](const std::stop_token& stop) {
    try {
      promise_.set_value(see(image, kind_wanted_, stop));
    } catch (...) {
      promise_.set_exception(std::current_exception());
    }
  });
}

Result<Seen> ReadAhead::Underway::wait(const std::stop_token& stop) {
  const std::stop_callback on_stop(stop, [this] { thread_.request_stop(); });
  return reading_.get();
}

ReadAhead::ReadAhead(SeePicture see, std::size_t most, const Clock& clock)
    : see_(std::move(see)), most_(most), clock_(clock) {}

std::unique_ptr<ReadAhead::Underway> ReadAhead::begin(Bytes image, const std::string& kind_wanted) {
  Kept dropped;  // ends outside the lock
  {
    const std::lock_guard lock(mutex_);
    drop_forgotten(dropped);
    if (kept_.size() >= most_) return nullptr;
  }
  return std::make_unique<Underway>(see_, std::vector<std::uint8_t>(image.begin(), image.end()), kind_wanted,
                                    clock_.now());
}

void ReadAhead::drop_forgotten(Kept& dropped) {
  for (auto entry = kept_.begin(); entry != kept_.end();) {
    const auto next = std::next(entry);
    if (clock_.now() - entry->second->since() > forgotten_after) dropped.insert(kept_.extract(entry));
    entry = next;
  }
}

void ReadAhead::keep(const std::string& image_sha256, std::unique_ptr<Underway> underway) {
  if (!underway) return;
  const std::lock_guard lock(mutex_);
  if (kept_.size() < most_) kept_.emplace(image_sha256, std::move(underway));
}

std::unique_ptr<ReadAhead::Underway> ReadAhead::take(const std::string& image_sha256,
                                                     const std::string& kind_wanted) {
  const std::lock_guard lock(mutex_);
  const auto [first, last] = kept_.equal_range(image_sha256);
  for (auto entry = first; entry != last; ++entry)
    if (entry->second->kind_wanted() == kind_wanted) return std::move(kept_.extract(entry).mapped());
  return nullptr;
}

}  // namespace doodled

#include "core/interpret/net/picture_shelf.hpp"

#include <algorithm>

namespace doodled {

PictureShelf::Picture PictureShelf::find(const std::string& key) {
  std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(kept_, key, &Kept::key);
  if (found == kept_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, found);
  return found->picture;
}

void PictureShelf::put(const std::string& key, Picture picture) {
  std::lock_guard lock(mutex_);
  if (std::ranges::find(kept_, key, &Kept::key) != kept_.end()) return;
  bytes_ += picture->bytes.size();
  kept_.push_front({key, std::move(picture)});
  while (bytes_ > most_bytes_) {
    bytes_ -= kept_.back().picture->bytes.size();
    kept_.pop_back();
  }
}

}  // namespace doodled

// Prepared pictures that may be wanted again soon: by another candidate, or for the next try.
#pragma once
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "core/interpret/llm/provider.hpp"

namespace doodled {

// Thread-safe.
class PictureShelf {
 public:
  using Picture = std::shared_ptr<const llm::PreparedPicture>;

  explicit PictureShelf(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  // Null when it is not there.
  Picture find(const std::string& key);
  // Drops those that were not wanted for longest.
  void put(const std::string& key, Picture picture);

 private:
  struct Kept {
    std::string key;
    Picture picture;
  };

  const std::size_t most_bytes_;
  std::mutex mutex_;
  std::list<Kept> kept_;  // last wanted first
  std::size_t bytes_ = 0;
};

}  // namespace doodled

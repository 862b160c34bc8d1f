// Readings begun while their picture is still on its way to the disk, so that its job finds them under way.
#pragma once
#include <atomic>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/base/clock.hpp"
#include "core/interpret/builtin.hpp"

namespace doodled {

// Thread-safe.
class ReadAhead {
 public:
  // One reading on a thread of its own; stopped when it is dropped.
  class Underway {
   public:
    Underway(const SeePicture& see, std::vector<std::uint8_t> image, std::string kind_wanted,
             Nanoseconds since);

    const std::string& kind_wanted() const { return kind_wanted_; }
    Nanoseconds since() const { return since_; }
    // Blocks until it is read; a stop request ends it with the Error 'cancelled'. Once only.
    Result<Seen> wait(const std::stop_token& stop);

   private:
    std::string kind_wanted_;
    Nanoseconds since_;
    std::promise<Result<Seen>> promise_;
    std::future<Result<Seen>> reading_;
    std::jthread thread_;
  };

  // At most `most` are under way or wait for their job; no more are begun meanwhile. One that no job has
  // taken after a minute is dropped.
  ReadAhead(SeePicture see, std::size_t most, const Clock& clock);

  // Copies the picture. Nothing where there are enough already.
  std::unique_ptr<Underway> begin(Bytes image, const std::string& kind_wanted);
  // For the job of that picture to take; nothing to keep is fine.
  void keep(const std::string& image_sha256, std::unique_ptr<Underway> underway);
  // Nothing where none was begun for that picture and that kind.
  std::unique_ptr<Underway> take(const std::string& image_sha256, const std::string& kind_wanted);

 private:
  using Kept = std::multimap<std::string, std::unique_ptr<Underway>>;
  void drop_forgotten(Kept& dropped);

  const SeePicture see_;
  const std::size_t most_;
  const Clock& clock_;
  std::mutex mutex_;
  Kept kept_;  // by the picture's SHA-256
};

}  // namespace doodled

// Images: the uploaded bytes as they came, and what decoding said of them.
#pragma once
#include <optional>

#include "core/store/blobs.hpp"
#include "core/store/database.hpp"
#include "core/store/page.hpp"

namespace doodled {

struct ImageFacts {
  std::string media_type;
  int width = 0, height = 0;  // pixels, upright
  int orientation = 1;        // EXIF 1..8, as found in the bytes
};

struct Image {
  std::string id;  // the SHA-256 of the bytes
  std::int64_t size = 0;
  ImageFacts facts;
  std::int64_t created_at = 0;               // wall milliseconds, as all times of the store
  std::optional<std::int64_t> forgotten_at;  // set: the bytes were removed for good
  bool stays = false;                        // must not leave this machine
  const std::string& sha256() const { return id; }
};

// A picture whose bytes survive a power cut, and of which nothing is recorded yet.
struct KeptPicture {
  std::string id;
  Bytes data;
  ImageFacts facts;
  std::int64_t at = 0;
  std::uint64_t removals = 0;  // as Blobs counts them, before the bytes were kept
};

class Images {
 public:
  Images(Database& database, Blobs& blobs) : database_(database), blobs_(blobs) {}

  // The same bytes again give the first image; bytes that were forgotten are there again. What nothing uses
  // counts as created when it was last sent, to the hour.
  Image put(Bytes data, const ImageFacts& facts, std::int64_t at) { return add(keep(data, facts, at)); }
  // Its two halves, for who has more to write in the commit of the second. `data` outlives what is given.
  KeptPicture keep(Bytes data, const ImageFacts& facts, std::int64_t at);
  Image add(const KeptPicture& picture);
  // Whether the bytes may be sent to interpreters elsewhere. Error: unknown_image.
  Result<Image> keep_here(const std::string& id, bool stays);
  // Error: unknown_image. Finds forgotten images too.
  Result<Image> get(const std::string& id);
  // Errors: unknown_image, image_forgotten.
  Result<std::vector<std::uint8_t>> bytes(const std::string& id);
  // Removes the bytes for good, and the strokes it was drawn with; the chain says so. Doing it again changes
  // nothing. Errors: unknown_image, image_in_use (a visible session or an open job has it; says which).
  Result<void> forget(const std::string& id, std::int64_t at);
  // Newest first.
  Result<Page<Image>> list(const PageRequest& request);
  // Of those that are not forgotten.
  std::int64_t total_bytes();
  // Removes the files of images that were forgotten just before a crash. Call once at start.
  int sweep_forgotten();

 private:
  Database& database_;
  Blobs& blobs_;
};

}  // namespace doodled

// What the header of an uploaded picture says.
#pragma once
#include <string>

namespace doodled {

struct ImageInfo {
  std::string media_type;     // "image/jpeg"; told from the bytes, never from a file's name
  int width = 0, height = 0;  // of the upright picture, pixels
  int orientation = 1;        // EXIF tag 0x0112 as stored, 1..8; a missing or invalid one is 1
  bool operator==(const ImageInfo&) const = default;
};

}  // namespace doodled

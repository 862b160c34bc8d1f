// libvips in the words of this room: owned images and failures as Errors. Only decode/*.cpp may include this.
#pragma once
#include <memory>
#include <string>
#include <utility>

#include <vips/vips.h>

#include "core/base/ids.hpp"
#include "core/reader/decode/picture_format.hpp"

namespace doodled::decoding {

struct Unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

// libvips' error text of this thread, cleared by the call, as "truncated_picture" or "damaged_picture".
Error take_error();

// What libvips logs; take_error() falls back on it. Thread-safe.
void note_warning(const char* text);

// Calls `operation(VipsImage** out)`; throws ErrorException with take_error() when it fails.
template <class Operation>
Image made_by(Operation operation) {
  VipsImage* out = nullptr;
  const int failed = operation(&out);
  Image image(out);
  if (failed) throw ErrorException(take_error());
  return image;
}

// Opens lazily: the header is read, pixels come when asked for, top to bottom, once. `encoded` must outlive
// the image. `scale` makes WebP (0 < scale <= 1) and JPEG (1, 1/2, 1/4 or 1/8) unpack at a fraction of their
// size; other kinds take no notice of it.
Image load(PictureFormat format, Bytes encoded, double scale);

}  // namespace doodled::decoding

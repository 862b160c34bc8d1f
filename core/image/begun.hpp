// Work on a picture that is under way, and what is known of the picture by then.
#pragma once
#include <functional>

#include "core/base/result.hpp"
#include "core/image/image_info.hpp"

namespace doodled {

template <class Made>
struct Begun {
  ImageInfo info;  // of the picture, from its header
  // Waits for the rest; once, on one thread. Where it is dropped unasked, the work is broken off.
  std::function<Result<Made>()> rest;
};

}  // namespace doodled

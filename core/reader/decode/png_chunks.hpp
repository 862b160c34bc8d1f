// A look at a PNG's chunks before a library does.
#pragma once
#include "core/base/ids.hpp"

namespace doodled::decoding {

// Whether no chunk claims more bytes than the whole file has, image data (IDAT) left out. libpng allocates
// and clears what a chunk claims, up to 2 GB, before it finds out that the bytes are not there; image data it
// takes as it comes. `png` begins with the eight bytes of the signature.
bool png_chunks_are_credible(Bytes png);

}  // namespace doodled::decoding

// A look at a PNG's chunks before a library does.
#pragma once
#include "core/base/ids.hpp"

namespace doodled::decoding {

// Whether every chunk up to IEND, or to the end of the file, has as many bytes as it claims. libpng allocates
// what a chunk claims (up to 2 GB) before it finds out. `png` begins with the eight bytes of the signature.
bool png_chunks_are_whole(Bytes png);

}  // namespace doodled::decoding

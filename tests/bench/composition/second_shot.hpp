// A second photograph of the same page: other light, turned by three degrees, saved as a JPEG of quality 60.
#pragma once
#include "core/image/raster.hpp"

namespace doodled::bench {

// Light that falls off across the page, a lamp's colour, the turn (either way, by the seed; beyond its edges
// the picture is mirrored) and the camera's noise; then encoded by libvips and decoded as an upload would be.
Raster second_shot(const Raster& picture, std::uint64_t seed);

// The first photograph of what was exported and never photographed: held straight, in mild light, with little
// noise and of JPEG quality 90.
Raster first_shot(const Raster& picture, std::uint64_t seed);

// As uploaded: encoded with this quality and decoded again.
Raster through_jpeg(const Raster& picture, int quality);

}  // namespace doodled::bench

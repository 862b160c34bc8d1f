// Sessions as SVG. Texts are escaped; nothing in a session can add markup.
#pragma once
#include <string>

#include "core/music/session.hpp"
#include "core/play/timeline.hpp"
#include "core/store/images.hpp"

namespace doodled::api {

// Time to the right, pitch up, one colour a track.
std::string piano_roll_svg(const Timeline& timeline);

// The regions of the evidence, to lay over the picture: its viewBox is the upright picture in pixels. Each
// region is drawn once, with a label, a title with what was read there and by which rules, and `data-pointer`
// with the parts of the session it led to, between blanks. Colours are those of the tracks in the piano roll.
std::string overlay_svg(const doodled::Session& session, const Image& image);

}  // namespace doodled::api

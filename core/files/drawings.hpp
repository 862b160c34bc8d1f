// Sessions as SVG. Texts are escaped; nothing in a session can add markup.
#pragma once
#include <optional>
#include <string>

#include "core/music/session.hpp"
#include "core/play/timeline.hpp"

namespace doodled {

// Time to the right, pitch up, one colour a track. `middle_c` says how notes are named, here and below.
std::string piano_roll_svg(const Timeline& timeline, MiddleC middle_c = MiddleC::c4);

// The regions of the evidence, to lay over the picture: its viewBox is the upright picture in pixels. Each
// region is drawn once, with a label, a title with what was read there and by which rules, and `data-pointer`
// with the parts of the session it led to, between blanks. Colours are those of the tracks in the piano roll.
std::string overlay_svg(const Session& session, double width, double height);

// The picture that a session was made from.
struct SourcePicture {
  std::string jpeg;      // upright; of any size
  double width, height;  // of the original, in pixels
};

// All of a session on one sheet: title, key and tempo; the picture with its evidence, where there is one; the
// piano roll; the curves of LFOs and automation.
std::string sheet_svg(const Session& session, const Timeline& timeline,
                      const std::optional<SourcePicture>& picture, MiddleC middle_c = MiddleC::c4);

}  // namespace doodled

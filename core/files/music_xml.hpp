// MusicXML 4.0, partwise. Source: https://www.w3.org/2021/06/musicxml40/
#pragma once
#include <string>

#include "core/base/result.hpp"
#include "core/play/timeline.hpp"

namespace doodled {

// One part a track, written on a grid of 64th notes; drum tracks unpitched, with the sounds of General MIDI;
// tempo, key, meter, sections as rehearsal marks. Give it a timeline without swing. Errors:
// 'export_too_large' for more than 50,000 bars of all parts together.
Result<std::string> to_music_xml(const Timeline& timeline);

}  // namespace doodled

// Tracks through the program `fluidsynth` and a sound font.
#pragma once
#include <filesystem>
#include <stop_token>
#include <vector>

#include "core/audition/settings.hpp"
#include "core/base/result.hpp"
#include "core/play/timeline.hpp"

namespace doodled::audition {

// Two channels, interleaved, 44.1 kHz. The tracks get instruments of General MIDI by their roles, and a
// channel each as far as there are. `scratch` is an empty folder for the files in between. Errors: those of
// run_program, 'sound_font_missing'.
Result<std::vector<float>> play_font(const Timeline& timeline, const AuditionSettings& settings,
                                     const std::filesystem::path& scratch, const std::stop_token& stop);

}  // namespace doodled::audition

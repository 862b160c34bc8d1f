// The free words of the idea document and of models, brought to the closed lists of the session.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/music/session.hpp"

namespace doodled {

std::optional<Wave> wave_from_words(std::string_view words);            // 'Sawtooth', 'sine wave'
std::optional<FilterType> filter_from_words(std::string_view words);    // 'low-pass', 'LP24'
std::optional<Parameter> parameter_from_words(std::string_view words);  // 'Filter Cutoff', 'osc1_pitch'
// 'LFO 1' -> 'lfo_1', 'ADSR' -> 'envelope', 'velocity', 'noise'. Nothing if it is none of them.
std::optional<std::string> source_from_words(std::string_view words);
// The General MIDI drum note that a role's words speak of: 'Kick_Density_High' -> 36.
std::optional<int> drum_from_words(std::string_view words);

}  // namespace doodled

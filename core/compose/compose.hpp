// The builtin composition: a reading, a sentence or both become a session by the rules of
// config/prompts/rules.md. Pure: the same reading and options give the same session.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/image/reading.hpp"
#include "core/music/session.hpp"

namespace doodled {

// Counted in the provenance of every session; raised when the same reading would give other music.
inline constexpr std::string_view composer_version = "21";

struct ComposeOptions {
  std::string mode = "auto";  // of compose_modes()
  std::optional<Key> key;
  std::optional<std::string> scale;  // of the key that the picture gives; ignored beside `key`
  std::optional<double> tempo_bpm;   // 20..400
  std::optional<Meter> meter;
  std::optional<double> swing;    // 50..75
  std::optional<int> bars;        // 1..256
  std::optional<double> density;  // 0..1; 0.5 leaves it as it is
  std::optional<std::string> style;
  std::vector<Role> parts;  // which parts there are; empty: what the mode has
  // How drawn LFOs run: `lfo_beats` (1/16..64 beats) or `lfo_seconds` (0.01..3600) is the length of a cycle.
  std::optional<double> lfo_beats, lfo_seconds;
  std::optional<Interpolation> lfo_interpolation;
  std::optional<bool> lfo_unipolar;
  std::string device;             // for which kind of device, or empty
  std::uint64_t seed = 1;         // below 2^53
  std::string prompt;             // what the options leave open, in words; needed in mode 'prompt'
  std::string image_sha256 = {};  // for the provenance
};

std::vector<std::string_view> compose_modes();
bool is_compose_mode(std::string_view mode);
// Whether the mode makes music of words alone.
bool needs_picture(std::string_view mode);

// Errors name the option: 'invalid_option', 'unknown_mode'.
Result<ComposeOptions> compose_options(const std::string& mode, const Json& options);

// Error 'nothing_found' with advice when the reading holds nothing; 'prompt_required' in mode 'prompt'
// without words. What was not understood of the prompt is in the evidence, by the rule
// 'prompt-not-understood', and how much of it was not read, by 'prompt-cut'.
Result<Session> compose(const Reading& reading, const ComposeOptions& options);

}  // namespace doodled

// The builtin composition: a reading becomes a session by the rules of config/prompts/rules.md. Pure: the
// same reading and options give the same session.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/image/reading.hpp"
#include "core/music/session.hpp"

namespace doodled {

// Counted in the provenance of every session; raised when the same reading would give other music.
inline constexpr std::string_view composer_version = "1";

struct ComposeOptions {
  std::string mode = "auto";  // auto, doodle, lfo, photo, macros
  std::optional<Key> key;
  std::optional<double> tempo_bpm;  // 20..400
  std::optional<double> swing;      // 50..75
  std::optional<int> bars;          // 1..64
  std::uint64_t seed = 1;           // below 2^53
  std::string image_sha256;         // for the provenance
};

// Errors name the option: 'invalid_option', 'unknown_mode'.
Result<ComposeOptions> compose_options(const std::string& mode, const Json& options);
bool is_compose_mode(std::string_view mode);

// Error 'nothing_found' with advice when the reading holds nothing.
Result<Session> compose(const Reading& reading, const ComposeOptions& options);

}  // namespace doodled

// Drum patterns by genre: a grid of chances for each role, drawn by a seed.
#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/random.hpp"
#include "core/music/session.hpp"

namespace doodled::generate {

// General MIDI drum notes of the roles that the grids use.
inline constexpr int kick = 36, rim = 37, snare = 38, clap = 39, closed_hat = 42, low_tom = 45, open_hat = 46,
                     crash = 49, ride = 51, tambourine = 54, cowbell = 56, conga = 63, shaker = 70;

// 'house', 'techno', 'hip_hop', 'trap', 'drum_and_bass', 'breakbeat', 'rock', 'reggaeton', 'bossa_nova',
// 'afrobeat', 'ambient'
std::span<const std::string_view> drum_genres();
// Accepts spaces, hyphens and the usual other names ('dnb', 'boom bap'). Nothing if unknown.
std::optional<std::string_view> drum_genre_from_name(std::string_view name);

struct DrumOptions {
  std::string_view genre = "house";  // of drum_genres()
  double density = 0.5;              // 0..1: 0 leaves the backbone only, 1 plays every chance
  bool fill = false;                 // the last half bar becomes a fill
};

// `bars` bars of `meter`, sorted. Grids are written in 4/4 and fitted to other meters by the weight of their
// steps: strong steps go on group starts, the backbeat on the others.
std::vector<Note> drum_pattern(const DrumOptions& options, const Meter& meter, int bars, Random& random);

// The pads of a kit for what the pattern plays: A01 kick, A02 snare, ...
std::vector<Pad> kit_of(std::span<const Note> notes);
// 'kick', 'closed_hat', ...; 'drum' for a note that no grid uses.
std::string_view drum_role(int pitch);

}  // namespace doodled::generate

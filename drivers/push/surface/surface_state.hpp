// What the surface knows between two looks: what the hands chose, and what plays. Plain data.
#pragma once
#include <array>
#include <cstdint>
#include <string>

#include "drivers/push/surface/score.hpp"

namespace doodled::push {

// tracks: a row a track, eight steps at a time. steps: 64 steps of one track. picture: the picture in 8 x 8,
// with what was read in it.
enum class View : std::uint8_t { tracks, steps, picture };

struct Hands {
  View view = View::tracks;
  int page = -1;  // first step shown is page * 8 (view tracks) or page * 64 (view steps); -1: where it plays
  int first_track = 0;  // the topmost row
  int track = 0;        // the chosen one
  int evidence = -1;    // the chosen one, or -1
  bool shift = false, remove = false;
  std::array<bool, macro_count> touched{};
  int last_macro = -1;  // touched or turned last
};

enum class Playing : std::uint8_t { stopped, waiting, playing };

struct Now {
  Playing playing = Playing::stopped;
  Tick tick = 0;  // within the loop
  double tempo_bpm = 120;
  std::array<double, macro_count> macros{};  // 0..1, as they sound
  std::array<bool, macro_count> held{};      // what was turned by hand wins until it is released
  bool starred = false;                      // the session is kept
  std::string notice;                        // one line for the display: what was done, or why not
};

// The step that sounds, or -1.
int step_now(const Score& score, const Now& now);
// The page that is shown, from 0.
int page_shown(const Hands& hands, const Score& score, const Now& now);
constexpr int page_steps(View view) { return view == View::steps ? pad_count : pad_columns; }

}  // namespace doodled::push

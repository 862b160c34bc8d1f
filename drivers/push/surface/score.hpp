// A session as the surface shows it: made once for each session or form that plays, from what will sound, the
// evidence and a small copy of the picture. Pure.
#pragma once
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "core/image/raster.hpp"
#include "core/image/reading.hpp"
#include "core/music/session.hpp"
#include "core/play/timeline.hpp"
#include "drivers/push/surface/colour.hpp"
#include "drivers/push/surface/controls.hpp"

namespace doodled::push {

inline constexpr int macro_count = 9;    // 1 to 8 on the encoders, 9 on the volume encoder
inline constexpr Tick score_step = 240;  // a sixteenth

enum class Step : std::uint8_t { rest, held, struck };

struct ScoreTrack {
  std::string id, name;
  Colour colour;  // of the place in the picture that led to it; else its own out of a fixed list
  std::vector<Step> steps;
};

struct ScoreMacro {
  bool there = false;
  std::string name;
  int cell = 0;      // 1..9 of the picture; 0: none
  double value = 0;  // 0..1, the session's own
};

struct ScoreEvidence {
  Box box;
  std::string text;  // 'circle, 93 %'
  std::string rule;
  int track = -1;  // index into Score::tracks; -1: of no track
};

struct Score {
  std::string session_id, title, key;
  int steps = 0;  // of the longest way round: the timeline's length
  int bar_steps = 16;
  double tempo_bpm = 120;
  std::vector<ScoreTrack> tracks;
  std::array<ScoreMacro, macro_count> macros;
  std::vector<ScoreEvidence> evidence;    // those with a place, in the document's order, at most 64
  std::shared_ptr<const Raster> picture;  // at most 320 pixels wide and 160 high; may be null
  std::array<Colour, pad_count> grid{};   // the picture in 8 x 8, by index_of(); black without one
};

Score score_of(const std::string& session_id, const Session& session, const Timeline& timeline,
               std::shared_ptr<const Raster> picture);

// The mean colour of a part of the picture; of the one pixel nearest to it where it is smaller.
Colour mean_colour(const Raster& picture, const Box& box);

}  // namespace doodled::push

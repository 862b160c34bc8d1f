// A small session with a picture: a red square at the top left led to the first track, a blue one at the
// bottom right to the second, on light paper.
#pragma once
#include "core/play/arrange.hpp"
#include "drivers/push/surface/score.hpp"

namespace doodled::fakes {

inline void paint(Raster& picture, int left, int top, int side, std::array<std::uint8_t, 3> colour) {
  for (int y = top; y < top + side; ++y)
    for (int x = left; x < left + side; ++x)
      for (std::size_t i = 0; i < 3; ++i)
        picture.pixels[(static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                        static_cast<std::size_t>(x)) *
                           3 +
                       i] = colour[i];
}

inline Raster push_picture() {
  Raster picture{160, 160, 160, 160, std::vector<std::uint8_t>(std::size_t{160} * 160 * 3, 240)};
  paint(picture, 0, 0, 40, {255, 0, 0});
  paint(picture, 120, 120, 40, {0, 0, 255});
  return picture;
}

// Two bars: the first track's notes on every beat, the first of them a dotted eighth long; the second's
// between.
inline Session push_session() {
  Session session;
  session.title = "Two squares";
  session.key = {9, "minor", {}};
  session.tracks = {{"lead", "Lead", Role::lead, 1, std::nullopt, {}, {{"a", 3840, {}, {}}}},
                    {"bass", "Bass", Role::bass, 2, std::nullopt, {}, {{"a", 3840, {}, {}}}}};
  for (int beat = 0; beat < 4; ++beat) {
    session.tracks[0].patterns[0].notes.push_back({beat * 960, 720, 60, 100});
    session.tracks[1].patterns[0].notes.push_back({beat * 960 + 480, 200, 36, 90});
  }
  session.macros = {{"macro_1", "Cutoff", "filter_effects", 1, 0.5, std::nullopt, "", {}},
                    {"macro_2", "Resonance", "filter_effects", 2, 0.25, std::nullopt, "", {}}};
  session.arrangement = {{"A", 2, {{"lead", "a"}, {"bass", "a"}}}};
  session.evidence = {{"/tracks/0", Box{0, 0, 0.25, 0.25}, {}, "square, 97 %", "role_of_shape"},
                      {"/tracks/1", Box{0.75, 0.75, 0.25, 0.25}, {}, "square, 95 %", "role_of_shape"}};
  return session;
}

inline push::Score push_score(const std::string& id = "01session") {
  const auto session = push_session();
  return push::score_of(id, session, arrange(session), std::make_shared<const Raster>(push_picture()));
}

}  // namespace doodled::fakes

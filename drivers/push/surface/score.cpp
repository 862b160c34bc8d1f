#include "drivers/push/surface/score.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/music/pitch.hpp"

namespace doodled::push {
namespace {

constexpr std::array<Colour, 8> own_colours{{{255, 80, 60},
                                             {60, 150, 255},
                                             {255, 190, 40},
                                             {90, 220, 110},
                                             {190, 100, 255},
                                             {60, 215, 215},
                                             {255, 110, 190},
                                             {190, 190, 190}}};
constexpr std::size_t most_evidence = 64;

int pixel_of(double share, int size) {
  return std::clamp(static_cast<int>(std::floor(share * size)), 0, size - 1);
}

// Of '/tracks/3/...' it is 3; -1 for any other place.
int track_of(const std::string& pointer, std::size_t tracks) {
  constexpr std::string_view start = "/tracks/";
  if (!pointer.starts_with(start)) return -1;
  int index = -1;
  const char* first = pointer.data() + start.size();
  std::from_chars(first, pointer.data() + pointer.size(), index);
  return index >= 0 && static_cast<std::size_t>(index) < tracks ? index : -1;
}

std::vector<ScoreEvidence> evidence_of(const Session& session) {
  std::vector<ScoreEvidence> all;
  for (const auto& evidence : session.evidence)
    if (evidence.box && all.size() < most_evidence)
      all.push_back({*evidence.box, evidence.reading, evidence.rule,
                     track_of(evidence.pointer, session.tracks.size())});
  return all;
}

// What a pen drew is far from the paper, so the colour that is farthest from the picture's mean speaks for a
// place.
Colour ink_colour(const Raster& picture, const Box& box) {
  const Colour paper = mean_colour(picture, {0, 0, 1, 1});
  Colour best = mean_colour(picture, box);
  for (int row = 0; row < 4; ++row)
    for (int column = 0; column < 4; ++column) {
      const Box part{box.x + box.width * column / 4, box.y + box.height * row / 4, box.width / 4,
                     box.height / 4};
      const Colour colour = mean_colour(picture, part);
      if (distance(colour, paper) > distance(best, paper)) best = colour;
    }
  return best;
}

Colour colour_of_track(int track, const Score& score) {
  const Colour own = own_colours[static_cast<std::size_t>(track) % own_colours.size()];
  if (!score.picture) return own;
  for (const auto& evidence : score.evidence) {
    if (evidence.track != track) continue;
    const Colour colour = vivid(ink_colour(*score.picture, evidence.box));
    const auto [least, most] = std::minmax({colour.red, colour.green, colour.blue});
    return most - least < 40 ? own : colour;  // black ink on white paper says nothing
  }
  return own;
}

void mark(ScoreTrack& track, Tick start, Tick end) {
  const auto count = static_cast<Tick>(track.steps.size());
  const Tick first = std::clamp<Tick>((start + score_step / 2) / score_step, 0, count - 1);
  track.steps[static_cast<std::size_t>(first)] = Step::struck;
  for (Tick step = first + 1; step < count && step * score_step < end - score_step / 4; ++step)
    if (auto& there = track.steps[static_cast<std::size_t>(step)]; there == Step::rest) there = Step::held;
}

void place_steps(Score& score, const Timeline& timeline) {
  for (auto& track : score.tracks) track.steps.assign(static_cast<std::size_t>(score.steps), Step::rest);
  if (score.steps == 0) return;
  for (const auto& event : timeline.events)
    if (const auto* note = std::get_if<NoteOn>(&event.body); note && event.track < score.tracks.size())
      mark(score.tracks[event.track], event.tick, event.tick + note->duration);
}

std::array<ScoreMacro, macro_count> macros_of(const Session& session) {
  std::array<ScoreMacro, macro_count> macros;
  for (const auto& macro : session.macros)
    for (std::size_t i = 0; i < macros.size(); ++i)
      if (macro.id == "macro_" + std::to_string(i + 1))
        macros[i] = {true, macro.name, macro.cell, macro.value};
  return macros;
}

std::array<Colour, pad_count> grid_of(const Raster& picture) {
  std::array<Colour, pad_count> grid;
  for (int i = 0; i < pad_count; ++i) {
    const PadPlace pad = pad_of_index(i);
    grid[static_cast<std::size_t>(i)] =
        mean_colour(picture, {pad.column / 8.0, pad.row / 8.0, 1 / 8.0, 1 / 8.0});
  }
  return grid;
}

}  // namespace

Colour mean_colour(const Raster& picture, const Box& box) {
  if (picture.width < 1 || picture.height < 1) return black;
  const int left = pixel_of(box.x, picture.width), top = pixel_of(box.y, picture.height);
  const int right = std::max(left, pixel_of(box.x + box.width - 1e-9, picture.width));
  const int bottom = std::max(top, pixel_of(box.y + box.height - 1e-9, picture.height));
  std::array<std::int64_t, 3> sums{};
  for (int y = top; y <= bottom; ++y)
    for (int x = left; x <= right; ++x) {
      const auto at = (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                       static_cast<std::size_t>(x)) *
                      3;
      for (std::size_t i = 0; i < 3; ++i) sums[i] += picture.pixels[at + i];
    }
  const std::int64_t count = std::int64_t{right - left + 1} * (bottom - top + 1);
  const auto mean = [&](std::size_t i) { return static_cast<std::uint8_t>((sums[i] + count / 2) / count); };
  return {mean(0), mean(1), mean(2)};
}

Score score_of(const std::string& session_id, const Session& session, const Timeline& timeline,
               std::shared_ptr<const Raster> picture) {
  Score score;
  score.session_id = session_id;
  score.title = session.title;
  score.key = key_name(session.key);
  score.tempo_bpm = session.tempo_bpm;
  score.steps = static_cast<int>((timeline.length + score_step - 1) / score_step);
  score.bar_steps = std::max(1, static_cast<int>(session.meter.bar() / score_step));
  score.evidence = evidence_of(session);
  score.picture = std::move(picture);
  if (score.picture) score.grid = grid_of(*score.picture);
  for (std::size_t i = 0; i < timeline.tracks.size(); ++i)
    score.tracks.push_back(
        {timeline.tracks[i].id, timeline.tracks[i].name, colour_of_track(static_cast<int>(i), score), {}});
  place_steps(score, timeline);
  score.macros = macros_of(session);
  return score;
}

}  // namespace doodled::push

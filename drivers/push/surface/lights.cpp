#include "drivers/push/surface/lights.hpp"

#include <algorithm>

namespace doodled::push {
namespace {

constexpr double faint = 0.10, held_light = 0.35, seen = 0.30;
constexpr std::uint8_t usable = 16, on = 127;

Colour lit_by(Step step, Colour track, Colour ground) {
  if (step == Step::struck) return track;
  return step == Step::held ? dimmed(track, held_light) : dimmed(ground, faint);
}

Colour under_playhead(Colour colour, Step step) {
  return mix(colour, white, step == Step::struck ? 0.75 : 0.25);
}

// The step a pad shows, or -1 beyond the end of the loop.
int step_of(PadPlace pad, const Hands& hands, const Score& score, int page) {
  const int within = hands.view == View::steps ? index_of(pad) : pad.column;
  const int step = page * page_steps(hands.view) + within;
  return step < score.steps ? step : -1;
}

int track_of(PadPlace pad, const Hands& hands) {
  return hands.view == View::steps ? hands.track : hands.first_track + pad.row;
}

void light_steps(Lights& lights, const Hands& hands, const Score& score, const Now& now) {
  const int page = page_shown(hands, score, now), playing = step_now(score, now);
  for (int i = 0; i < pad_count; ++i) {
    const PadPlace pad = pad_of_index(i);
    const int track = track_of(pad, hands), step = step_of(pad, hands, score, page);
    if (step < 0 || track < 0 || static_cast<std::size_t>(track) >= score.tracks.size()) continue;
    const auto& shown = score.tracks[static_cast<std::size_t>(track)];
    const Step what = shown.steps[static_cast<std::size_t>(step)];
    auto& light = lights.pads[static_cast<std::size_t>(i)];
    light = lit_by(what, shown.colour, score.grid[static_cast<std::size_t>(i)]);
    if (step == playing) light = under_playhead(light, what);
  }
}

bool covers(const Box& box, PadPlace pad) {
  const double left = pad.column / 8.0, top = pad.row / 8.0;
  return box.x < left + 1 / 8.0 && box.x + box.width > left && box.y < top + 1 / 8.0 &&
         box.y + box.height > top;
}

bool sounds(const ScoreEvidence& evidence, const Score& score, int step) {
  if (evidence.track < 0 || step < 0) return false;
  const auto& steps = score.tracks[static_cast<std::size_t>(evidence.track)].steps;
  return steps[static_cast<std::size_t>(step)] != Step::rest;
}

void light_picture(Lights& lights, const Hands& hands, const Score& score, const Now& now) {
  const int step = step_now(score, now);
  for (int i = 0; i < pad_count; ++i) {
    auto& light = lights.pads[static_cast<std::size_t>(i)];
    light = dimmed(score.grid[static_cast<std::size_t>(i)], seen);
    for (std::size_t k = 0; k < score.evidence.size(); ++k) {
      const auto& evidence = score.evidence[k];
      if (!covers(evidence.box, pad_of_index(i))) continue;
      if (static_cast<int>(k) == hands.evidence)
        light = white;
      else if (light != white && sounds(evidence, score, step))
        light = score.tracks[static_cast<std::size_t>(evidence.track)].colour;
    }
  }
}

void light_rows(Lights& lights, const Hands& hands, const Score& score, const Now& now) {
  for (int i = 0; i < 8; ++i) {
    const auto macro = static_cast<std::size_t>(i);
    auto& upper = lights.buttons[macro].colour;
    if (now.held[macro])
      upper = {255, 160, 0};
    else if (score.macros[macro].there)
      upper = {20, 20, 20};
    const int track = hands.first_track + i;
    if (static_cast<std::size_t>(track) >= score.tracks.size()) continue;
    const Colour colour = score.tracks[static_cast<std::size_t>(track)].colour;
    lights.buttons[static_cast<std::size_t>(lower_button(i))].colour =
        track == hands.track ? colour : dimmed(colour, 0.15);
  }
}

void light_transport(Lights& lights, const Score& score, const Now& now) {
  const auto colour = [&](Button button) -> Colour& {
    return lights.buttons[static_cast<std::size_t>(button)].colour;
  };
  const bool something = !score.session_id.empty();
  colour(Button::play) = now.playing == Playing::playing   ? Colour{0, 255, 0}
                         : now.playing == Playing::waiting ? Colour{255, 190, 0}
                         : something                       ? Colour{0, 30, 0}
                                                           : black;
  colour(Button::stop) = now.playing == Playing::stopped ? Colour{20, 0, 0} : Colour{255, 0, 0};
}

void light_whites(Lights& lights, const Hands& hands, const Score& score, const Now& now) {
  const auto light = [&](Button button, bool lit, bool there) {
    lights.buttons[static_cast<std::size_t>(button)].white = lit ? on : there ? usable : std::uint8_t{0};
  };
  const bool something = !score.session_id.empty();
  light(Button::vary, false, something);
  light(Button::keep, something && now.starred, something);
  light(Button::undo, false, something);
  light(Button::remove, hands.remove, now.held != std::array<bool, macro_count>{});
  light(Button::shift, hands.shift, true);
  light(Button::layout, false, true);
  light(Button::tracks, hands.view != View::picture, true);
  light(Button::picture, hands.view == View::picture, score.picture != nullptr);
  const bool paged = hands.view != View::picture && score.steps > page_steps(hands.view);
  light(Button::left, false, paged);
  light(Button::right, false, paged);
  light(Button::up, false, hands.first_track > 0);
  light(Button::down, false, static_cast<std::size_t>(hands.first_track) + 8 < score.tracks.size());
  light(Button::older, false, true);
  light(Button::newer, false, true);
}

// How far the loop has come.
void light_strip(Lights& lights, const Score& score, const Now& now) {
  const int step = step_now(score, now);
  if (step < 0) return;
  const int lit = 1 + step * 30 / std::max(1, score.steps - 1);
  std::fill_n(lights.strip.begin(), std::min(lit, 31), std::uint8_t{2});
  lights.strip[static_cast<std::size_t>(std::min(lit, 31)) - 1] = 7;
}

}  // namespace

Lights lights_of(const Hands& hands, const Score& score, const Now& now) {
  Lights lights;
  if (hands.view == View::picture)
    light_picture(lights, hands, score, now);
  else
    light_steps(lights, hands, score, now);
  light_rows(lights, hands, score, now);
  light_transport(lights, score, now);
  light_whites(lights, hands, score, now);
  light_strip(lights, score, now);
  return lights;
}

}  // namespace doodled::push

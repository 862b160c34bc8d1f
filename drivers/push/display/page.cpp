#include "drivers/push/display/page.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "drivers/push/display/frame.hpp"

namespace doodled::push {
namespace {

constexpr Colour quiet{110, 110, 110}, normal{210, 210, 210}, amber{255, 160, 0}, ground{40, 40, 44};
constexpr int column_width = display_width / 8;
constexpr Rect picture_place{4, 44, 236, 114}, words{252, 44, 226, 114}, evidence_place{492, 44, 464, 114};
constexpr int line_height = 10;

template <class... Values>
std::string written(const char* format, Values... values) {
  char text[96];
  std::snprintf(text, sizeof text, format, values...);
  return text;
}

Colour colour_of_macro(std::size_t macro, const Hands& hands, const Now& now) {
  if (now.held[macro]) return amber;
  return hands.touched[macro] ? white : normal;
}

void draw_macro(Canvas& canvas, int column, const Hands& hands, const Score& score, const Now& now) {
  const auto macro = static_cast<std::size_t>(column);
  const int x = column * column_width + 4, room = column_width - 8;
  if (!score.macros[macro].there) return;
  const Colour colour = colour_of_macro(macro, hands, now);
  if (hands.touched[macro]) canvas.fill({x - 4, 0, column_width, 38}, {24, 24, 28});
  const std::string value = written("%.0f", std::round(now.macros[macro] * 127));
  canvas.text(x, 4, score.macros[macro].name, hands.touched[macro] ? white : quiet, 1, room - 28);
  canvas.text(x + room - text_width(value), 4, value, colour);
  canvas.fill({x, 18, room, 14}, ground);
  canvas.fill({x, 18, static_cast<int>(std::lround(now.macros[macro] * room)), 14}, colour);
  const int own = static_cast<int>(std::lround(score.macros[macro].value * (room - 2)));
  if (now.held[macro]) canvas.fill({x + own, 16, 2, 18}, white);  // where it goes back to
}

Rect on_picture(const Box& box, const Rect& picture) {
  const auto place = [](double share, int size) { return static_cast<int>(std::lround(share * size)); };
  return {picture.x + place(box.x, picture.width), picture.y + place(box.y, picture.height),
          std::max(3, place(box.width, picture.width)), std::max(3, place(box.height, picture.height))};
}

bool sounds(const ScoreEvidence& evidence, const Score& score, int step) {
  if (evidence.track < 0 || step < 0) return false;
  return score.tracks[static_cast<std::size_t>(evidence.track)].steps[static_cast<std::size_t>(step)] !=
         Step::rest;
}

Colour colour_of(const ScoreEvidence& evidence, const Score& score) {
  return evidence.track < 0 ? normal : score.tracks[static_cast<std::size_t>(evidence.track)].colour;
}

void draw_picture(Canvas& canvas, const Hands& hands, const Score& score, const Now& now) {
  if (!score.picture) return canvas.outline(picture_place, ground);
  const Rect place = canvas.picture(picture_place, *score.picture);
  const int step = step_now(score, now);
  for (const auto& evidence : score.evidence)
    if (sounds(evidence, score, step))
      canvas.outline(on_picture(evidence.box, place), colour_of(evidence, score), 2);
  if (hands.evidence >= 0 && static_cast<std::size_t>(hands.evidence) < score.evidence.size())
    canvas.outline(on_picture(score.evidence[static_cast<std::size_t>(hands.evidence)].box, place),
                   {255, 60, 60}, 3);
}

std::string position(const Score& score, const Now& now) {
  const int step = step_now(score, now);
  if (step < 0) return now.playing == Playing::waiting ? "waits for its bar" : "stopped";
  return written("bar %d.%d of %d", step / score.bar_steps + 1, step % score.bar_steps + 1,
                 (score.steps + score.bar_steps - 1) / score.bar_steps);
}

void draw_words(Canvas& canvas, const Hands& hands, const Score& score, const Now& now) {
  const auto line = [&](int at, std::string_view text, Colour colour, int scale = 1) {
    canvas.text(words.x, words.y + at, text, colour, scale, words.width);
  };
  if (score.session_id.empty())
    return line(0, now.notice.empty() ? "nothing to play yet" : now.notice, quiet);
  line(0, score.title, white, 2);
  line(22, score.key + written("  %.1f bpm", now.tempo_bpm), normal);
  line(36, position(score, now), now.playing == Playing::playing ? Colour{60, 255, 90} : quiet);
  if (static_cast<std::size_t>(hands.track) < score.tracks.size()) {
    const auto& track = score.tracks[static_cast<std::size_t>(hands.track)];
    canvas.fill({words.x, words.y + 52, 8, 8}, track.colour);
    canvas.text(words.x + 14, words.y + 52, track.name, normal, 1, words.width - 14);
  }
  if (score.macros[macro_count - 1].there)
    line(
        68,
        score.macros[macro_count - 1].name + written(": %.0f", std::round(now.macros[macro_count - 1] * 127)),
        colour_of_macro(macro_count - 1, hands, now));
  if (now.starred) line(84, "* kept", amber);
  line(100, now.notice, amber);
}

// The chosen one first; then those of the chosen track, then the others.
std::vector<std::size_t> evidence_order(const Hands& hands, const Score& score) {
  std::vector<std::size_t> order(score.evidence.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [&](std::size_t i) {
    if (static_cast<int>(i) == hands.evidence) return 0;
    return score.evidence[i].track == hands.track ? 1 : 2;
  });
  return order;
}

void draw_evidence(Canvas& canvas, const Hands& hands, const Score& score, const Now& now) {
  const int step = step_now(score, now);
  int y = evidence_place.y;
  for (const auto i : evidence_order(hands, score)) {
    const bool chosen = static_cast<int>(i) == hands.evidence;
    if (y + line_height > evidence_place.y + evidence_place.height) return;
    const auto& evidence = score.evidence[i];
    const bool bright = chosen || sounds(evidence, score, step);
    canvas.fill({evidence_place.x, y + 1, 5, 5}, colour_of(evidence, score));
    const int x = evidence_place.x + 10, room = evidence_place.width - 10;
    const int width = canvas.text(x, y, evidence.text, bright ? white : normal, chosen ? 2 : 1, room * 3 / 5);
    canvas.text(x + width + 8, y, evidence.rule, quiet, 1, room - width - 8);
    y += chosen ? 2 * line_height : line_height;
  }
}

}  // namespace

void draw_page(Canvas& canvas, const Hands& hands, const Score& score, const Now& now) {
  canvas.clear();
  for (int column = 0; column < 8; ++column) draw_macro(canvas, column, hands, score, now);
  canvas.fill({0, 39, display_width, 1}, ground);
  draw_picture(canvas, hands, score, now);
  draw_words(canvas, hands, score, now);
  draw_evidence(canvas, hands, score, now);
}

}  // namespace doodled::push

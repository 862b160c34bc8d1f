#include "drivers/push/surface/hands.hpp"

#include <algorithm>
#include <optional>

namespace doodled::push {
namespace {

using Kind = Wish::Kind;
using Wishes = std::vector<Wish>;

constexpr double steps_a_turn = 210;  // of an encoder: one turn is the whole range

// -1 for the tempo encoder.
int macro_of(Encoder encoder) { return encoder == Encoder::tempo ? -1 : static_cast<int>(encoder); }

void turn_page(Hands& hands, const Score& score, const Now& now, int by) {
  const int last = std::max(0, (score.steps - 1) / page_steps(hands.view));
  const int next = page_shown(hands, score, now) + by;
  hands.page = next < 0 || next > last ? -1 : next;  // past either end it follows the music again
}

void scroll(Hands& hands, const Score& score, int by) {
  const int last = std::max(0, static_cast<int>(score.tracks.size()) - pad_rows);
  hands.first_track = std::clamp(hands.first_track + by, 0, last);
}

void choose_track(Hands& hands, const Score& score, int track) {
  if (track >= 0 && static_cast<std::size_t>(track) < score.tracks.size()) hands.track = track;
}

void show(Hands& hands, View view) {
  hands.view = view;
  hands.page = -1;
}

View next_view(View view) {
  return view == View::tracks ? View::steps : view == View::steps ? View::picture : View::tracks;
}

// Smallest first: a figure inside another one is what is meant.
int evidence_at(const Score& score, PadPlace pad) {
  const Point at{(pad.column + 0.5) / 8, (pad.row + 0.5) / 8};
  int best = -1;
  double least = 10;
  for (std::size_t i = 0; i < score.evidence.size(); ++i) {
    const auto& box = score.evidence[i].box;
    const bool inside = std::abs(box.centre().x - at.x) <= box.width / 2 + 1 / 16.0 &&
                        std::abs(box.centre().y - at.y) <= box.height / 2 + 1 / 16.0;
    if (const double area = box.width * box.height; inside && area < least) {
      least = area;
      best = static_cast<int>(i);
    }
  }
  return best;
}

Wishes pad_hit(Hands& hands, const PadHit& hit, const Score& score) {
  if (hit.velocity == 0) return {};
  if (hands.view == View::tracks) choose_track(hands, score, hands.first_track + hit.pad.row);
  if (hands.view != View::picture) return {};
  const int found = evidence_at(score, hit.pad);
  hands.evidence = found == hands.evidence ? -1 : found;
  if (found >= 0) choose_track(hands, score, score.evidence[static_cast<std::size_t>(found)].track);
  return {};
}

Wishes turned(Hands& hands, const EncoderTurn& turn) {
  const double fine = hands.shift ? 0.25 : 1;
  const int macro = macro_of(turn.encoder);
  if (macro < 0) return {{Kind::tempo, 0, turn.steps * (hands.shift ? 0.1 : 1.0)}};
  hands.last_macro = macro;
  return {{Kind::turn_macro, macro, turn.steps * fine / steps_a_turn}};
}

Wishes touched(Hands& hands, const EncoderTouch& touch) {
  const int macro = macro_of(touch.encoder);
  if (macro < 0) return {};
  hands.touched[static_cast<std::size_t>(macro)] = touch.touched;
  if (touch.touched) hands.last_macro = macro;
  if (touch.touched && hands.remove) return {{Kind::release_macro, macro, 0}};
  return {{Kind::touch_macro, macro, touch.touched ? 1.0 : 0.0}};
}

std::optional<Wish> wish_of(Button button, const Hands& hands, const Now& now) {
  switch (button) {
    case Button::play:
      return Wish{now.playing == Playing::stopped ? Kind::play : Kind::stop};
    case Button::stop:
      return Wish{hands.shift ? Kind::panic : Kind::stop};
    case Button::vary:
      return Wish{Kind::vary};
    case Button::keep:
      return Wish{Kind::keep};
    case Button::undo:
      return Wish{Kind::undo};
    case Button::older:
      return Wish{Kind::choose, 0, -1};
    case Button::newer:
      return Wish{Kind::choose, 0, 1};
    default:
      return std::nullopt;
  }
}

void look_elsewhere(Hands& hands, Button button, const Score& score, const Now& now) {
  if (button == Button::layout) show(hands, next_view(hands.view));
  if (button == Button::tracks) show(hands, View::tracks);
  if (button == Button::picture) show(hands, View::picture);
  if (button == Button::left) turn_page(hands, score, now, -1);
  if (button == Button::right) turn_page(hands, score, now, 1);
  if (button == Button::up) scroll(hands, score, -1);
  if (button == Button::down) scroll(hands, score, 1);
}

Wishes pressed(Hands& hands, const ButtonPress& press, const Score& score, const Now& now) {
  if (press.button == Button::shift) hands.shift = press.pressed;
  if (press.button == Button::remove) hands.remove = press.pressed;
  if (!press.pressed) return {};
  if (press.button <= Button::upper_8) return {{Kind::release_macro, static_cast<int>(press.button), 0}};
  if (press.button <= Button::lower_8) {
    choose_track(hands, score,
                 hands.first_track + static_cast<int>(press.button) - static_cast<int>(Button::lower_1));
    return {};
  }
  if (const auto wish = wish_of(press.button, hands, now)) return {*wish};
  look_elsewhere(hands, press.button, score, now);
  return {};
}

}  // namespace

std::vector<Wish> react(Hands& hands, const HandEvent& event, const Score& score, const Now& now) {
  if (const auto* hit = std::get_if<PadHit>(&event)) return pad_hit(hands, *hit, score);
  if (const auto* turn = std::get_if<EncoderTurn>(&event)) return turned(hands, *turn);
  if (const auto* touch = std::get_if<EncoderTouch>(&event)) return touched(hands, *touch);
  return pressed(hands, std::get<ButtonPress>(event), score, now);
}

}  // namespace doodled::push

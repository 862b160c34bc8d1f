#include "drivers/push/surface/lights.hpp"

#include <doctest/doctest.h>

#include "core/play/arrange.hpp"
#include "drivers/push/surface/hands.hpp"
#include "drivers/push/surface/light_ledger.hpp"
#include "tests/fakes/push/fake_push.hpp"
#include "tests/fakes/push/push_session.hpp"

using namespace doodled;
using namespace doodled::push;
using fakes::FakePush;

namespace {

bool near(FakePush::Rgb shown, Colour wanted) {
  const auto close = [](int a, int b) { return std::abs(a - b) <= 8; };
  return close(shown.red, wanted.red) && close(shown.green, wanted.green) && close(shown.blue, wanted.blue);
}

struct LightsRig {
  Score score = fakes::push_score();
  Hands hands;
  Now now;
  FakePush push;
  LightLedger ledger{controls_of(Model::push2)};
  LightsRig() { push.mode = 1; }

  std::size_t show() {
    const auto messages = ledger.show(lights_of(hands, score, now));
    for (const auto& message : messages) push.take(message);
    CHECK(push.complaints.empty());
    return messages.size();
  }
  std::vector<Wish> press(Button button) { return react(hands, ButtonPress{button, true}, score, now); }
  std::vector<Wish> release(Button button) { return react(hands, ButtonPress{button, false}, score, now); }
};

}  // namespace

TEST_CASE("a track's colour is that of the place in the picture which led to it") {
  const auto score = fakes::push_score();
  CHECK(score.tracks[0].colour == Colour{255, 0, 0});
  CHECK(score.tracks[1].colour == Colour{0, 0, 255});
  CHECK(score.grid[0] == Colour{255, 0, 0});
  CHECK(score.grid[63] == Colour{0, 0, 255});
  CHECK(score.grid[7] == Colour{240, 240, 240});
  CHECK(score.steps == 32);
  CHECK(score.macros[0].there);
  CHECK(score.macros[0].name == "Cutoff");
  CHECK_FALSE(score.macros[3].there);
}

TEST_CASE("pads show a row a track, the struck steps in its colour, the others the picture's, faint") {
  LightsRig rig;
  rig.show();
  CHECK(near(rig.push.pad(0, 0), {255, 0, 0}));
  CHECK(near(rig.push.pad(0, 4), {255, 0, 0}));
  CHECK(near(rig.push.pad(0, 5), dimmed({255, 0, 0}, 0.35)));  // a note that is held
  CHECK(near(rig.push.pad(1, 2), {0, 0, 255}));
  CHECK(near(rig.push.pad(1, 7), dimmed({240, 240, 240}, 0.10)));
  CHECK(rig.push.pad(2, 0) == FakePush::Rgb{});  // no such track
  CHECK(rig.push.buttons[85] != 0);
  CHECK(rig.push.buttons[49] == 16);
}

TEST_CASE("the playhead goes with the music, and only what changes is sent") {
  LightsRig rig;
  rig.now.playing = Playing::playing;
  rig.show();
  CHECK(near(rig.push.pad(0, 0), mix({255, 0, 0}, white, 0.75)));
  CHECK(rig.show() == 0);

  rig.now.tick = 4 * score_step + 10;
  const auto sent = rig.show();
  CHECK(near(rig.push.pad(0, 0), {255, 0, 0}));
  CHECK(near(rig.push.pad(0, 4), mix({255, 0, 0}, white, 0.75)));
  CHECK(sent < 16);

  rig.now.tick = 9 * score_step;  // the page follows
  rig.show();
  CHECK(near(rig.push.pad(0, 0), {255, 0, 0}));
  CHECK(near(rig.push.pad(0, 1), mix(dimmed({255, 0, 0}, 0.35), white, 0.25)));
}

TEST_CASE("one track fills the grid with 64 steps, and the picture's view is the picture") {
  LightsRig rig;
  rig.press(Button::layout);
  CHECK(rig.hands.view == View::steps);
  rig.show();
  CHECK(near(rig.push.pad(1, 0), {255, 0, 0}));  // step 8
  CHECK(rig.push.pad(4, 0) == FakePush::Rgb{});  // past the end

  rig.press(Button::picture);
  rig.now.playing = Playing::playing;
  rig.show();
  CHECK(near(rig.push.pad(0, 0), {255, 0, 0}));  // the red track sounds: its place is bright
  CHECK(near(rig.push.pad(7, 7), dimmed({0, 0, 255}, 0.30)));
  react(rig.hands, PadHit{{0, 1}, 100}, rig.score, rig.now);
  CHECK(rig.hands.evidence == 0);
  rig.show();
  CHECK(near(rig.push.pad(0, 0), white));
}

TEST_CASE("at the end everything is dark and the palette as it was") {
  LightsRig rig;
  for (int i = Palette::first; i <= Palette::last; ++i)
    if (Palette::is_ours(i)) {
      const auto entry = rig.push.factory[static_cast<std::size_t>(i)];
      rig.ledger.remember(i, {{static_cast<std::uint8_t>(entry.red), static_cast<std::uint8_t>(entry.green),
                               static_cast<std::uint8_t>(entry.blue)},
                              0});
    }
  rig.now.playing = Playing::playing;
  for (int view = 0; view < 3; ++view) {
    rig.show();
    rig.press(Button::layout);
  }
  CHECK(rig.push.lit_pads() > 10);
  CHECK(rig.push.palette != rig.push.factory);
  CHECK(rig.ledger.lit() > 10);

  for (const auto& message : rig.ledger.release()) rig.push.take(message);
  CHECK(rig.push.dark());
  CHECK(rig.push.palette == rig.push.factory);
  CHECK(rig.ledger.lit() == 0);
}

TEST_CASE("more colours than there are places are shown one picture after the other, each right") {
  Palette palette;
  for (int picture = 0; picture < 20; ++picture) {
    palette.begin();
    std::map<int, Colour> places;
    for (int i = 0; i < 82; ++i) {
      const Colour colour{static_cast<std::uint8_t>(8 * (i % 31 + 1)), static_cast<std::uint8_t>(8 * picture),
                          static_cast<std::uint8_t>(8 * (i / 31))};
      const auto place = palette.place(colour);
      CHECK(Palette::is_ours(place.index));
      CHECK(places.emplace(place.index, colour).second);
    }
  }
}

TEST_CASE("buttons ask for what they say") {
  LightsRig rig;
  CHECK(rig.press(Button::play) == std::vector<Wish>{{Wish::Kind::play}});
  rig.now.playing = Playing::playing;
  CHECK(rig.press(Button::play) == std::vector<Wish>{{Wish::Kind::stop}});
  CHECK(rig.press(Button::stop) == std::vector<Wish>{{Wish::Kind::stop}});
  CHECK(rig.press(Button::vary) == std::vector<Wish>{{Wish::Kind::vary}});
  CHECK(rig.press(Button::keep) == std::vector<Wish>{{Wish::Kind::keep}});
  CHECK(rig.press(Button::undo) == std::vector<Wish>{{Wish::Kind::undo}});
  CHECK(rig.press(Button::older) == std::vector<Wish>{{Wish::Kind::choose, 0, -1}});
  CHECK(rig.press(Button::shift).empty());
  CHECK(rig.press(Button::stop) == std::vector<Wish>{{Wish::Kind::panic}});
  CHECK(rig.release(Button::stop).empty());
}

TEST_CASE("an encoder turns its macro, a touch takes it, delete or the button above gives it back") {
  LightsRig rig;
  const auto turn = [&](int steps) {
    return react(rig.hands, EncoderTurn{Encoder::track_2, steps}, rig.score, rig.now);
  };
  CHECK(turn(21) == std::vector<Wish>{{Wish::Kind::turn_macro, 1, 0.1}});
  rig.press(Button::shift);
  CHECK(turn(-21) == std::vector<Wish>{{Wish::Kind::turn_macro, 1, -0.025}});
  CHECK(react(rig.hands, EncoderTurn{Encoder::tempo, -2}, rig.score, rig.now) ==
        std::vector<Wish>{{Wish::Kind::tempo, 0, -0.2}});
  CHECK(react(rig.hands, EncoderTouch{Encoder::track_2, true}, rig.score, rig.now) ==
        std::vector<Wish>{{Wish::Kind::touch_macro, 1, 1}});
  CHECK(rig.hands.touched[1]);
  rig.press(Button::remove);
  CHECK(react(rig.hands, EncoderTouch{Encoder::track_2, true}, rig.score, rig.now) ==
        std::vector<Wish>{{Wish::Kind::release_macro, 1, 0}});
  CHECK(rig.press(upper_button(3)) == std::vector<Wish>{{Wish::Kind::release_macro, 3, 0}});
  CHECK(react(rig.hands, EncoderTurn{Encoder::volume, 210}, rig.score, rig.now) ==
        std::vector<Wish>{{Wish::Kind::turn_macro, 8, 0.25}});
}

TEST_CASE("what a hand does is told by its channel before its number") {
  const auto map = controls_of(Model::push3);
  const auto heard = [&](int a, int b, int c) {
    const std::array bytes{static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b),
                           static_cast<std::uint8_t>(c)};
    return hand_event(bytes, map);
  };
  CHECK(std::get<EncoderTurn>(*heard(0xb0, 74, 127)).steps == -1);
  CHECK(std::get<EncoderTurn>(*heard(0xb0, 71, 10)).steps == 10);
  CHECK_FALSE(heard(0xb4, 74, 100));  // a finger's slide on a pad, not the fourth encoder
  CHECK(std::get<PadHit>(*heard(0x94, 36, 90)).pad == PadPlace{7, 0});
  CHECK(std::get<PadHit>(*heard(0x80, 99, 0)).velocity == 0);
  CHECK(std::get<ButtonPress>(*heard(0xb0, 92, 127)).button == Button::vary);
  CHECK_FALSE(heard(0xb0, 87, 127));
  CHECK(std::get<EncoderTouch>(*heard(0x90, 8, 127)).encoder == Encoder::volume);
  CHECK_FALSE(heard(0x90, 12, 127));
  CHECK_FALSE(heard(0xa0, 36, 90));
  CHECK_FALSE(hand_event(std::array<std::uint8_t, 1>{0xfe}, map));
}

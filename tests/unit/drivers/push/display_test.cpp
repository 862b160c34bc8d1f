#include "drivers/push/display/display.hpp"

#include <cstdlib>
#include <fstream>

#include <doctest/doctest.h>

#include "drivers/push/display/font.hpp"
#include "drivers/push/display/page.hpp"
#include "tests/fakes/manual_clock.hpp"
#include "tests/fakes/push/fake_usb.hpp"
#include "tests/fakes/push/push_session.hpp"

using namespace doodled;
using namespace doodled::push;
using fakes::FakeUsb;
using fakes::ManualClock;

namespace {

using namespace std::chrono_literals;

Canvas page_of(const Hands& hands, const Now& now) {
  Canvas canvas(display_width, display_height);
  draw_page(canvas, hands, fakes::push_score(), now);
  return canvas;
}

Canvas plain(Colour colour) {
  Canvas canvas(display_width, display_height);
  canvas.clear(colour);
  return canvas;
}

int count(const Canvas& canvas, const Rect& rect, Colour colour) {
  int pixels = 0;
  for (int y = rect.y; y < rect.y + rect.height; ++y)
    for (int x = rect.x; x < rect.x + rect.width; ++x) pixels += canvas.at(x, y) == colour;
  return pixels;
}

struct DisplayRig {
  ManualClock clock;
  FakeUsb::Bus bus;
  DisplayWork work{std::make_unique<FakeUsb>(bus), clock, {}};
  // Runs for so long as the clock of a thread would.
  void run(Nanoseconds time) {
    const auto end = clock.now() + time;
    while (clock.now() < end) {
      const auto next = work.step();
      clock.set(std::min(end, std::max(next, clock.now() + 1us)));
    }
  }
};

}  // namespace

TEST_CASE("a frame is the documented one, byte for byte") {
  Canvas canvas(display_width, display_height);
  canvas.set(0, 0, {255, 0, 0});
  canvas.set(1, 0, {0, 255, 0});
  canvas.set(2, 0, {0, 0, 255});
  canvas.set(959, 159, {255, 255, 255});
  std::vector<std::uint8_t> frame;
  encode_frame(canvas, frame);

  REQUIRE(frame.size() == 160 * 2048);
  // Red is 0x001f, green 0x07e0, blue 0xf800, little endian, XORed with E7 F3 E7 FF.
  CHECK(std::vector(frame.begin(), frame.begin() + 8) ==
        std::vector<std::uint8_t>{0x1f ^ 0xe7, 0x00 ^ 0xf3, 0xe0 ^ 0xe7, 0x07 ^ 0xff, 0x00 ^ 0xe7,
                                  0xf8 ^ 0xf3, 0xe7, 0xff});
  CHECK(frame[159 * 2048 + 1918] == (0xff ^ 0xe7));
  CHECK(frame[159 * 2048 + 1919] == (0xff ^ 0xff));
  for (std::size_t line = 0; line < 160; ++line)
    for (std::size_t at = 1920; at < 2048; at += 4) {
      CAPTURE(line);
      REQUIRE(frame[line * 2048 + at] == 0xe7);
      REQUIRE(frame[line * 2048 + at + 3] == 0xff);
    }
  CHECK(to_hex(frame_header) == "ffccaa88000000000000000000000000");
}

TEST_CASE("frames read back as they were drawn, to the depth of the display") {
  Hands hands;
  Now now{Playing::playing, 960, 92, {0.5, 0.25}, {}, true, {}};
  const Canvas canvas = page_of(hands, now);
  std::vector<std::uint8_t> frame;
  encode_frame(canvas, frame);
  const auto shown = fakes::decode_frame(frame);
  for (int y = 0; y < display_height; ++y)
    for (int x = 0; x < display_width; ++x) {
      const Colour colour = canvas.at(x, y);
      const auto [red, green, blue] = shown[static_cast<std::size_t>(y * display_width + x)];
      REQUIRE(red == colour.red >> 3);
      REQUIRE(green == colour.green >> 2);
      REQUIRE(blue == colour.blue >> 3);
    }
}

TEST_CASE("the page shows the picture, what was read in it, and the macros as they sound") {
  Hands hands;
  Now now;
  now.macros = {0.5, 0.25};
  const Canvas canvas = page_of(hands, now);
  CHECK(canvas.at(66, 50) == Colour{255, 0, 0});  // 114 pixels square, in the middle of 236
  CHECK(canvas.at(176, 150) == Colour{0, 0, 255});
  CHECK(canvas.at(120, 100) == Colour{240, 240, 240});
  CHECK(count(canvas, {4, 18, 112, 14}, {210, 210, 210}) == 56 * 14);    // half of its bar
  CHECK(count(canvas, {124, 18, 112, 14}, {210, 210, 210}) == 28 * 14);  // a quarter
  CHECK(count(canvas, {364, 0, 112, 38}, black) == 112 * 38);            // no fourth macro
  CHECK(count(canvas, {252, 44, 226, 14}, white) > 100);                 // the title

  hands.touched[0] = true;
  now.held[0] = true;
  const Canvas held = page_of(hands, now);
  CHECK(count(held, {4, 18, 112, 14}, {255, 160, 0}) > 50 * 14);
  CHECK_FALSE(held == canvas);
}

TEST_CASE("what sounds is outlined in the picture, and the chosen place stands out") {
  Hands hands;
  Now now;
  const Canvas still = page_of(hands, now);
  now.playing = Playing::playing;
  const Canvas sounding = page_of(hands, now);
  CHECK_FALSE(still == sounding);
  hands.evidence = 1;
  const Canvas chosen = page_of(hands, now);
  CHECK(count(chosen, {65, 44, 114, 114}, {255, 60, 60}) > 200);
  CHECK(count(sounding, {65, 44, 114, 114}, {255, 60, 60}) == 0);
}

TEST_CASE("long and foreign titles fit") {
  Canvas canvas(200, 20);
  CHECK(canvas.text(0, 0, "Überlänge – ein sehr langer Titel", white, 1, 60) <= 60);
  CHECK(count(canvas, {61, 0, 139, 20}, white) == 0);
  CHECK(glyph_of(U'Ü') == glyph_of(U'U'));
  CHECK(glyph_of(U'é') == glyph_of(U'e'));
  CHECK(glyph_of(0x4e2d) == (std::uint64_t{1} << 35) - 1);
  CHECK(text_width("\xc3\xa9\xff") == 2 * glyph_advance);
  for (char32_t letter = 0x21; letter < 0x7f; ++letter)
    for (char32_t other = 0x20; other < letter; ++other) {
      CAPTURE(static_cast<int>(letter));
      CHECK(glyph_of(letter) != glyph_of(other));
    }
}

TEST_CASE("only what changed is sent, at most so often, and often enough that nothing goes dark") {
  DisplayRig rig;
  rig.bus.there = Model::push2;
  rig.run(10s);
  CHECK(rig.bus.frames.size() == 10);  // the same again each second

  rig.bus.frames.clear();
  for (int i = 0; i < 100; ++i) {
    rig.work.show(plain({static_cast<std::uint8_t>(50 + i), 0, 0}));
    rig.run(10ms);
  }
  CHECK(rig.bus.frames.size() >= 28);
  CHECK(rig.bus.frames.size() <= 31);
  CHECK(fakes::decode_frame(rig.bus.frames.back())[0].red == 149 >> 3);

  rig.bus.frames.clear();
  for (int i = 0; i < 100; ++i) {
    rig.work.show(plain({149, 0, 0}));
    rig.run(1ms);
  }
  CHECK(rig.bus.frames.empty());
  CHECK(rig.bus.complaints.empty());
}

TEST_CASE("a Push 3 is refreshed all the time, since it shows a screen of its own otherwise") {
  DisplayRig rig;
  rig.bus.there = Model::push3;
  rig.run(1s);
  CHECK(rig.bus.frames.size() == 20);
}

TEST_CASE("a display that is not there is a state, and it is used once it is") {
  DisplayRig rig;
  rig.work.show(plain({200, 0, 0}));
  rig.run(5s);
  CHECK(rig.work.state().sink == SinkState::absent);
  CHECK(rig.bus.frames.empty());

  rig.bus.there = Model::push2;
  rig.run(3s);
  CHECK(rig.work.state().sink == SinkState::open);
  CHECK(fakes::decode_frame(rig.bus.frames.back())[5].red == 200 >> 3);

  rig.bus.there.reset();  // pulled in the middle
  rig.run(2s);
  CHECK(rig.work.state().sink == SinkState::absent);
  rig.bus.there = Model::push2;
  rig.bus.taken = true;  // Live was faster
  rig.run(3s);
  CHECK(rig.work.state().sink == SinkState::refused);
  rig.bus.taken = false;
  rig.run(3s);
  CHECK(rig.work.state().sink == SinkState::open);
}

TEST_CASE("at the end the display is black and let go; so it is while Live has the Push") {
  DisplayRig rig;
  rig.bus.there = Model::push2;
  rig.work.show(plain({200, 100, 50}));
  rig.run(1s);
  rig.work.want(false);
  rig.run(1s);
  CHECK_FALSE(rig.bus.claimed);
  CHECK(fakes::decode_frame(rig.bus.frames.back())[77].red == 0);
  const auto frames = rig.bus.frames.size();
  rig.run(1s);
  CHECK(rig.bus.frames.size() == frames);

  rig.work.want(true);
  rig.work.show(plain({200, 100, 50}));
  rig.run(3s);
  CHECK(rig.bus.claimed);
  CHECK(fakes::decode_frame(rig.bus.frames.back())[77].red == 200 >> 3);
  rig.work.finish();
  CHECK_FALSE(rig.bus.claimed);
  CHECK(fakes::decode_frame(rig.bus.frames.back())[77].red == 0);
}

TEST_CASE("the page of a known session is the golden one") {
  Hands hands;
  hands.track = 1;
  hands.evidence = 1;
  hands.touched[1] = true;
  Now now{Playing::playing, 5 * 240, 92, {0.5, 0.75}, {false, true}, true, "kept"};
  std::vector<std::uint8_t> frame;
  encode_frame(page_of(hands, now), frame);
  const std::string path = std::string(DOODLED_SOURCE_DIR) + "/tests/golden/push/page.sha256";
  if (std::getenv("DOODLED_WRITE_GOLDEN") != nullptr) std::ofstream(path) << sha256_hex(frame) << "\n";
  std::string golden;
  std::ifstream(path) >> golden;
  CHECK(sha256_hex(frame) == golden);
}

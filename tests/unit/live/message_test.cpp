#include "core/live/message.hpp"

#include <doctest/doctest.h>

using namespace doodled;
using namespace doodled::live;

namespace {

template <class Kind>
Kind read(std::string_view text) {
  const auto message = message_from(text);
  REQUIRE(message.body.has_value());
  REQUIRE(std::holds_alternative<Kind>(*message.body));
  return std::get<Kind>(*message.body);
}

std::string pointer_of(std::string_view text) {
  const auto message = message_from(text);
  REQUIRE(message.body.has_error());
  return message.body.error().problems.at(0).pointer;
}

}  // namespace

TEST_CASE("an opening says how the drawing is read and heard, or leaves it") {
  const auto plain = read<Open>(R"({"type": "open"})");
  CHECK(plain.mode == "auto");
  CHECK(plain.quantise == Quantise::step);
  CHECK(plain.width == 1280);
  const auto full = read<Open>(
      R"({"type": "open", "mode": "doodle", "options": {"bars": 2}, "canvas": {"width": 800, "height": 600},
          "quantise": "bar", "devices": ["max"], "resume": "x"})");
  CHECK(full.options == R"({"bars":2})");
  CHECK(full.height == 600);
  CHECK(full.quantise == Quantise::bar);
  CHECK(full.devices == std::vector<std::string>{"max"});
  CHECK(full.resume == "x");
}

TEST_CASE("every message is understood, with the number it carries") {
  CHECK(*message_from(R"({"type": "undo", "seq": 12})").seq == 12);
  CHECK_FALSE(message_from(R"({"type": "undo"})").seq.has_value());
  CHECK(*message_from(R"({"type": "undo", "seq": 13, "steps": 2})").seq == 13);
  CHECK(read<AddStroke>(R"({"type": "stroke", "stroke": {"points": [[0, 0]]}})").stroke.points.size() == 1);
  CHECK(read<Erase>(R"({"type": "erase", "strokes": [1, 2]})").strokes.size() == 2);
  CHECK(*read<Change>(R"({"type": "change", "quantise": "none"})").quantise == Quantise::none);
  CHECK_FALSE(read<Play>(R"({"type": "play"})").devices.has_value());
  CHECK(*read<Keep>(R"({"type": "keep", "title": "River"})").title == "River");
  read<Redo>(R"({"type": "redo"})");
  read<Clear>(R"({"type": "clear"})");
  read<Stop>(R"({"type": "stop"})");
  read<Close>(R"({"type": "close"})");
}

TEST_CASE("a message that can't be used is refused with the field at fault") {
  CHECK(message_from("{").body.error().code == "malformed_json");
  CHECK(pointer_of("[]").empty());
  CHECK(pointer_of("{}") == "/type");
  CHECK(pointer_of(R"({"type": "draw"})") == "/type");
  CHECK(pointer_of(R"({"type": 3})") == "/type");
  CHECK(pointer_of(R"({"type": "undo", "steps": 2})") == "/steps");
  CHECK(pointer_of(R"({"type": "undo", "seq": -1})") == "/seq");
  CHECK(pointer_of(R"({"type": "stroke"})") == "/stroke");
  CHECK(pointer_of(R"({"type": "stroke", "stroke": {"points": [[2, 0]]}})") == "/stroke/points/0/0");
  CHECK(pointer_of(R"({"type": "erase", "strokes": []})") == "/strokes");
  CHECK(pointer_of(R"({"type": "erase", "strokes": ["1"]})") == "/strokes");
  CHECK(pointer_of(R"({"type": "open", "canvas": {"width": 9, "height": 600}})") == "/canvas/width");
  CHECK(pointer_of(R"({"type": "open", "canvas": {"width": 4000, "height": 100}})") == "/canvas/height");
  CHECK(pointer_of(R"({"type": "open", "quantise": "soon"})") == "/quantise");
  CHECK(pointer_of(R"({"type": "open", "devices": "max"})") == "/devices");
  CHECK(pointer_of(R"({"type": "open", "mode": "film"})") == "mode");
  CHECK(pointer_of(R"({"type": "open", "mode": "prompt"})") == "/mode");
  CHECK(pointer_of(R"({"type": "open", "options": {"bars": 0}})") == "/options/bars");
  CHECK(pointer_of(R"({"type": "change", "options": []})") == "/options");
}

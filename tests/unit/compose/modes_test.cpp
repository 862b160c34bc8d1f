#include <map>
#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/compose/compose.hpp"
#include "core/compose/reshape.hpp"
#include "core/interpret/accept.hpp"
#include "core/music/meter.hpp"

using namespace doodled;

namespace {

Reading photo() {
  Reading reading;
  reading.kind = PictureKind::photo;
  reading.confidence = 1;
  reading.photo.luminance = 0.5, reading.photo.texture = 0.6, reading.photo.contrast = 0.5;
  reading.photo.cells = {0.1, 0.5, 0.9, 0.3, 0.2, 0.7, 0.4, 0.6, 0.8};
  reading.photo.focal_points = {{0.3, 0.4}, {0.8, 0.2}};
  return reading;
}

Reading drawing() {
  Reading reading;
  reading.kind = PictureKind::drawing;
  reading.confidence = 1;
  reading.width = reading.height = 500;
  reading.ink = 0.05;
  for (const double x : {0.1, 0.3, 0.6, 0.7}) {
    Shape shape;
    shape.shape_class = x < 0.5 ? ShapeClass::circle : ShapeClass::triangle;
    shape.confidence = 0.9;
    shape.box = {x, 0.3 + x / 4, 0.2, 0.3};
    shape.polygon = {{x, 0.3}, {x + 0.2, 0.3}, {x + 0.2, 0.6}, {x, 0.6}};
    shape.thickness = 0.01;
    reading.shapes.push_back(shape);
  }
  return reading;
}

Session composed(const Reading& reading, const std::string& mode, const Json& json = Json::object()) {
  const auto options = compose_options(mode, json);
  REQUIRE(options.has_value());
  auto session = compose(reading, *options);
  REQUIRE(session.has_value());
  return std::move(*session);
}

// Every pointer of the evidence leads somewhere.
void check_evidence(const Session& session) {
  const Json document = to_json(session);
  for (const auto& evidence : session.evidence) {
    CAPTURE(evidence.pointer);
    CHECK(document.contains(Json::json_pointer(evidence.pointer)));
  }
}

int bars_of(const Session& session) {
  int bars = 0;
  for (const auto& section : session.arrangement) bars += section.bars;
  return bars;
}

}  // namespace

TEST_CASE(
    "every picture mode takes every option, and what comes is accepted with evidence that leads somewhere") {
  const Json options[] = {{{"meter", "7/8"}},
                          {{"meter", "5/4"}, {"bars", 3}},
                          {{"meter", "3/4"}, {"density", 0.2}},
                          {{"meter", "5/16"}, {"swing", 66}},
                          {{"density", 0.9}},
                          {{"parts", {"lead", "drums", "bass"}}},
                          {{"parts", {"pad"}}, {"scale", "hirajoshi"}},
                          {{"scale", "phrygian"}},
                          {{"device", "mpc"}, {"style", "trap"}, {"seed", 9}}};
  for (const auto& reading : {photo(), drawing()})
    for (const char* mode : {"auto", "doodle", "lfo", "photo", "macros", "mpc", "arrangement"})
      for (const auto& json : options) {
        CAPTURE(mode);
        CAPTURE(to_text(json));
        const auto session = composed(reading, mode, json);
        if (json.contains("meter")) CHECK(meter_name(session.meter) == json["meter"]);
        check_evidence(session);
        const auto accepted = accept(session);
        REQUIRE_MESSAGE(accepted.has_value(), (accepted ? "" : accepted.error().problems.front().message));
        if (!json.contains("parts")) continue;
        std::set<std::string> roles;
        for (const auto& track : session.tracks) roles.insert(std::string(to_string(track.role)));
        CHECK(roles == json["parts"].get<std::set<std::string>>());
      }
}

TEST_CASE(
    "an arrangement has 64 bars in sections whose energy follows the picture, with drums, bass, pad and "
    "lead") {
  const auto session = composed(photo(), "arrangement");
  CHECK(session.mode == "arrangement");
  CHECK(bars_of(session) == 64);
  CHECK(session.arrangement.size() >= 4);
  std::set<Role> roles;
  for (const auto& track : session.tracks) roles.insert(track.role);
  CHECK(roles == std::set{Role::drums, Role::bass, Role::pad, Role::lead});
  std::map<std::string, std::size_t> parts;
  for (const auto& section : session.arrangement) parts[section.name] = section.parts.size();
  CHECK(session.arrangement.front().parts.size() <
        session.arrangement.back().parts.size());  // the cells fill up
  CHECK(bars_of(composed(photo(), "arrangement", {{"bars", 100}})) == 100);
  CHECK(bars_of(composed(photo(), "arrangement", {{"bars", 1}})) == 1);
  CHECK(bars_of(composed(photo(), "arrangement", {{"bars", 256}})) == 256);
}

TEST_CASE("a mirrored picture gives the mirrored form") {
  auto mirrored = photo();
  for (std::size_t row = 0; row < 3; ++row)
    std::swap(mirrored.photo.cells[row * 3], mirrored.photo.cells[row * 3 + 2]);
  for (auto& point : mirrored.photo.focal_points) point.x = 1 - point.x;
  const auto session = composed(mirrored, "arrangement");
  CHECK(session.arrangement.front().parts.size() > session.arrangement.back().parts.size());
}

TEST_CASE(
    "an MPC gets pads with roles, steps by the rows of the picture, and four Q-Links with controllers") {
  const auto session = composed(photo(), "mpc");
  CHECK(session.mode == "mpc");
  const auto drums = std::ranges::find(session.tracks, Role::drums, &Track::role);
  REQUIRE(drums != session.tracks.end());
  CHECK(drums->channel == 10);
  REQUIRE(drums->pads.size() == 4);
  CHECK(drums->pads[0].pad == "A01");
  CHECK(drums->pads[0].role == "kick");
  std::map<int, int> strikes;
  for (const auto& note : drums->patterns[0].notes) ++strikes[note.pitch];
  CHECK(strikes[36] > 0);
  CHECK(strikes[38] > 0);
  CHECK(strikes[42] > strikes[36]);
  REQUIRE(session.macros.size() == 4);
  CHECK(session.macros[0].cc == 74);
  CHECK(session.macros[1].cc == 71);
  CHECK(session.macros[2].cc == 20);
  CHECK(session.macros[0].group == "q_link");
  auto empty_ground = photo();
  for (std::size_t i = 6; i < 9; ++i) empty_ground.photo.cells[i] = 0;
  int kicks = 0;
  const auto without_ground = composed(empty_ground, "mpc");
  for (const auto& note : without_ground.tracks[0].patterns[0].notes) kicks += note.pitch == 36;
  CHECK(kicks < strikes[36]);
}

TEST_CASE("words beside a picture decide what the options leave open") {
  auto options = compose_options("photo", {{"tempo_bpm", 90}});
  REQUIRE(options.has_value());
  options->prompt = "E dorian at 120 bpm in 3/4";
  const auto session = compose(photo(), *options);
  REQUIRE(session.has_value());
  CHECK(session->key == Key{4, "dorian"});
  CHECK(session->tempo_bpm == 90);
  CHECK(session->meter == Meter{3, 4});
}

TEST_CASE(
    "drawn LFOs loop in beats or seconds, as drawn or as asked, and mode lfo makes a wavetable of the "
    "first") {
  auto reading = drawing();
  reading.shapes[0].shape_class = ShapeClass::staircase;
  reading.shapes[1].shape_class = ShapeClass::wave;
  reading.curves = {{{-1, -1, 1, 1}, reading.shapes[0].box, 0}, {{0, 1, 0, -1}, reading.shapes[1].box, 1}};
  const auto plain = composed(reading, "lfo");
  REQUIRE(plain.lfos.size() == 2);
  CHECK(plain.lfos[0].interpolation == Interpolation::step);
  CHECK(plain.lfos[1].interpolation == Interpolation::smooth);
  CHECK(plain.lfos[0].cycle == 3840);
  CHECK(plain.tracks[0].patch->oscillators[0].wave == Wave::wavetable);
  check_evidence(plain);
  const auto asked =
      composed(reading, "lfo", {{"lfo_beats", 1.5}, {"lfo_interpolation", "linear"}, {"lfo_unipolar", true}});
  CHECK(asked.lfos[0].cycle == 1440);
  CHECK(asked.lfos[0].interpolation == Interpolation::linear);
  CHECK(asked.lfos[0].unipolar);
  CHECK(composed(reading, "doodle", {{"lfo_seconds", 2.5}}).lfos[0].seconds == 2.5);
  CHECK_FALSE(compose_options("lfo", {{"lfo_seconds", 0}}).has_value());
}

TEST_CASE("options that can't be used are all named") {
  const auto refused = compose_options("auto", {{"key", "H minor"},
                                                {"scale", "martian"},
                                                {"meter", "4/5"},
                                                {"parts", {"lead", "lead"}},
                                                {"density", 2},
                                                {"style", "polka-core"},
                                                {"device", "toaster"},
                                                {"bars", 1000},
                                                {"glitter", true}});
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().problems.size() == 9);
  for (const auto& problem : refused.error().problems)
    if (problem.pointer == "/options/key") CHECK(problem.message.find("write B minor") != std::string::npos);
}

TEST_CASE("a bar is cut to a shorter meter and carried on into a longer one, and evidence follows its note") {
  Session session;
  session.tracks = {{"lead",
                     "Lead",
                     Role::lead,
                     1,
                     std::nullopt,
                     {},
                     {{"a", 2 * 3840, {{0, 240, 60, 100}, {3600, 240, 62, 100}, {3840, 240, 64, 100}}, {}}}}};
  session.arrangement = {{"A", 2, {{"lead", "a"}}}};
  session.evidence = {{"/tracks/0/patterns/0/notes/1", std::nullopt, {}, "second", ""},
                      {"/tracks/0/patterns/0/notes/2", std::nullopt, {}, "third", ""}};
  auto shorter = session;
  composing::fit_to_meter(shorter, {7, 8});
  const auto& cut = shorter.tracks[0].patterns[0];
  CHECK(cut.length == 2 * 3360);
  REQUIRE(cut.notes.size() == 2);
  CHECK(cut.notes[1].start == 3360);
  REQUIRE(shorter.evidence.size() == 1);
  CHECK(shorter.evidence[0].reading == "third");
  CHECK(shorter.evidence[0].pointer == "/tracks/0/patterns/0/notes/1");
  auto longer = session;
  composing::fit_to_meter(longer, {5, 4});
  const auto& extended = longer.tracks[0].patterns[0];
  CHECK(extended.length == 2 * 4800);
  std::vector<Tick> starts;
  for (const auto& note : extended.notes) starts.push_back(note.start);
  CHECK(starts == std::vector<Tick>{0, 3600, 3840, 4800, 4800 + 3840});
}

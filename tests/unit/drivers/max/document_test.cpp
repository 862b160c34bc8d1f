#include "drivers/max/document.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/play/arrange.hpp"

using namespace doodled;
using namespace doodled::max_link;

namespace {

Session session_with(std::vector<Note> notes) {
  Session session;
  session.title = "Flüsse";
  session.tempo_bpm = 92.5;
  session.meter = {3, 4};
  session.key = {4, "minor", {}};
  Track lead;
  lead.id = "lead";
  lead.name = "Lead \"1\"";
  lead.patterns.push_back(
      {"a", 2880, std::move(notes), {{Parameter::cutoff, Interpolation::step, {{0, 0.25}}}}});
  Track kit;
  kit.id = "kit";
  kit.name = "Kit";
  kit.role = Role::drums;
  kit.patterns.push_back({"k", 2880, {{0, 120, 36, 110}}, {}});
  session.tracks = {lead, kit};
  session.arrangement = {{"Intro", 1, {{"lead", "a"}}, {}}, {"Drop", 2, {{"lead", "a"}, {"kit", "k"}}, {}}};
  return session;
}

Json document(const Session& session) {
  return *parse_json(document_of(arrange(session), chances_of(session)));
}

}  // namespace

TEST_CASE("a document has the head, a marker a section, and flat lists of numbers for each track") {
  const auto json = document(session_with({{0, 480, 64, 100}}));
  CHECK(json.at("format") == "doodled.max");
  CHECK(json.at("version") == 1);
  CHECK(json.at("title") == "Flüsse");
  CHECK(json.at("tempo") == 92.5);
  CHECK(json.at("meter") == Json::array({3, 4}));
  CHECK(json.at("root") == 4);
  CHECK(json.at("intervals") == Json::array({0, 2, 3, 5, 7, 8, 10}));
  CHECK(json.at("length") == 3 * 2880);
  CHECK(json.at("markers") == Json::parse(R"([[0,"Intro"],[2880,"Drop"]])"));
  const auto& lead = json.at("tracks").at(0);
  CHECK(lead.at("name") == "Lead \"1\"");
  CHECK(lead.at("notes") == Json::parse("[0,64,100,480,2880,64,100,480,5760,64,100,480]"));
  CHECK_FALSE(lead.contains("chances"));
  CHECK(lead.at("lanes").at(0).at("p") == static_cast<int>(Parameter::cutoff));
  CHECK(lead.at("lanes").at(0).at("v").at(1) == 16384);
  CHECK(json.at("tracks").at(1).at("role") == "drums");
}

TEST_CASE("it is ASCII, whatever language the title has") {
  const auto text = document_of(arrange(session_with({{0, 480, 64, 100}})));
  CHECK(text.find("Fl\\u00fcsse") != std::string::npos);
  for (const char c : text) CHECK(static_cast<unsigned char>(c) < 128);
}

TEST_CASE("notes that sound only sometimes stand apart with their probability, whatever this loop drew") {
  Note sure{0, 480, 64, 100}, sometimes{960, 240, 67, 90};
  sometimes.probability = 0.25;
  const auto json = document(session_with({sure, sometimes}));
  const auto& lead = json.at("tracks").at(0);
  CHECK(lead.at("notes").size() == 3 * 4);
  CHECK(lead.at("chances") == Json::parse("[960,67,90,240,16384,3840,67,90,240,16384,6720,67,90,240,16384]"));
}

TEST_CASE("a chance is where the arrangement would put the note: swung, nudged, cut at the section's end") {
  Note note{240, 9600, 60, 80};
  note.probability = 0.5;
  note.nudge = 7;
  auto session = session_with({note});
  session.swing = 60;
  session.arrangement = {{"A", 1, {{"lead", "a"}}, {}}};
  const auto chances = chances_of(session);
  REQUIRE(chances.size() == 1);
  session.tracks[0].patterns[0].notes[0].probability = 1;
  const auto timeline = arrange(session);
  for (const auto& event : timeline.events)
    if (const auto* on = std::get_if<NoteOn>(&event.body)) {
      CHECK(chances[0].tick == event.tick);
      CHECK(chances[0].duration == doctest::Approx(static_cast<double>(on->duration)).epsilon(0.01));
    }
}

TEST_CASE("a document that would be too long goes without automation") {
  const auto session = session_with({{0, 480, 64, 100}});
  const auto text = document_of(arrange(session), {}, 200);
  CHECK(text.find("lanes") == std::string::npos);
  CHECK(text.find("notes") != std::string::npos);
}

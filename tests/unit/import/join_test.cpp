#include "core/import/join.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/interpret/accept.hpp"

using namespace doodled;

namespace {

Session session_of(const std::string& track, int pitch, int sections) {
  Session session;
  session.key = {0, "chromatic"};
  Patch patch;
  patch.oscillators = {{}};
  patch.modulation = {{"curve", Parameter::cutoff, 0.5}};
  session.tracks = {{track, track, Role::lead, 1, patch, {}, {{"a", 3840, {{0, 960, pitch, 100}}, {}}}}};
  session.lfos = {{"curve", "Curve", {0, 1}, 3840, track}};
  session.macros = {{"macro_1", "One", "", 0, 0.5, std::nullopt, track, {{track}}}};
  for (int i = 0; i < sections; ++i) session.arrangement.push_back({"S", 1, {{track, "a"}}});
  session.evidence = {{"/tracks/0/patch", Box{}, {}, "circle", "rule"}};
  return session;
}

}  // namespace

TEST_CASE("a part joins music that stays as it is, under names and channels that are free") {
  auto context = session_of("lead", 61, 3);
  context.tempo_bpm = 77;
  const auto part = session_of("lead", 64, 2);

  const auto both = joined(context, part);

  CHECK(both.tempo_bpm == 77);
  REQUIRE(both.tracks.size() == 2);
  CHECK(to_json(both).at("tracks")[0] == to_json(context).at("tracks")[0]);
  CHECK(both.tracks[1].id == "lead_2");
  CHECK(both.tracks[1].channel == 2);
  CHECK(both.tracks[1].patch->modulation[0].source == "curve_2");
  CHECK(both.lfos[1].id == "curve_2");
  CHECK(both.lfos[1].track == "lead_2");
  CHECK(both.macros[1].id == "macro_2");
  CHECK(both.macros[1].targets[0].track == "lead_2");
  REQUIRE(both.arrangement.size() == 3);
  for (const auto& section : both.arrangement) CHECK(section.parts[1].track == "lead_2");
  CHECK(both.evidence[1].pointer == "/tracks/1/patch");
  CHECK(accept_document(to_json(both)).has_value());
}

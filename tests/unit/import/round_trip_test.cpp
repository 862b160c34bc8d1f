// Random sessions out and in again. DOODLED_SESSIONS says how many; a few hundred without it.
#include <cstdlib>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/files/export.hpp"
#include "core/files/notes.hpp"
#include "core/import/import.hpp"
#include "core/play/arrange.hpp"
#include "tests/unit/music/random_session.hpp"

using namespace doodled;
using doodled::testing::random_session;

namespace {

std::uint64_t how_many() {
  const char* wanted = std::getenv("DOODLED_SESSIONS");
  return wanted ? std::strtoull(wanted, nullptr, 10) : 300;
}

// The notes of each track that sounds, in the order of the tracks.
std::vector<std::vector<PlacedNote>> sounding(const Timeline& timeline) {
  std::vector<std::vector<PlacedNote>> tracks(timeline.tracks.size());
  for (auto note : notes_of(timeline)) {
    const auto index = note.track;
    note.track = 0;
    tracks[index].push_back(note);
  }
  std::erase_if(tracks, [](const auto& notes) { return notes.empty(); });
  return tracks;
}

std::string text(const std::vector<std::vector<PlacedNote>>& tracks) {
  std::string out;
  for (const auto& notes : tracks) {
    for (const auto& n : notes)
      out += std::to_string(n.start) + "+" + std::to_string(n.duration) + ":" + std::to_string(n.pitch) +
             "/" + std::to_string(n.velocity) + " ";
    out += "\n";
  }
  return out;
}

std::string exported(const Session& session, std::string_view format, const ExportOptions& options = {}) {
  const ExportSource source{session, to_text(to_json(session)), std::nullopt, nullptr};
  const auto file = export_session(format, source, options);
  REQUIRE_MESSAGE(file.has_value(), format << ": " << (file ? "" : file.error().message));
  return file->bytes;
}

Session imported(const std::string& bytes) {
  const auto accepted = accept_file(as_bytes(bytes), "Untitled");
  REQUIRE_MESSAGE(accepted.has_value(), (accepted ? "" : accepted.error().message));
  return accepted->session;
}

// All but the curves: those of notes become those of the track, and are then seen on a grid.
std::string summary(const Session& session) {
  std::string out = session.title + " " + key_name(session.key) + " " + std::to_string(session.tempo_bpm);
  for (const auto& section : session.arrangement)
    out += " | " + section.name + " " + std::to_string(section.bars);
  for (const auto& track : session.tracks)
    out += "\n" + track.name + " " + std::string(to_string(track.role)) + " " + std::to_string(track.channel);
  return out + "\n" + text(sounding(arrange(session)));
}

bool has_notes(const Session& session) { return !notes_of(arrange(session)).empty(); }

}  // namespace

TEST_CASE("a MIDI file of any session comes back with the same notes, tempo, meter and sections") {
  for (std::uint64_t seed = 0; seed < how_many(); ++seed) {
    CAPTURE(seed);
    const auto session = random_session(seed);
    if (!has_notes(session)) continue;
    const auto back = imported(exported(session, "mid"));
    REQUIRE(text(sounding(arrange(back))) == text(sounding(arrange(session))));
    REQUIRE(back.tempo_bpm == doctest::Approx(session.tempo_bpm).epsilon(1e-4));
    REQUIRE(back.meter == session.meter);
    REQUIRE(back.arrangement.size() == session.arrangement.size());
    for (std::size_t i = 0; i < back.arrangement.size(); ++i) {
      REQUIRE(back.arrangement[i].name == session.arrangement[i].name);
      REQUIRE(back.arrangement[i].bars == session.arrangement[i].bars);
    }
  }
}

TEST_CASE("a MIDI file that came in once goes out and in without another change to notes and sections") {
  for (std::uint64_t seed = 0; seed < how_many(); ++seed) {
    CAPTURE(seed);
    const auto session = random_session(seed);
    if (!has_notes(session)) continue;
    const auto once = imported(exported(session, "mid"));
    REQUIRE(summary(imported(exported(once, "mid"))) == summary(once));
  }
}

TEST_CASE("patterns of an MPC come back with the same notes, in both dialects") {
  for (std::uint64_t seed = 0; seed < how_many(); ++seed) {
    CAPTURE(seed);
    const auto session = random_session(seed);
    const auto timeline = arrange(session);
    ExportOptions options;
    options.mpc.pad_map = PadMap::general_midi;
    options.mpc.dialect = seed % 2 ? MpcDialect::mpc3 : MpcDialect::classic;
    for (std::size_t i = 0; i < timeline.tracks.size(); ++i) {
      options.track = timeline.tracks[i].id;
      std::vector<PlacedNote> expected;
      for (auto note : notes_of(timeline))
        if (note.track == i) expected.push_back({note.start, note.duration, 0, note.pitch, note.velocity});
      const auto back = notes_of(arrange(imported(exported(session, "mpcpattern", options))));
      REQUIRE(text({back}) == text({expected}));
    }
  }
}

TEST_CASE("the document comes back byte for byte") {
  for (std::uint64_t seed = 0; seed < how_many(); ++seed) {
    CAPTURE(seed);
    const auto session = random_session(seed);
    const auto json = exported(session, "json");
    REQUIRE(to_text(to_json(imported(json))) == json);
  }
}

TEST_CASE("every other format can be written of any session") {
  for (std::uint64_t seed = 0; seed < how_many(); ++seed) {
    CAPTURE(seed);
    const auto session = random_session(seed);
    for (const auto* format : {"dawproject", "musicxml", "svg", "txt", "timeline"})
      REQUIRE_FALSE(exported(session, format).empty());
    ExportOptions options;
    options.smf.format = 0;
    options.smf.programs = true;
    REQUIRE(exported(session, "mid", options).starts_with("MThd"));
    if (session.lfos.empty()) continue;
    options.lfo = session.lfos.front().id;
    for (const auto* format : {"serum", "surge", "singlecycle"})
      REQUIRE_FALSE(exported(session, format, options).empty());
  }
}

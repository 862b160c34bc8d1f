#include "core/compose/prompt.hpp"

#include <cmath>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/compose/compose.hpp"
#include "core/interpret/accept.hpp"
#include "core/music/meter.hpp"

using namespace doodled;
using composing::wish_from;

namespace {

Session made_of(const std::string& prompt, std::uint64_t seed = 1) {
  ComposeOptions options;
  options.mode = "prompt";
  options.prompt = prompt;
  options.seed = seed;
  auto session = compose({}, options);
  REQUIRE(session.has_value());
  return std::move(*session);
}

std::string told_by(const Session& session, std::string_view rule) {
  for (const auto& evidence : session.evidence)
    if (evidence.rule == rule) return evidence.reading;
  return {};
}

std::string unknown_words(const Session& session) { return told_by(session, "prompt-not-understood"); }

std::string many(int count, const std::string& word) {
  std::string text;
  for (int i = 0; i < count; ++i) text += word + " ";
  return text;
}

bool has(const Session& session, Role role) {
  return std::ranges::find(session.tracks, role, &Track::role) != session.tracks.end();
}

}  // namespace

TEST_CASE("a sentence gives key, tempo, meter, length, swing, style and parts") {
  const auto wish = wish_from(
      "A dark techno track in F# phrygian at 132 bpm, 7/8, 32 bars, swing 58, no pads, with acid bass and "
      "arps");
  REQUIRE(wish.key.has_value());
  CHECK(*wish.key == Key{6, "phrygian"});
  CHECK(wish.tempo_bpm == 132);
  CHECK(wish.meter == Meter{7, 8});
  CHECK(wish.bars == 32);
  CHECK(wish.swing == 58);
  CHECK(wish.genre == "techno");
  CHECK(wish.parts == std::vector{Role::bass, Role::arpeggio});
  CHECK(wish.unwanted == std::vector{Role::pad});
  CHECK(wish.brightness < 0);
  CHECK(wish.not_understood.empty());
}

TEST_CASE("keys and tempos are understood in the ways people write them") {
  CHECK(wish_from("in Bb").key == Key{10, "major"});
  CHECK(wish_from("key of Am").key == Key{9, "minor"});
  CHECK(wish_from("D minor pentatonic").key == Key{2, "minor_pentatonic"});
  CHECK(wish_from("C Major").key == Key{0, "major"});
  CHECK_FALSE(wish_from("A song").key.has_value());
  CHECK_FALSE(wish_from("a big band").key.has_value());
  CHECK(wish_from("something lydian").scale == "lydian");
  CHECK(wish_from("128bpm").tempo_bpm == 128);
  CHECK(wish_from("tempo of 98").tempo_bpm == 98);
  CHECK(wish_from("andante").tempo_bpm == 88);
  CHECK(wish_from("slow").tempo_bpm == 76);
  CHECK_FALSE(wish_from("9000 bpm").tempo_bpm.has_value());
  CHECK(wish_from("a waltz").meter == Meter{3, 4});
  CHECK(wish_from("16-bar loop").bars == 16);
  CHECK(wish_from("60% swing").swing == 60);
}

TEST_CASE("chords in a row are a progression") {
  const auto wish = wish_from("Am7 - Dm9 - G7 - Cmaj7, mellow");
  REQUIRE(wish.chords.size() == 4);
  CHECK(chord_symbol(wish.chords[1]) == "Dm9");
  CHECK(wish.not_understood == std::vector<std::string>{"mellow"});
  const auto session = made_of("Am F C E");
  CHECK(session.arrangement[0].chords[0].symbol == "Am");
  CHECK(session.arrangement[0].chords[3].symbol == "E");
  CHECK(in_key(68, session.key));  // the G# of E
}

TEST_CASE("what was not understood is said, and notes of other languages get advice") {
  const auto session = made_of("gloomy house with banjo solo and kazoo");
  CHECK(unknown_words(session).find("\"banjo\"") != std::string::npos);
  CHECK(unknown_words(session).find("\"kazoo\"") != std::string::npos);
  CHECK(unknown_words(made_of("in Fis minor")).find("write F#") != std::string::npos);
  CHECK(unknown_words(made_of("dark techno")).empty());
}

TEST_CASE("of very many words the first are read, and how many are not is said") {
  const auto read = made_of(many(399, "dark,") + "techno");
  CHECK(told_by(read, "prompt-cut").empty());
  const auto cut = made_of(many(400, "dark") + " ... in F# phrygian");
  CHECK(told_by(cut, "prompt-cut") == "not read, since there are so many words: the last 3");
  CHECK(cut.key != Key{6, "phrygian"});
  CHECK(accept(cut).has_value());
}

TEST_CASE("of very many words that are not understood some are named, and the others counted") {
  const auto told = unknown_words(made_of(many(100, "kazoo") + "house"));
  const auto named = std::ranges::count(told, 'k');
  CHECK(told.ends_with(" and " + std::to_string(100 - named) + " more"));
}

TEST_CASE("words make an accepted session with the parts that were asked for") {
  for (const char* prompt :
       {"dark techno", "happy waltz in G major", "ambient pad only", "fast drum and bass in 7/8",
        "lofi beat with keys, 5/4", "3 bars of jazz", "x", "bossa nova 1 bar", "reggaeton 64 bars",
        "noise and drone in C chromatic", "slow D locrian trap", "Am F C E 12/8 rock"}) {
    CAPTURE(prompt);
    const auto accepted = accept(made_of(prompt));
    REQUIRE_MESSAGE(accepted.has_value(), (accepted ? "" : accepted.error().problems.front().message));
    CHECK_FALSE(accepted->session.tracks.empty());
    for (const auto& section : accepted->session.arrangement) CHECK_FALSE(section.parts.empty());
  }
  CHECK(has(made_of("just drums and bass"), Role::drums));
  CHECK(has(made_of("just drums and bass"), Role::bass));
  CHECK_FALSE(has(made_of("just drums and bass"), Role::pad));
  CHECK_FALSE(has(made_of("house without drums"), Role::drums));
}

TEST_CASE("a short piece goes somewhere: its second half is fuller than its first") {
  const auto session = made_of("house, 8 bars");
  REQUIRE(session.arrangement.size() == 2);
  CHECK(session.arrangement[1].parts.size() > session.arrangement[0].parts.size());
}

TEST_CASE("the same words and seed give the same session, another seed another one") {
  CHECK(to_json(made_of("dreamy ambient", 5)) == to_json(made_of("dreamy ambient", 5)));
  CHECK_FALSE(to_json(made_of("dreamy ambient", 5)) == to_json(made_of("dreamy ambient", 6)));
}

TEST_CASE("without words there is nothing to make music of") {
  ComposeOptions options;
  options.mode = "prompt";
  options.prompt = " \n";
  CHECK(compose({}, options).error().code == "prompt_required");
}

TEST_CASE("a long or hostile prompt is read to its end or cut, never an error") {
  std::string long_prompt;
  for (int i = 0; i < 2000; ++i) long_prompt += "bass \xff\xfe 99999999999999999999 bpm 7/0 #### ";
  CHECK_FALSE(wish_from(long_prompt).parts.empty());
}

TEST_CASE(
    "however often a mood is named, its change stays within its bounds, and what comes of it is the same") {
  const auto times = [](int count, const std::string& word) {
    std::string text;
    for (int i = 0; i < count; ++i) text += word + " ";
    return text;
  };
  for (const std::string word : {"calm", "energetic", "ethereal", "heavy"}) {
    CAPTURE(word);
    const auto wish = wish_from(times(400, word));
    for (const double change : {wish.brightness, wish.density, wish.space, wish.grain})
      CHECK(std::abs(change) <= 1);
    CHECK(std::abs(wish.energy) <= 2.5);
    CHECK(wish.tempo_factor >= 1.0 / 16);
    CHECK(wish.tempo_factor <= 16);
    const auto many = made_of(times(60, word)), more = made_of(times(300, word));
    CHECK(to_json(many)["tracks"] == to_json(more)["tracks"]);
    CHECK(many.tempo_bpm == more.tempo_bpm);
  }
}

TEST_CASE("moods that take each other back leave the middle, however many there are") {
  std::string text;
  for (int i = 0; i < 80; ++i) text += "bright sunny ";
  for (int i = 0; i < 80; ++i) text += "dark gloomy ";
  text += "icy";
  CHECK(wish_from(text).brightness == doctest::Approx(1));
}

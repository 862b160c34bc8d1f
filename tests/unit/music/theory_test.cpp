#include <doctest/doctest.h>

#include "core/music/meter.hpp"
#include "core/music/pitch.hpp"
#include "core/music/scala.hpp"

using namespace doodled;

TEST_CASE("double accidentals are read, as letters and as signs") {
  CHECK(pitch_from_name("Fx4") == 67);
  CHECK(pitch_from_name("F##4") == 67);
  CHECK(pitch_from_name("F\U0001d12a4") == 67);
  CHECK(pitch_from_name("Bbb3") == 57);
  CHECK(pitch_from_name("B\U0001d12b3") == 57);
  CHECK(pitch_from_name("Cb4") == 59);
  CHECK(pitch_from_name("B#3") == 60);
  CHECK(pitch_from_name("C3", MiddleC::c3) == 60);
  CHECK(pitch_name(60, MiddleC::c3) == "C3");
}

TEST_CASE("note names of other languages are refused with what to write") {
  struct Row {
    std::string_view name, write;
  };
  const Row rows[] = {{"H4", "B4"},    {"Fis3", "F#3"},      {"Es2", "Eb2"}, {"As-1", "Ab-1"},
                      {"Sol3", "G3"},  {"do4", "C4"},        {"Si4", "B4"},  {"mib3", "Eb3"},
                      {"Do#4", "C#4"}, {"la bemol 3", "Ab3"}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto read = read_pitch(row.name);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == "invalid_note");
    CHECK(read.error().message.find("write " + std::string(row.write)) != std::string::npos);
  }
  CHECK(read_pitch("C").error().message.find("no octave") != std::string::npos);
  CHECK(read_pitch("C12").error().message.find("128 notes") != std::string::npos);
  CHECK(read_pitch("?").error().message.find("no note") != std::string::npos);
  CHECK(*read_pitch("F#3") == 54);
  CHECK(read_key("H minor").error().message.find("write B minor") != std::string::npos);
  CHECK(read_key("purple").error().code == "invalid_key");
}

TEST_CASE("every scale ascends from 0 within an octave, and its name finds it") {
  for (const auto& scale : all_scales()) {
    CAPTURE(scale.name);
    REQUIRE_FALSE(scale.intervals.empty());
    CHECK(scale.intervals.front() == 0);
    CHECK(scale.intervals.back() < 12);
    for (std::size_t i = 1; i < scale.intervals.size(); ++i)
      CHECK(scale.intervals[i] > scale.intervals[i - 1]);
    CHECK(find_scale(scale.name) == &scale);
  }
  CHECK(find_scale("Super Locrian") == find_scale("altered"));
  CHECK(find_scale("hungarian minor") != nullptr);
}

TEST_CASE("meters of every kind have bars of whole steps") {
  for (int numerator = 1; numerator <= 32; ++numerator)
    for (const int denominator : {1, 2, 4, 8, 16, 32}) {
      const Meter meter{numerator, denominator};
      CHECK(meter.bar() % meter.step() == 0);
      CHECK(meter_from_name(meter_name(meter)) == meter);
      int beats = 0;
      for (const int group : beat_groups(meter)) beats += group;
      CHECK(beats == numerator);
    }
  CHECK(Meter{7, 8}.steps() == 14);
  CHECK(beat_groups({7, 8}) == std::vector{2, 2, 3});
  CHECK(beat_groups({6, 8}) == std::vector{3, 3});
  CHECK(beat_groups({5, 4}) == std::vector{1, 1, 1, 1, 1});
  for (const char* wrong : {"", "4", "4/", "/4", "4/5", "0/4", "33/4", "4/4/4", "-3/4"})
    CHECK_FALSE(meter_from_name(wrong));
}

TEST_CASE("the first step of a bar is its heaviest, and groups are heavier than what lies between") {
  const Meter seven{7, 8};
  CHECK(metric_weight(seven, 0) == 1);
  CHECK(metric_weight(seven, 4) == 0.75);
  CHECK(metric_weight(seven, 8) == 0.75);
  CHECK(metric_weight(seven, 2) == 0.5);
  CHECK(metric_weight(seven, 1) == 0.25);
  CHECK(metric_weight({4, 4}, 1) == 0.1);
}

TEST_CASE("a Scala file is read: comments, cents, ratios and what follows them on their line") {
  const auto tuning = tuning_from_scl(
      "! just.scl\n!\nFive limit just intonation\n 12\n!\n 16/15\n 9/8\n 6/5 a minor third\n 5/4\n 4/3\n "
      "45/32\n 3/2\n"
      " 8/5\n 5/3\n 9/5\n 15/8\n 2/1\n");
  REQUIRE(tuning.has_value());
  CHECK(tuning->name == "Five limit just intonation");
  REQUIRE(tuning->cents.size() == 12);
  CHECK(tuning->cents[6] == doctest::Approx(701.955));
  CHECK(tuning->cents[11] == doctest::Approx(1200));
  CHECK(tuned_pitch(*tuning, 67) == doctest::Approx(67.01955));
  const auto quarter = tuning_from_scl("quarter-comma\r\n2\r\n 696.578 cents\r\n 2\r\n");
  REQUIRE(quarter.has_value());
  CHECK(quarter->cents == std::vector<double>{696.578, 1200});
}

TEST_CASE("a damaged Scala file is refused with its line") {
  CHECK(tuning_from_scl("").error().code == "invalid_scl");
  CHECK(tuning_from_scl("name\n").error().code == "invalid_scl");
  CHECK(tuning_from_scl("name\nmany\n100.0\n").error().message.starts_with("line 2"));
  CHECK(tuning_from_scl("name\n2\n100.0\n").error().message.find("announces 2") != std::string::npos);
  CHECK(tuning_from_scl("name\n2\n!\nfifth\n2/1\n").error().message.starts_with("line 4"));
  for (const char* wrong : {"3/0", "-3/2", "0", "1e400", "nan.0", "inf.", "3/2/1", "99999.0"})
    CHECK_MESSAGE(!tuning_from_scl("name\n1\n" + std::string(wrong) + "\n").has_value(), wrong);
  CHECK_FALSE(tuning_from_scl("name\n1\n-100.0\n").has_value());
  CHECK_FALSE(tuning_from_scl("name\n5000\n").has_value());
  CHECK_FALSE(tuning_from_scl(std::string(300000, 'x')).has_value());
}

TEST_CASE("a key may name a scale of the user's own by its semitones, and is written so again") {
  const Key own{2, "own", {0, 2, 3, 7, 10}};
  CHECK(key_from_name("D 0,2,3,7,10") == own);
  CHECK(key_from_name("D 0 2 3 7 10") == own);
  CHECK(key_name(own) == "D 0,2,3,7,10");
  CHECK(key_from_name(key_name(own)) == own);
  CHECK(key_name({2, "mine", {0, 5}}) == "D mine");
  for (const auto* wrong : {"D 2,3", "D 0,3,2", "D 0,12", "D 0", "D 0,x"}) {
    CAPTURE(wrong);
    CHECK_FALSE(key_from_name(wrong).has_value());
  }
}

#include "core/music/pitch.hpp"

#include <doctest/doctest.h>

#include "core/music/chord.hpp"
#include "core/music/parameters.hpp"

using namespace doodled;

TEST_CASE("note names are read with sharps, flats, any octave and either middle C") {
  struct Row {
    const char* name;
    int c4, c3;
  };
  for (const auto& row : {Row{"C4", 60, 72}, Row{"F#3", 54, 66}, Row{"Bb-1", 10, 22}, Row{"c#2", 37, 49},
                          Row{"E\u266d4", 63, 75}}) {
    CAPTURE(row.name);
    CHECK(pitch_from_name(row.name) == row.c4);
    CHECK(pitch_from_name(row.name, MiddleC::c3) == row.c3);
  }
  for (const char* name : {"", "H4", "C", "C#", "4", "C99", "C4x", "R"}) {
    CAPTURE(name);
    CHECK_FALSE(pitch_from_name(name).has_value());
  }
}

TEST_CASE("every pitch has a name that is read back") {
  for (int pitch = 0; pitch < 128; ++pitch) {
    CHECK(pitch_from_name(pitch_name(pitch)) == pitch);
    CHECK(pitch_from_name(pitch_name(pitch, MiddleC::c3), MiddleC::c3) == pitch);
  }
  CHECK(pitch_name(60, MiddleC::c3) == "C3");
}

TEST_CASE("keys are read in the idea document's spelling and others") {
  CHECK(key_from_name("E_Minor") == Key{4, "minor"});
  CHECK(key_from_name("D_Minor_Pentatonic") == Key{2, "minor_pentatonic"});
  CHECK(key_from_name("F# phrygian") == Key{6, "phrygian"});
  CHECK(key_from_name("Bb") == Key{10, "major"});
  CHECK(key_from_name("Am") == Key{9, "minor"});
  CHECK_FALSE(key_from_name("purple").has_value());
  CHECK_FALSE(key_from_name("C wobbly").has_value());
  CHECK(find_scale("Natural_Minor") == find_scale("aeolian"));
}

TEST_CASE("a note outside the key moves to the nearest inside, the lower of two") {
  const Key c_major{0, "major"};
  CHECK(nearest_in_key(61, c_major) == 60);
  CHECK(nearest_in_key(64, c_major) == 64);
  for (const auto& scale : all_scales())
    for (int pitch = 0; pitch < 128; ++pitch)
      CHECK(in_key(nearest_in_key(pitch, {3, std::string(scale.name)}), {3, std::string(scale.name)}));
}

TEST_CASE("scale degrees climb the scale and stay inside MIDI's range") {
  const Key e_minor{4, "minor"};
  CHECK(scale_pitch(e_minor, 0, 3) == 52);
  CHECK(scale_pitch(e_minor, 7, 3) == 64);
  CHECK(scale_pitch(e_minor, -1, 3) == 50);
  for (int degree = -200; degree < 200; ++degree) {
    const int pitch = scale_pitch(e_minor, degree, 3);
    CHECK(pitch >= 0);
    CHECK(pitch <= 127);
    CHECK(in_key(pitch, e_minor));
  }
}

TEST_CASE("chords are read as symbols and as spelled notes") {
  CHECK(chord_from_name("Em9") == std::vector{52, 55, 59, 62, 66});
  CHECK(chord_from_name("C4-E4-G4") == std::vector{60, 64, 67});
  CHECK(chord_from_name("C-1-E4") == std::vector{0, 64});
  CHECK(chord_from_name("G/B") == std::vector{47, 55, 59, 62});
  CHECK(chord_from_name("F#m7b5", 4) == std::vector{66, 69, 72, 76});
  CHECK_FALSE(chord_from_name("banana").has_value());
  CHECK_FALSE(chord_from_name("").has_value());
}

TEST_CASE("parameters run over their own scale: 1200 Hz is 0.5927 of the way from 20 Hz to 20 kHz") {
  CHECK(to_unit(Parameter::cutoff, 1200) == doctest::Approx(0.592717).epsilon(1e-5));
  for (const auto& row : all_parameters()) {
    CHECK(from_unit(row.parameter, to_unit(row.parameter, row.minimum)) == doctest::Approx(row.minimum));
    CHECK(from_unit(row.parameter, to_unit(row.parameter, row.maximum)) == doctest::Approx(row.maximum));
    CHECK(to_unit(row.parameter, row.maximum + 1e6) == 1);
    CHECK(parameter_from_name(row.name) == row.parameter);
  }
}

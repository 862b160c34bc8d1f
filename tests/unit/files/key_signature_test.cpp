#include "core/files/key_signature.hpp"

#include <doctest/doctest.h>

using namespace doodled;

namespace {

std::string signature(int tonic, const char* scale) {
  const auto found = key_signature({tonic, scale});
  return std::to_string(found.fifths) + (found.minor ? " minor" : " major") + (found.exact ? "" : ", nearly");
}

}  // namespace

TEST_CASE("major and minor keys have the signatures that everybody knows") {
  CHECK(signature(0, "major") == "0 major");
  CHECK(signature(4, "minor") == "1 minor");
  CHECK(signature(10, "major") == "-2 major");
  CHECK(signature(0, "minor") == "-3 minor");
}

TEST_CASE("a mode gets the signature of its notes, a coloured minor scale that of its minor key") {
  CHECK(signature(2, "dorian") == "0 major, nearly");
  CHECK(signature(7, "mixolydian") == "0 major, nearly");
  CHECK(signature(4, "minor_pentatonic") == "1 minor, nearly");
  CHECK(signature(9, "harmonic_minor") == "0 minor, nearly");
  CHECK(signature(9, "blues") == "0 minor, nearly");
}

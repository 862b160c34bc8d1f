#include "core/play/pad_note.hpp"

#include <doctest/doctest.h>

using namespace doodled;

TEST_CASE("drum notes go to the pads of the device's layout") {
  DeviceProfile profile = generic_profile();
  const std::vector<Pad> pads{{"A05", "snare", 38}};
  const auto note = [&](PadMap map, int pitch) {
    profile.pad_map = map;
    return pad_note(pitch, pads, profile);
  };

  CHECK(note(PadMap::general_midi, 38) == 38);
  CHECK(note(PadMap::chromatic_c1, 38) == 40);
  CHECK(note(PadMap::chromatic_c_minus_2, 38) == 4);
  CHECK(note(PadMap::classic, 38) == 40);
  CHECK(note(PadMap::chromatic_c_minus_2, 36) == 0);
}

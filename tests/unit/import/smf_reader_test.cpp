#include "core/import/smf_reader.hpp"

#include <doctest/doctest.h>

#include "tests/unit/import/smf_bytes.hpp"

using namespace doodled;
using namespace doodled::fakes;

namespace {

std::string error_of(const std::string& bytes) {
  const auto file = read_smf(as_bytes(bytes));
  return file ? "none" : file.error().code + " at " + file.error().problems.front().pointer;
}

std::vector<std::string> messages_of(const SmfTrack& track) {
  std::vector<std::string> texts;
  for (const auto& event : track.events) {
    const auto* message = std::get_if<ChannelEvent>(&event.body);
    if (message)
      texts.push_back(std::to_string(event.tick) + ": " +
                      to_hex(std::vector<std::uint8_t>{message->status, message->first, message->second}));
  }
  return texts;
}

}  // namespace

TEST_CASE("events are read with running status, also across meta and System Exclusive events") {
  const auto file = read_smf(as_bytes(smf(0, 96,
                                          {hex("00 90 3c 64"
                                               "60 3c 00"
                                               "00 ff 01 01 61"
                                               "00 3e 64"
                                               "60 f0 02 43 f7"
                                               "00 3e 00"
                                               "00 ff 2f 00")})));

  REQUIRE(file.has_value());
  CHECK(file->ticks_per_quarter == 96);
  REQUIRE(file->tracks.size() == 1);
  CHECK(messages_of(file->tracks[0]) ==
        std::vector<std::string>{"0: 903c64", "96: 903c00", "96: 903e64", "192: 903e00"});
  CHECK(file->tracks[0].length == 192);
}

TEST_CASE("one data byte belongs to program changes and channel pressure, two to all others") {
  const auto file =
      read_smf(as_bytes(smf(0, 96, {hex("00 c0 05 00 d0 40 00 b0 07 64 00 e0 00 40 00 ff 2f 00")})));
  REQUIRE(file.has_value());
  CHECK(messages_of(file->tracks[0]) ==
        std::vector<std::string>{"0: c00500", "0: d04000", "0: b00764", "0: e00040"});
}

TEST_CASE("a division in SMPTE frames counts seconds") {
  const auto at_25 = read_smf(as_bytes(smf(1, 0xe728, {hex("00 ff 2f 00")})));
  const auto drop_frame = read_smf(as_bytes(smf(1, 0xe350, {hex("00 ff 2f 00")})));
  REQUIRE(at_25.has_value());
  REQUIRE(drop_frame.has_value());
  CHECK(at_25->ticks_per_quarter == 0);
  CHECK(at_25->ticks_per_second == doctest::Approx(1000));
  CHECK(drop_frame->ticks_per_second == doctest::Approx(2397.6).epsilon(1e-4));
}

TEST_CASE("chunks of other kinds and bytes after the last track are passed over") {
  const auto bytes =
      smf(1, 96, {}) + std::string("XFIH\0\0\0\2ab", 10) + smf_track(hex("00 ff 2f 00")) + "rubbish";
  const auto file = read_smf(as_bytes(bytes));
  REQUIRE(file.has_value());
  CHECK(file->tracks.size() == 1);
}

TEST_CASE("hostile files are refused with the byte at fault") {
  CHECK(error_of("RIFF") == "not_a_midi_file at file");
  CHECK(error_of("SMF2CLIP") == "midi2_clip at file");
  CHECK(error_of("MThd") == "malformed_midi at byte 4");
  CHECK(error_of(smf(3, 96, {})) == "malformed_midi at byte 8");
  CHECK(error_of(smf(1, 0, {})) == "malformed_midi at byte 12");
  CHECK(error_of(smf(1, 0xff10, {})) == "malformed_midi at byte 12");
  CHECK(error_of(smf(1, 96, {})) == "malformed_midi at byte 14");
  CHECK(error_of(smf(1, 96, {hex("00 3c 64")})) == "malformed_midi at byte 23");
  CHECK(error_of(smf(1, 96, {hex("00 90 3c")})) == "malformed_midi at byte 25");
  CHECK(error_of(smf(1, 96, {hex("00 90 80 64")})) == "malformed_midi at byte 24");
  CHECK(error_of(smf(1, 96, {hex("ff ff ff ff 7f 90 3c 64")})) == "malformed_midi at byte 22");
  CHECK(error_of(smf(1, 96, {hex("00 ff 01 ff ff ff 7f 61")})) == "malformed_midi at byte 29");
  CHECK(error_of(smf(1, 96, {hex("00 f0 7f")})) == "malformed_midi at byte 25");
  CHECK(error_of(smf(1, 96, {}) + std::string("MTrk\x7f\xff\xff\xff", 8)) == "malformed_midi at byte 18");
}

TEST_CASE("what a file may hold has limits") {
  SmfLimits limits;
  limits.events = 2;
  const auto three = smf(0, 96, {hex("00 90 3c 64 00 3e 64 00 40 64")});
  CHECK(read_smf(as_bytes(three), limits).error().code == "midi_too_large");
  limits = {};
  limits.tracks = 1;
  const auto two = smf(1, 96, {hex("00 ff 2f 00"), hex("00 ff 2f 00")});
  CHECK(read_smf(as_bytes(two), limits).error().code == "midi_too_large");
  limits = {};
  limits.bytes = 20;
  CHECK(read_smf(as_bytes(two), limits).error().code == "midi_too_large");
}

TEST_CASE("a file that is cut anywhere is refused or read, and never more") {
  const auto whole =
      smf(1, 96, {hex("00 ff 51 03 07 a1 20 00 ff 2f 00"), hex("00 90 3c 64 60 80 3c 40 00 ff 2f 00")});
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto file = read_smf(as_bytes(std::string_view(whole).substr(0, length)));
    if (!file) CHECK_FALSE(file.error().problems.empty());
  }
  CHECK(read_smf(as_bytes(whole)).has_value());
}

#include <doctest/doctest.h>

#include "core/play/arrange.hpp"
#include "drivers/midi/encoder.hpp"

using namespace doodled;

namespace {

Session held_chord() {
  Session session;
  session.tracks = {
      {"lead", "Lead", Role::lead, 3, std::nullopt, {}, {{"a", 3840, {}, {}}}},
      {"drums", "Drums", Role::drums, 10, std::nullopt, {}, {{"a", 3840, {{0, 240, 36, 100}}, {}}}}};
  Note low{0, 960, 60, 100}, high{0, 960, 64, 90};
  low.expression = {{Dimension::bend, {{0, 0.5}}}};
  high.expression = {{Dimension::bend, {{0, -0.5}}}, {Dimension::pressure, {{0, 0.25}, {1, 0.75}}}};
  session.tracks[0].patterns[0].notes = {low, high};
  session.arrangement = {{"A", 1, {{"lead", "a"}, {"drums", "a"}}}};
  return session;
}

std::vector<std::string> sent(const Session& session, const DeviceProfile& profile) {
  midi::Encoder encoder(profile);
  const auto timeline = arrange(session);
  encoder.prepare(timeline);
  std::vector<std::string> all;
  Packets packets;
  for (const auto& event : timeline.events) {
    packets.clear();
    encoder.encode(event, packets);
    for (std::size_t i = 0; i < packets.size(); ++i) {
      std::string text;
      for (const auto byte : packets[i]) {
        char hex[4];
        std::snprintf(hex, sizeof hex, "%02X ", byte);
        text += hex;
      }
      text.pop_back();
      all.push_back(text);
    }
  }
  return all;
}

DeviceProfile mpe_profile() {
  DeviceProfile profile;
  profile.mpe_members = 15;
  return profile;
}

}  // namespace

TEST_CASE("an MPE zone is told first: RPN 6 on the manager, the bend range on a member, each closed") {
  const auto bytes = sent(held_chord(), mpe_profile());
  // Drums stay on channel 10, so that the zone has the eight channels 2 to 9.
  CHECK(std::vector(bytes.begin(), bytes.begin() + 10) ==
        std::vector<std::string>{"B0 65 00", "B0 64 06", "B0 06 08", "B0 65 7F", "B0 64 7F", "B1 65 00",
                                 "B1 64 00", "B1 06 30", "B1 65 7F", "B1 64 7F"});
}

TEST_CASE(
    "an upper zone has its manager on channel 16 and its members from 15 down, and ends before the drums") {
  auto profile = mpe_profile();
  profile.mpe_zone = MpeZone::upper;
  const auto bytes = sent(held_chord(), profile);
  // Above the drums' channel 10 there are the five channels 15 to 11.
  CHECK(std::vector(bytes.begin(), bytes.begin() + 10) ==
        std::vector<std::string>{"BF 65 00", "BF 64 06", "BF 06 05", "BF 65 7F", "BF 64 7F", "BE 65 00",
                                 "BE 64 00", "BE 06 30", "BE 65 7F", "BE 64 7F"});
  CHECK(std::vector(bytes.begin() + 10, bytes.begin() + 19) ==
        std::vector<std::string>{"EE 55 40", "BE 4A 40", "DE 00", "9E 3C 64", "ED 2B 3F", "BD 4A 40", "DD 20",
                                 "9D 40 5A", "99 24 64"});
  CHECK(std::ranges::find(bytes, "8E 3C 40") != bytes.end());
  CHECK(std::ranges::find(bytes, "8D 40 40") != bytes.end());

  profile.drum_channel = 16;
  CHECK(std::ranges::none_of(sent(held_chord(), profile),
                             [](const auto& line) { return line.starts_with("BF 64"); }));
}

TEST_CASE("in an MPE zone each note has its channel, with bend, timbre and pressure before it is struck") {
  const auto bytes = sent(held_chord(), mpe_profile());
  // Half a semitone of 48 is 8192 / 96 = 85 above or below the middle.
  CHECK(std::vector(bytes.begin() + 10, bytes.begin() + 19) ==
        std::vector<std::string>{"E1 55 40", "B1 4A 40", "D1 00", "91 3C 64", "E2 2B 3F", "B2 4A 40", "D2 20",
                                 "92 40 5A", "99 24 64"});
  CHECK(std::ranges::find(bytes, "81 3C 40") != bytes.end());
  CHECK(std::ranges::find(bytes, "82 40 40") != bytes.end());
  CHECK(std::ranges::count_if(bytes, [](const auto& line) { return line.starts_with("D2"); }) > 10);
}

TEST_CASE("without MPE the newest note speaks for its channel, inside the device's bend range") {
  const auto bytes = sent(held_chord(), DeviceProfile{});
  CHECK(std::ranges::find(bytes, "E2 00 50") != bytes.end());  // half a semitone of two: 8192 * 1.25
  CHECK(std::ranges::find(bytes, "E2 00 30") != bytes.end());
  CHECK(std::ranges::none_of(bytes, [](const auto& line) { return line.starts_with("B0 64"); }));
  CHECK(std::ranges::find(bytes, "99 24 64") != bytes.end());
}

TEST_CASE("a session without expression sends what it always sent") {
  auto session = held_chord();
  for (auto& note : session.tracks[0].patterns[0].notes) note.expression.clear();
  CHECK(sent(session, DeviceProfile{}) ==
        std::vector<std::string>{"92 3C 64", "92 40 5A", "99 24 64", "89 24 40", "82 3C 40", "82 40 40"});
}

TEST_CASE("a bend is centred at 8192 and clamped to 14 bits") {
  CHECK(midi::bend_value(0, 48) == 8192);
  CHECK(midi::bend_value(48, 48) == 16383);
  CHECK(midi::bend_value(-48, 48) == 0);
  CHECK(midi::bend_value(1, 2) == 12288);
  CHECK(midi::bend_value(-90, 48) == 0);
}

TEST_CASE("a manager that bends by another range than a zone starts with is told so") {
  auto profile = mpe_profile();
  profile.bend_range = 12;
  const auto bytes = sent(held_chord(), profile);
  CHECK(std::vector(bytes.begin() + 10, bytes.begin() + 15) ==
        std::vector<std::string>{"B0 65 00", "B0 64 00", "B0 06 0C", "B0 65 7F", "B0 64 7F"});
}

TEST_CASE(
    "member channels: the one that played the pitch, else the longest rested, else the nearest other pitch") {
  midi::MemberChannels channels;
  channels.reset(3);
  CHECK(channels.take(60) == 1);
  CHECK(channels.take(64) == 2);
  CHECK(channels.take(67) == 3);
  CHECK(channels.take(65) == 2);  // all are taken: 64 is nearest
  CHECK(channels.take(60) == 3);  // 60 itself would be ended with the first one
  channels.release(2);
  channels.release(2);
  channels.release(1);
  CHECK(channels.take(60) == 1);  // it played 60 last, though 2 has rested longer
  CHECK(channels.take(72) == 2);
}

TEST_CASE("a zone of one member is a zone, and a drum channel of 1 leaves no room for any") {
  auto profile = mpe_profile();
  profile.mpe_members = 1;
  auto bytes = sent(held_chord(), profile);
  CHECK(bytes[2] == "B0 06 01");
  CHECK(std::ranges::count_if(bytes, [](const auto& line) { return line.starts_with("91"); }) == 2);

  profile.drum_channel = 1;
  bytes = sent(held_chord(), profile);
  CHECK(std::ranges::none_of(bytes, [](const auto& line) { return line.starts_with("B0 64"); }));
  CHECK(std::ranges::count_if(bytes, [](const auto& line) { return line.starts_with("92"); }) == 2);
}

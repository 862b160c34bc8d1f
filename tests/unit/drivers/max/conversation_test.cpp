#include "drivers/max/conversation.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "drivers/osc/message.hpp"
#include "tests/fakes/max_companion.hpp"

using namespace doodled;
using namespace doodled::max_link;
using fakes::MaxCompanion;
using fakes::MaxNetwork;

namespace {

struct Studio {
  explicit Studio(double loss = 0, std::uint64_t seed = 1) : network(box, companion, loss, seed) {}

  std::vector<Hand> hands;
  Conversation box{7, [this](const Hand& hand) { hands.push_back(hand); }};
  MaxCompanion companion{1234};
  MaxNetwork network;
};

std::string long_text(std::size_t size) {
  std::string text;
  while (text.size() < size) text += std::to_string(text.size()) + ",";
  text.resize(size);
  return text;
}

TimelineEvent cutoff(float value, std::uint16_t track = 0) {
  return {0, track, ParameterChange{Parameter::cutoff, value}};
}

std::vector<std::string> said(Conversation& box, Nanoseconds now) {
  Packets packets;
  StateTable state;
  box.speak(now, state, packets);
  std::vector<std::string> addresses;
  for (std::size_t i = 0; i < packets.size(); ++i) addresses.push_back(decode(packets[i])->address);
  return addresses;
}

}  // namespace

TEST_CASE("the box says nothing before a companion has said hello") {
  Studio studio;
  studio.box.publish("{}");
  CHECK(said(studio.box, std::chrono::seconds{100}).empty());
}

TEST_CASE("a companion that says hello is welcomed and gets the state and the session") {
  Studio studio;
  studio.box.publish(R"({"title":"River"})");
  studio.network.state.record(cutoff(0.5F));
  studio.network.run(1500);

  CHECK(studio.box.connected());
  CHECK(studio.companion.epoch == 7);
  CHECK(studio.companion.documents[1] == R"({"title":"River"})");
  CHECK(studio.companion.state == std::vector<std::int32_t>{0, 0, 1, 0, 0, 32768});
  CHECK(studio.box.describe() == "companion connected");
}

TEST_CASE("a companion of another version is told ours, and the user too") {
  Studio studio;
  studio.companion.version = 9;
  studio.box.publish("{}");
  studio.network.run(2500);

  CHECK_FALSE(studio.box.connected());
  CHECK(studio.companion.answered_version == protocol_version);
  CHECK(studio.companion.documents.empty());
  CHECK(studio.box.describe().find("version 9") != std::string::npos);
}

TEST_CASE("no datagram is longer than 1,400 bytes, however long the session is") {
  Studio studio;
  for (int track = 0; track < 64; ++track)
    for (int i = 0; i < parameter_count; ++i)
      studio.network.state.record(
          {0, static_cast<std::uint16_t>(track), ParameterChange{static_cast<Parameter>(i), 1}});
  studio.box.publish(long_text(300'000));
  studio.network.run(4000);

  const bool whole = studio.companion.documents[1] == long_text(300'000);
  CHECK(whole);
  CHECK(studio.companion.state.size() == 3 + 3 * 64 * parameter_count);
  CHECK(*std::ranges::max_element(studio.network.sizes) <= osc_wire::largest_datagram);
}

TEST_CASE("through a network that loses, repeats and reorders both ends come to hold the same") {
  for (const double loss : {0.1, 0.3, 0.5})
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      CAPTURE(loss);
      CAPTURE(seed);
      Studio studio(loss, seed);
      studio.network.run(500);
      studio.box.publish(long_text(40'000));
      studio.network.run(2000);
      studio.box.publish(long_text(30'001));
      for (int i = 0; i < 100; ++i) {
        studio.network.state.record(cutoff(static_cast<float>(i) / 100));
        studio.network.run(10);
      }
      studio.network.run(60'000);

      const bool same_session = studio.companion.documents[1] == long_text(30'001);
      const bool same_state = studio.companion.state == studio.network.state.words(2);
      CHECK(same_session);
      CHECK(same_state);
      CHECK(
          std::ranges::all_of(studio.companion.deliveries, [](const auto& one) { return one.second == 1; }));
    }
}

TEST_CASE("a companion that was restarted gets everything again") {
  Studio studio;
  studio.box.publish("{}");
  studio.network.state.record(cutoff(0.25F, 3));
  studio.network.run(2000);
  studio.companion = MaxCompanion(99);
  studio.network.run(2000);

  CHECK(studio.companion.documents[1] == "{}");
  CHECK(studio.companion.state == studio.network.state.words(1));
}

TEST_CASE("a companion that knew a box before this one started says hello again and is served") {
  Studio studio;
  studio.companion.epoch = 5;  // of the box that has gone
  studio.box.publish("{}");
  studio.network.run(4000);
  CHECK(studio.companion.epoch == 7);
  CHECK(studio.companion.documents[1] == "{}");
}

TEST_CASE("a companion that the box had lost, and that did not notice, is served again") {
  Studio studio;
  studio.box.publish("{}");
  studio.network.run(2000);
  said(studio.box, studio.network.now + std::chrono::seconds{4});
  REQUIRE_FALSE(studio.box.connected());
  studio.box.publish("[]");
  studio.network.run(4000);
  CHECK(studio.box.connected());
  CHECK(studio.companion.documents[1] == "[]");
}

TEST_CASE("a silent companion is gone after three and a half seconds, and is no longer written to") {
  Studio studio;
  studio.network.run(2000);
  REQUIRE(studio.box.connected());
  const auto gone = studio.network.now + std::chrono::seconds{4};
  CHECK(said(studio.box, gone).empty());
  CHECK_FALSE(studio.box.connected());
}

TEST_CASE("the same session twice is sent once") {
  Studio studio;
  studio.box.publish("{}");
  studio.network.run(2000);
  studio.box.publish("{}");
  studio.network.run(2000);
  CHECK(studio.companion.deliveries.size() == 1);
  CHECK(studio.companion.revision == 1);
}

TEST_CASE("a session that the companion refused is not sent for ever") {
  Studio studio;
  studio.box.publish("{}");
  studio.box.receive({"/doodled/max/hello", {1, 15, 1234, 9000}, {}}, Nanoseconds{0});
  studio.box.receive({"/doodled/max/done", {1, 2}, {}}, Nanoseconds{0});
  said(studio.box, Nanoseconds{0});
  studio.box.receive({"/doodled/max/want", {1234, 2}, {}}, Nanoseconds{1});
  CHECK(said(studio.box, Nanoseconds{1}).empty());
  CHECK(studio.box.describe().find("could not use") != std::string::npos);
}

TEST_CASE("macros and panic reach the program from the connected companion only") {
  Studio studio;
  studio.box.receive({"/doodled/max/macro", {1234, 3, 65535}, {}}, Nanoseconds{0});
  CHECK(studio.hands.empty());
  studio.network.run(1500);
  studio.box.receive({"/doodled/max/macro", {1234, 3, 65535}, {}}, Nanoseconds{0});
  studio.box.receive({"/doodled/max/macro", {1234, 10, 5}, {}}, Nanoseconds{0});
  studio.box.receive({"/doodled/max/panic", {1234}, {}}, Nanoseconds{0});
  REQUIRE(studio.hands.size() == 2);
  CHECK(studio.hands[0].number == 3);
  CHECK(studio.hands[0].value == doctest::Approx(1));
  CHECK(studio.hands[1].kind == Hand::Kind::panic);
}

TEST_CASE("nonsense from the network changes nothing") {
  Studio studio;
  studio.network.run(1500);
  for (const auto* address : {"/doodled/max/hello", "/doodled/max/ack", "/doodled/max/done", "/other"})
    studio.box.receive({address, {-5}, {}}, studio.network.now);
  studio.box.receive({"/doodled/max/ack", {1, -1, -1}, {}}, studio.network.now);
  studio.box.receive({"/doodled/max/ack", {1, 1 << 30, -1}, {}}, studio.network.now);
  studio.box.receive({"/doodled/max/done", {1, 99}, {}}, studio.network.now);
  CHECK(studio.box.connected());
}

#include "core/access/networks.hpp"

#include <doctest/doctest.h>

using namespace doodled;

namespace {

Networks networks(std::vector<std::string> texts) { return *Networks::parse(texts, "access.trusted"); }

}  // namespace

TEST_SUITE("networks") {
  TEST_CASE("an address is in the network whose leading bits it shares") {
    const auto ours = networks({"127.0.0.0/8", "192.168.1.16/28", "::1", "fd00::/8"});
    for (const auto* inside :
         {"127.0.0.1", "127.255.255.255", "192.168.1.16", "192.168.1.31", "::1", "fdff::1"}) {
      CAPTURE(inside);
      CHECK(ours.contains(inside));
    }
    for (const auto* outside :
         {"126.255.255.255", "128.0.0.0", "192.168.1.15", "192.168.1.32", "::2", "fe00::1"}) {
      CAPTURE(outside);
      CHECK_FALSE(ours.contains(outside));
    }
  }

  TEST_CASE("an IPv4 address in IPv6 clothes is the same address") {
    CHECK(networks({"192.168.1.0/24"}).contains("::ffff:192.168.1.7"));
    CHECK(networks({"0.0.0.0/0"}).contains("8.8.8.8"));
    CHECK_FALSE(networks({"0.0.0.0/0"}).contains("2001:db8::1"));
  }

  TEST_CASE("nothing is in no network, and what is no address is in none") {
    CHECK_FALSE(networks({}).contains("127.0.0.1"));
    CHECK_FALSE(networks({"0.0.0.0/0", "::/0"}).contains("localhost"));
    CHECK_FALSE(networks({"0.0.0.0/0", "::/0"}).contains(""));
  }

  TEST_CASE("what is no network is refused by name") {
    for (const auto* wrong :
         {"studio", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129", "10.0.0", "/8", ""}) {
      CAPTURE(wrong);
      const auto parsed = Networks::parse({"127.0.0.1", wrong}, "access.trusted");
      REQUIRE_FALSE(parsed.has_value());
      CHECK(parsed.error().code == "invalid_settings");
      CHECK(parsed.error().problems[0].pointer == "access.trusted");
    }
  }

  TEST_CASE("a household of IPv6 counts as one client") {
    CHECK(client_network("192.168.1.23") == "192.168.1.23");
    CHECK(client_network("2001:db8:0:1:2:3:4:5") == "2001:db8:0:1::/64");
    CHECK(client_network("2001:db8:0:1::9") == client_network("2001:db8:0:1:ffff::1"));
  }
}

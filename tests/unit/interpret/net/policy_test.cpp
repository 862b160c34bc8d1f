#include <doctest/doctest.h>

#include "core/interpret/net/backoff.hpp"
#include "core/interpret/net/budget.hpp"
#include "core/interpret/net/circuit.hpp"
#include "core/interpret/net/gate.hpp"
#include "core/interpret/net/picture_shelf.hpp"
#include "core/interpret/net/url.hpp"
#include "tests/fakes/manual_clock.hpp"

using namespace doodled;
using fakes::ManualClock;
using namespace std::chrono_literals;

namespace {

// Timers are kept until the test rings them.
class FakeTransport final : public Transport {
 public:
  Id start(llm::HttpRequest, const TransferLimits&, TransferHandlers) override { return 0; }
  void cancel(Id) override {}
  Id after(std::chrono::milliseconds, std::function<void()> due) override {
    timers.push_back(std::move(due));
    return timers.size();
  }
  std::vector<std::function<void()>> timers;
};

PictureShelf::Picture picture_of(std::size_t size) {
  return std::make_shared<const llm::PreparedPicture>(
      llm::PreparedPicture{std::vector<std::uint8_t>(size), "image/png", 1, 1, ""});
}

}  // namespace

TEST_CASE("waits double up to the longest, less some by chance, and end after the tries") {
  const Backoff backoff{500ms, 3000ms, 120'000ms, 5};
  CHECK(retry_delay(backoff, 1, {}, 0) == 500ms);
  CHECK(retry_delay(backoff, 2, {}, 0) == 1000ms);
  CHECK(retry_delay(backoff, 4, {}, 0) == 3000ms);
  CHECK(retry_delay(backoff, 2, {}, 1) == 750ms);
  CHECK_FALSE(retry_delay(backoff, 5, {}, 0));
}

TEST_CASE("a provider's wish is obeyed, unless it is too long to wait for") {
  const Backoff backoff;
  CHECK(retry_delay(backoff, 1, 7000ms, 1) == 7000ms);
  CHECK_FALSE(retry_delay(backoff, 1, 121'000ms, 1));
}

TEST_CASE("a limit that is used up holds everybody back until it is reset") {
  const std::int64_t now = 1764000000000;  // 2025-11-24T16:00:00Z
  const auto openai = [&](const char* remaining, const char* reset) {
    return hold_back({{"X-RateLimit-Remaining-Tokens", remaining}, {"x-ratelimit-reset-tokens", reset}}, now);
  };
  CHECK(openai("0", "6m0s") == 360s);
  CHECK(openai("0", "1.5s") == 1500ms);
  CHECK(openai("0", "20ms") == 20ms);
  CHECK_FALSE(openai("3", "6m0s"));
  CHECK_FALSE(openai("0", "soon"));
  CHECK(hold_back({{"anthropic-ratelimit-requests-remaining", "0"},
                   {"anthropic-ratelimit-requests-reset", "2025-11-24T16:00:10Z"}},
                  now) == 10s);
}

TEST_CASE("a circuit opens after failures in a row, and lets one through when the wait is over") {
  Circuit circuit({3, 30s, 600s});
  auto now = Nanoseconds(1s);
  for (int i = 0; i < 3; ++i) {
    CHECK(circuit.admit(now));
    circuit.failed(now);
  }
  CHECK(circuit.state(now) == CircuitState::open);
  CHECK_FALSE(circuit.admit(now));
  CHECK(circuit.wait(now) == 30s);
  now += 30s;
  CHECK(circuit.state(now) == CircuitState::half_open);
  CHECK(circuit.admit(now));
  CHECK_FALSE(circuit.admit(now));
  circuit.failed(now);
  CHECK(circuit.wait(now) == 60s);
  now += 60s;
  CHECK(circuit.admit(now));
  circuit.succeeded();
  CHECK(circuit.state(now) == CircuitState::closed);
}

TEST_CASE("one success between failures keeps a circuit closed") {
  Circuit circuit({2, 30s, 600s});
  circuit.failed({});
  circuit.succeeded();
  circuit.failed({});
  CHECK(circuit.admit({}));
}

TEST_CASE("a try that comes to nothing leaves the circuit to the next one") {
  Circuit circuit({1, 30s, 600s});
  circuit.failed({});
  CHECK(circuit.admit(31s));
  circuit.dropped();
  CHECK(circuit.admit(31s));
}

TEST_CASE("a gate lets in as many as it has places, in the order they came") {
  ManualClock clock;
  FakeTransport transport;
  const auto gate = std::make_shared<Gate>(1, transport, clock);
  std::vector<int> order;
  std::vector<Gate::Place> places;
  const auto enter = [&](int who) {
    return [&, who](Gate::Place place) {
      order.push_back(who);
      places.push_back(std::move(place));
    };
  };
  gate->queue(enter(1));
  const auto second = gate->queue(enter(2));
  gate->queue(enter(3));
  CHECK(order == std::vector{1});
  CHECK(gate->waiting() == 2);
  CHECK(gate->leave(second));
  places.erase(places.begin());
  CHECK(order == std::vector{1, 3});
  CHECK_FALSE(gate->leave(second));
}

TEST_CASE("who finds a gate open and nobody before it is inside at once") {
  ManualClock clock;
  FakeTransport transport;
  const auto gate = std::make_shared<Gate>(1, transport, clock);
  auto place = gate->enter_at_once();
  REQUIRE(place);
  CHECK(gate->inside() == 1);
  CHECK_FALSE(gate->enter_at_once());
  bool entered = false;
  gate->queue([&](Gate::Place) { entered = true; });
  place.reset();
  CHECK(entered);
  gate->pause(10s);
  CHECK_FALSE(gate->enter_at_once());
}

TEST_CASE("a gate that is paused lets in nobody until the time is over") {
  ManualClock clock;
  FakeTransport transport;
  const auto gate = std::make_shared<Gate>(2, transport, clock);
  bool entered = false;
  gate->pause(10s);
  gate->queue([&](Gate::Place) { entered = true; });
  CHECK_FALSE(entered);
  clock.advance(10s);
  REQUIRE(transport.timers.size() == 1);
  transport.timers.front()();
  CHECK(entered);
}

TEST_CASE("a budget refuses what it does not allow for, also while others are still spending") {
  double spent = 0.5;
  const auto budget = std::make_shared<Budget>(1.0, [&](std::int64_t) { return spent; });
  auto first = budget->reserve(0.4, 0);
  REQUIRE(first.has_value());
  const auto second = budget->reserve(0.2, 0);
  REQUIRE(second.has_error());
  CHECK(second.error().code == "budget_spent");
  first = std::shared_ptr<void>();
  CHECK(budget->reserve(0.2, 0).has_value());
  spent = 1.0;
  CHECK(budget->reserve(0.01, 0).has_error());
}

TEST_CASE("a budget is for a day of UTC") { CHECK(day_start(1764000000000) == 1763942400000); }

TEST_CASE("addresses say whether a picture stays on this machine or in a private network") {
  for (const char* here : {"localhost", "127.0.0.1", "127.8.9.1", "::1", "a.localhost"})
    CHECK_MESSAGE(is_this_machine(here), here);
  for (const char* there : {"192.168.1.2", "example.com", "128.0.0.1", "localhost.example.com", "::2"})
    CHECK_FALSE_MESSAGE(is_this_machine(there), there);
  for (const char* nearby : {"192.168.1.2", "10.0.0.9", "172.31.0.1", "fd00::1", "fe80::1"})
    CHECK_MESSAGE(is_private_address(nearby), nearby);
  for (const char* far : {"172.32.0.1", "8.8.8.8", "2001:db8::1", "ollama.example"})
    CHECK_FALSE_MESSAGE(is_private_address(far), far);
}

TEST_CASE("an address with a user name, a query or another scheme is none") {
  CHECK(url_place("https://api.example.com/v1")->host == "api.example.com");
  CHECK(url_place("http://[::1]:8080")->host == "::1");
  for (const char* bad : {"https://me:secret@example.com", "https://example.com/?key=1", "ftp://example.com",
                          "example.com", "https://", ""})
    CHECK_FALSE_MESSAGE(url_place(bad), bad);
}

TEST_CASE("the shelf drops what was not wanted for longest") {
  PictureShelf shelf(100);
  shelf.put("a", picture_of(40));
  shelf.put("b", picture_of(40));
  CHECK(shelf.find("a"));
  shelf.put("c", picture_of(40));
  CHECK(shelf.find("a"));
  CHECK(shelf.find("c"));
  CHECK_FALSE(shelf.find("b"));
  shelf.put("large", picture_of(1000));
  CHECK_FALSE(shelf.find("large"));
}

#include "server/http/event_feed.hpp"

#include <deque>
#include <thread>

#include <doctest/doctest.h>

using namespace doodled::http;

namespace {

class FakeSocket final : public WebSocket {
 public:
  explicit FakeSocket(const Fields& query) { request_.query = query; }
  FakeSocket(const FakeSocket&) = delete;
  void send(Frame frame) override { sent += frame->substr(2) + ";"; }
  void send_now(std::span<const Frame> frames) override {
    std::this_thread::sleep_for(slowness);
    for (const auto& frame : frames) send(frame);
    if (!frames.empty()) ++writes;
  }
  void close(CloseCode, std::string_view) override {}
  const Request& request() const override { return request_; }

  std::string sent;
  int writes = 0;
  std::chrono::milliseconds slowness{0};

 private:
  Request request_;
};

// The I/O thread, run by hand.
struct EventFeedFixture {
  EventFeed feed{{.topics = {"jobs", "plays"}, .kept = 3}};
  WebSocketRoute route = feed.route("/events");
  std::deque<std::function<void()>> work;
  std::vector<std::chrono::microseconds> pauses;

  void start() {
    route.hooks.started([this](std::chrono::microseconds after, std::function<void()> one) {
      pauses.push_back(after);
      work.push_back(std::move(one));
    });
    run();
  }
  void run() {
    for (; !work.empty(); work.pop_front()) work.front()();
  }
  std::shared_ptr<FakeSocket> open(Fields query) {
    auto socket = std::make_shared<FakeSocket>(std::move(query));
    REQUIRE_FALSE(route.hooks.refuse(socket->request()));
    route.hooks.opened(socket);
    return socket;
  }
  void publish(std::uint64_t seq, std::string topic) {
    feed.publish({seq, std::move(topic), "e" + std::to_string(seq)});
    run();
  }
};

// The moment of a gap is the only thing here that differs from run to run.
std::string without_times(std::string messages) {
  constexpr std::string_view name = "\"at\":\"";
  for (auto at = messages.find(name); at != std::string::npos; at = messages.find(name, at + name.size()))
    messages.erase(at + name.size(), messages.find('"', at + name.size()) - at - name.size());
  return messages;
}

}  // namespace

TEST_SUITE("event feed") {
  TEST_CASE("a client gets the topics it named, in order, until it goes") {
    EventFeedFixture fixture;
    fixture.start();
    const auto all = fixture.open({});
    const auto jobs = fixture.open({{"topics", "jobs"}});

    fixture.publish(1, "jobs");
    fixture.publish(2, "plays");
    fixture.route.hooks.closed(*all);
    fixture.publish(3, "jobs");

    CHECK(all->sent == "e1;e2;");
    CHECK(jobs->sent == "e1;e3;");
  }

  TEST_CASE("events of one round wake the I/O thread once") {
    EventFeedFixture fixture;
    fixture.start();

    fixture.feed.publish({1, "jobs", "e1"});
    fixture.feed.publish({2, "jobs", "e2"});

    CHECK(fixture.work.size() == 1);
  }

  TEST_CASE("after a long round the next waits as long, and what came meanwhile is one write") {
    EventFeedFixture fixture;
    fixture.start();
    const auto client = fixture.open({});
    client->slowness = std::chrono::milliseconds(50);
    fixture.publish(1, "jobs");
    CHECK(fixture.pauses.back().count() == 0);

    for (std::uint64_t seq = 2; seq <= 4; ++seq)
      fixture.feed.publish({seq, "jobs", "e" + std::to_string(seq)});
    CHECK(fixture.pauses.size() == 2);
    CHECK(fixture.pauses.back() > std::chrono::microseconds(0));
    fixture.run();
    CHECK(client->sent == "e1;e2;e3;e4;");
    CHECK(client->writes == 2);
  }

  TEST_CASE("since resumes after what was seen, in the topics asked for") {
    EventFeedFixture fixture;
    fixture.start();
    fixture.publish(1, "jobs");
    fixture.publish(2, "plays");
    fixture.publish(3, "jobs");

    CHECK(fixture.open({{"since", "1"}})->sent == "e2;e3;");
    CHECK(fixture.open({{"since", "0"}, {"topics", "jobs"}})->sent == "e1;e3;");
    CHECK(fixture.open({{"since", "3"}})->sent == "");
    CHECK(fixture.open({})->sent == "");
  }

  TEST_CASE("a client is told when events it missed are gone or the numbering began anew") {
    EventFeedFixture fixture;
    fixture.start();
    for (std::uint64_t seq = 1; seq <= 6; ++seq) fixture.publish(seq, "jobs");

    CHECK(without_times(fixture.open({{"since", "1"}})->sent) ==
          R"({"at":"","data":{"since":1},"seq":3,"topic":"events","type":"gap"};e4;e5;e6;)");
    CHECK(without_times(fixture.open({{"since", "900"}})->sent) ==
          R"({"at":"","data":{"since":900},"seq":3,"topic":"events","type":"gap"};e4;e5;e6;)");
    CHECK(fixture.open({{"since", "3"}})->sent == "e4;e5;e6;");
  }

  TEST_CASE("what is published before the server runs is kept, and after it stopped nothing breaks") {
    EventFeedFixture fixture;
    fixture.feed.publish({1, "jobs", "e1"});
    fixture.start();

    CHECK(fixture.open({{"since", "0"}})->sent == "e1;");
    fixture.route.hooks.stopped();
    fixture.feed.publish({2, "jobs", "e2"});
    CHECK(fixture.work.empty());
  }

  TEST_CASE("a wish that cannot be met is refused by its name") {
    EventFeedFixture fixture;
    const FakeSocket topics(Fields{{"topics", "jobs,cats"}}), since(Fields{{"since", "x"}});

    CHECK(fixture.route.hooks.refuse(topics.request())->status == 400);
    CHECK(fixture.route.hooks.refuse(since.request())->status == 400);
  }
}

#include "core/webhooks/webhooks.hpp"

#include <algorithm>
#include <condition_variable>
#include <limits>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using namespace doodled::test;
using namespace std::chrono_literals;

namespace {

// Keeps each request until the test answers it.
class FakeTransport final : public Transport {
 public:
  Id start(llm::HttpRequest request, const TransferLimits&, TransferHandlers handlers) override {
    const std::lock_guard lock(mutex_);
    open_.push_back({std::move(request), std::move(handlers)});
    came_.notify_all();
    return ++last_;
  }
  void cancel(Id) override {}
  Id after(std::chrono::milliseconds, std::function<void()>) override { return ++last_; }

  llm::HttpRequest answer(int status) {
    Open open;
    {
      std::unique_lock lock(mutex_);
      REQUIRE(came_.wait_for(lock, 60s, [this] { return !open_.empty(); }));
      open = std::move(open_.front());
      open_.erase(open_.begin());
    }
    open.handlers.head(status, {});
    TransferEnd end;
    end.status = status;
    open.handlers.end(end);
    return std::move(open.request);
  }
  std::size_t open() {
    const std::lock_guard lock(mutex_);
    return open_.size();
  }

 private:
  struct Open {
    llm::HttpRequest request;
    TransferHandlers handlers;
  };
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<Open> open_;
  Id last_ = 0;
};

WebhookSettings house() {
  WebhookSettings hook;
  hook.id = "house";
  hook.url = "http://127.0.0.1/x";
  hook.events = {"job.done", "session.created", "play.started", "play.finished"};
  hook.secret = llm::Secret("open sesame");
  hook.backoff.first = 1ms;
  hook.backoff.longest = 1ms;
  hook.backoff.tries = std::numeric_limits<int>::max();
  hook.give_up = 1h;
  return hook;
}

struct Bench {
  TemporaryDirectory directory;
  SystemClock clock;
  Store store{directory.path()};
  WebhookOutbox outbox{store.database};
  FakeTransport transport;

  Bench() { outbox.use({{"house", house().events}}); }
  std::unique_ptr<Webhooks> open(WebhookSettings hook = house()) {
    return std::make_unique<Webhooks>(outbox, transport, clock, std::vector{std::move(hook)},
                                      WebhooksHooks{[](const std::string&, const std::string& subject) {
                                                      return Json{{"id", subject}};
                                                    },
                                                    [](const std::string&, std::string_view) {}});
  }
  std::string session() { return store.sessions.append(score()).value().id; }
};

std::string header(const llm::HttpRequest& request, std::string_view name) {
  for (const auto& [known, value] : request.headers)
    if (known == name) return value;
  return {};
}

std::string subject(const llm::HttpRequest& request) {
  return Json::parse(request.body)["data"]["id"].get<std::string>();
}

}  // namespace

TEST_CASE("a session that was stored is told of, though nobody called anything") {
  Bench bench;
  const auto id = bench.session();
  const auto hooks = bench.open();

  const auto request = bench.transport.answer(204);

  CHECK(request.method == "POST");
  CHECK(subject(request) == id);
  CHECK(Json::parse(request.body)["type"] == "session.created");
  CHECK(header(request, "webhook-id").starts_with("msg_"));
  CHECK(header(request, "webhook-signature").starts_with("v1,"));
}

TEST_CASE("a message that is refused is sent again, the same, before the next one") {
  Bench bench;
  const auto first = bench.session(), second = bench.session();
  const auto hooks = bench.open();

  const auto once = bench.transport.answer(500);
  const auto twice = bench.transport.answer(200);
  const auto next = bench.transport.answer(200);

  CHECK(subject(once) == first);
  CHECK(header(twice, "webhook-id") == header(once, "webhook-id"));
  CHECK(twice.body == once.body);
  CHECK(subject(next) == second);
  CHECK(bench.transport.open() == 0);
}

TEST_CASE("what was not taken when the process ended is sent at the next start") {
  Bench bench;
  const auto id = bench.session();
  { const auto hooks = bench.open(); }
  const auto hooks = bench.open();

  CHECK(subject(bench.transport.answer(200)) == id);
}

TEST_CASE("a message that is too old is given up, and the next one has its turn") {
  Bench bench;
  bench.outbox.add_for("house", "webhook.test", R"({"id":"old"})");
  auto hook = house();
  hook.give_up = -1s;
  {
    const auto hooks = bench.open(hook);
    while (bench.outbox.backlog("house").messages > 0) std::this_thread::yield();
    CHECK(hooks->states()[0].given_up == 1);
  }
  CHECK(bench.transport.open() == 0);
}

TEST_CASE("messages for a hook that is not in the settings any more are dropped") {
  Bench bench;
  bench.session();

  CHECK(bench.outbox.use({{"other", {"job.done"}}}) == 1);
  bench.session();

  CHECK_FALSE(bench.outbox.next("house"));
  CHECK_FALSE(bench.outbox.next("other"));
}

TEST_CASE("jobs and plays are told of by what becomes of them") {
  Bench bench;
  bench.outbox.use({{"house", {"job.done", "job.failed", "play.started", "play.finished"}}});
  const auto told = [&] {
    const auto message = bench.outbox.next("house").value();
    bench.outbox.remove(message.position);
    return message.type + " " + message.subject;
  };

  const auto done = bench.store.jobs.submit(wish()).value().job.id;
  CHECK_FALSE(bench.outbox.next("house"));
  const auto session =
      bench.store.jobs.finish(*bench.store.jobs.claim(noon), two_candidates(), noon)->session_ids[0];
  CHECK(told() == "job.done " + done);
  const auto failed = bench.store.jobs.submit(wish()).value().job.id;
  CHECK(bench.store.jobs.fail(*bench.store.jobs.claim(noon), "builtin", "{}", noon).has_value());
  CHECK(told() == "job.failed " + failed);

  PlayRecord play;
  play.session_id = session;
  play.devices = "[]";
  play.started_at = noon;
  const auto id = bench.store.plays.start(play)->id;
  CHECK(told() == "play.started " + id);
  CHECK(bench.store.plays.end(id, PlayPhase::ended, noon).has_value());
  CHECK(told() == "play.finished " + id);
  CHECK(bench.store.plays.end(id, PlayPhase::stopped, noon).has_value());
  CHECK_FALSE(bench.outbox.next("house"));
}

TEST_CASE("a receiver that is down for long keeps only the newest messages waiting") {
  Bench bench;
  for (int i = 0; i < 5; ++i) bench.session();
  const auto newest = bench.session();

  CHECK(bench.outbox.trim("house", 1) == 5);

  CHECK(bench.outbox.next("house")->subject == newest);
  CHECK(bench.outbox.trim("house", 1) == 0);
}

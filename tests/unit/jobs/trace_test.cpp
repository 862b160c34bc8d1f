#include "core/jobs/trace.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/store/trace_log.hpp"
#include "tests/fakes/manual_clock.hpp"
#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using doodled::fakes::ManualClock;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t at = 1'767'268'800'000;

Json named(const Json& trace, std::string_view name) {
  for (const auto& span : trace["spans"])
    if (span["name"] == name) return span;
  return {};
}

Job done_job() {
  Job job;
  job.id = "a";
  job.state = JobState::done;
  job.mode = "doodle";
  job.created_at = at;
  job.started_at = at + 5;
  job.finished_at = at + 50;
  job.attempts = 1;
  return job;
}

Json part(const char* name, std::int64_t at_us, std::int64_t us, Json facts = Json::object(),
          Json parts = Json::array()) {
  return {{"name", name}, {"at_us", at_us}, {"us", us}, {"facts", facts}, {"parts", parts}};
}

}  // namespace

TEST_CASE("times count from the first byte of the upload, and each span names the one it is part of") {
  const auto us = at * 1000;
  const Json kept{
      part("upload", us, 12'500, {{"request_id", "r"}}, Json::array({part("receive", us, 10'000)})),
      part("run", us + 14'000, 30'000, {}, Json::array({part("interpret", us + 14'100, 20'000)})),
      part("play", us + 45'000, 1'000, {{"play_id", "p"}}),
      part("first note", us + 48'000, 250, {{"play_id", "p"}, {"device", "max"}})};

  const auto trace = trace_json(done_job(), kept, {});

  CHECK(trace["began_at"] == "2026-01-01T12:00:00.000Z");
  CHECK(trace["duration_ms"] == 48.25);
  CHECK(trace["spans"][0]["parent"].is_null());
  CHECK(named(trace, "upload")["parent"] == trace["spans"][0]["id"]);
  CHECK(named(trace, "receive")["parent"] == named(trace, "upload")["id"]);
  CHECK(named(trace, "queue wait")["start_ms"] == 12.5);
  CHECK(named(trace, "queue wait")["duration_ms"] == 1.5);
  CHECK(named(trace, "interpret")["parent"] == named(trace, "run")["id"]);
  CHECK(named(trace, "first note")["parent"] == named(trace, "play")["id"]);
  CHECK(named(trace, "first note")["duration_ms"] == 0.25);
}

TEST_CASE("a job of which no span is kept is told by its rows") {
  Interpretation one;
  one.id = "i";
  one.interpreter = "claude";
  one.created_at = at + 6;
  one.duration_ms = 40;

  const auto trace = trace_json(done_job(), Json::array(), {one});

  CHECK(named(trace, "queue wait")["duration_ms"] == 5.0);
  CHECK(named(trace, "run")["duration_ms"] == 45.0);
  CHECK(named(trace, "interpret")["start_ms"] == 6.0);
  CHECK(named(trace, "interpret")["facts"]["interpreter"] == "claude");
}

TEST_CASE("a job that waits has a span without an end") {
  auto job = done_job();
  job.state = JobState::queued;
  job.started_at = job.finished_at = std::nullopt;

  const auto trace = trace_json(job, Json::array(), {});

  CHECK(trace["duration_ms"].is_null());
  CHECK(named(trace, "queue wait")["duration_ms"].is_null());
}

TEST_CASE("spans of a job are found again by who opens the store later, in the order in which they came") {
  const test::TemporaryDirectory directory;
  ManualClock clock;
  {
    Store store(directory.path());
    TraceLog log(store.database, clock);
    log.add("a",
            {"upload", clock.now(), clock.now() + 2ms, "{}", {{"receive", clock.now(), clock.now() + 1ms}}});
    CHECK(log.of_job("a").size() == 1);
    log.add("a", {"run", clock.now(), clock.now() + 3ms});
    log.add("b", {"run", clock.now(), clock.now() + 4ms});
  }
  Store store(directory.path());
  TraceLog log(store.database, clock);

  const auto spans = log.of_job("a");

  REQUIRE(spans.size() == 2);
  CHECK(spans[0]["name"] == "upload");
  CHECK(spans[0]["us"] == 2000);
  CHECK(spans[0]["at_us"] == clock.wall_ms() * 1000);
  CHECK(spans[0]["parts"][0]["us"] == 1000);
  CHECK(spans[1]["us"] == 3000);
  CHECK(log.of_job("none").empty());
}

TEST_CASE("what was done ahead of its span says so, also before the upload's first byte") {
  const auto us = at * 1000;
  const Json kept{part("upload", us, 12'500),
                  part("run", us + 14'000, 30'000, Json::object(),
                       Json::array({part("decode", us - 2'000, 1'000), part("see", us + 3'000, 12'000),
                                    part("compose", us + 15'500, 500)}))};

  const auto trace = trace_json(done_job(), kept, {});

  CHECK(named(trace, "decode")["start_ms"] == -2.0);
  CHECK(named(trace, "decode")["ahead"] == true);
  CHECK(named(trace, "see")["ahead"] == true);
  for (const char* in_turn : {"job", "upload", "queue wait", "run", "compose"})
    CHECK_FALSE(named(trace, in_turn).contains("ahead"));
}

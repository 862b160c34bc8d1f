#include <filesystem>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/jobs/workers.hpp"

using namespace doodled;

namespace {

// Answers as it is told, and notes that it was asked.
class FakeInterpreter final : public Interpreter {
 public:
  FakeInterpreter(std::string id, Result<Session> answer) : id_(std::move(id)), answer_(std::move(answer)) {}
  std::string_view id() const override { return id_; }
  std::string_view kind() const override { return "fake"; }
  Result<void> check(const InterpretRequest&) const override { return {}; }
  Result<RawReply> ask(const InterpretRequest& request, const Progress& progress, std::stop_token) override {
    ++asked;
    progress("reading", 0.5);
    return RawReply{Json{{"prompt", request.prompt}}.dump(), "raw answer of " + id_, "model", "1", {}};
  }
  Result<Session> to_session(const InterpretRequest&, const RawReply&) const override { return answer_; }
  int asked = 0;

 private:
  std::string id_;
  Result<Session> answer_;
};

Session playable() {
  Session session;
  session.title = "Fake";
  session.mode = "prompt";
  session.tracks = {
      {"lead", "Lead", Role::lead, 1, std::nullopt, {}, {{"a", 3840, {{0, 240, 60, 100}}, {}}}}};
  session.arrangement = {{"A", 1, {{"lead", "a"}}}};
  return session;
}

struct Place {
  Place() : directory(std::filesystem::temp_directory_path() / ("doodled-test-" + new_id(0))) {}
  ~Place() { std::filesystem::remove_all(directory); }
  std::filesystem::path directory;
};

struct Bench {
  Place place;
  SystemClock clock;
  Store store{place.directory};
  FakeInterpreter good{"good", playable()}, bad{"bad", Error{"no_idea", "it says nothing useful"}};
  Interpreters interpreters{{"good", &good}, {"bad", &bad}};
  Pipeline pipeline{store, interpreters, clock};

  NewJob job(const std::string& chain) {
    return {{}, clock.wall_ms(), "prompt", {}, "a sentence", chain, "{}", {}};
  }
  Job run(const std::string& chain) {
    const auto submitted = store.jobs.submit(job(chain));
    REQUIRE(submitted.has_value());
    const auto claimed = store.jobs.claim(clock.wall_ms());
    REQUIRE(claimed.has_value());
    const auto ended = pipeline.run(*claimed, [](std::string_view, double) {}, {});
    REQUIRE(ended.has_value());
    return *ended;
  }
};

}  // namespace

TEST_CASE("a job ends with one session, and the raw answer is kept beside it") {
  Bench bench;
  const auto job = bench.run(R"(["good"])");
  CHECK(job.state == JobState::done);
  REQUIRE(job.session_ids.size() == 1);
  const auto session = bench.store.sessions.get(job.session_ids[0]);
  REQUIRE(session.has_value());
  CHECK(session->interpreter == "good");
  const auto interpretation = bench.store.interpretations.get(session->interpretation_id);
  REQUIRE(interpretation.has_value());
  CHECK(interpretation->answer == "raw answer of good");
}

TEST_CASE("the chain goes on to the next interpreter, and says which one made the session") {
  Bench bench;
  const auto job = bench.run(R"(["bad", "good"])");
  CHECK(job.state == JobState::done);
  CHECK(job.interpreter == "good");
  const auto kept = bench.store.interpretations.of_job(job.id);
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].answer == "raw answer of bad");
  CHECK(kept[0].error.find("no_idea") != std::string::npos);
}

TEST_CASE("a chain without a good answer fails with the last reason, and nothing stands in silently") {
  Bench bench;
  const auto job = bench.run(R"(["bad"])");
  CHECK(job.state == JobState::failed);
  CHECK(job.session_ids.empty());
  CHECK(job.error.find("it says nothing useful") != std::string::npos);
  CHECK(bench.good.asked == 0);
  CHECK(bench.store.interpretations.of_job(job.id).size() == 1);
}

TEST_CASE("an interpreter that is not there is refused before the job is queued") {
  Bench bench;
  const auto checked = bench.pipeline.check(bench.job(R"(["oracle"])"));
  REQUIRE(checked.has_error());
  CHECK(checked.error().code == "unknown_interpreter");
}

TEST_CASE("workers take what is submitted and say each change") {
  Bench bench;
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<JobState> states;
  Workers workers(bench.store, bench.pipeline, bench.clock, 1, {[&](const Job& job) {
                    std::lock_guard lock(mutex);
                    states.push_back(job.state);
                    changed.notify_all();
                  }});
  REQUIRE(workers.submit(bench.job(R"(["good"])"), std::nullopt).has_value());
  std::unique_lock lock(mutex);
  REQUIRE(changed.wait_for(lock, std::chrono::seconds(30),
                           [&] { return !states.empty() && is_final(states.back()); }));
  CHECK(states.back() == JobState::done);
  CHECK(std::ranges::find(states, JobState::running) != states.end());
}

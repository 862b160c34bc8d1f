#include <atomic>
#include <deque>
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
  void ask(const InterpretRequest& request, Asking asking, Answered answered) override {
    ++asked;
    asking.progress("reading", 0.5);
    RawReply reply{Json{{"prompt", request.prompt}, {"options", request.options}}.dump(),
                   "raw answer of " + id_, "model", "1"};
    answered({std::move(reply), answer_ ? accept(*answer_) : Result<Accepted>(answer_.error())});
  }
  std::atomic<int> asked = 0;

 private:
  std::string id_;
  Result<Session> answer_;
};

// Answers when it is told to, as one elsewhere does.
class FarInterpreter final : public Interpreter {
 public:
  std::string_view id() const override { return "far"; }
  std::string_view kind() const override { return "fake"; }
  Result<void> check(const InterpretRequest&) const override { return {}; }
  void ask(const InterpretRequest&, Asking asking, Answered answered) override {
    auto call = std::make_shared<Call>();
    call->answered = std::move(answered);
    {
      std::lock_guard lock(mutex);
      calls.push_back(call);
    }
    asked.notify_all();
    call->stopped.emplace(asking.stop, [this, call] { answer(*call, Error{"cancelled", "stopped"}); });
  }
  void wait_for(std::size_t count) {
    std::unique_lock lock(mutex);
    REQUIRE(asked.wait_for(lock, std::chrono::seconds(30), [&] { return calls.size() >= count; }));
  }
  void answer_all(const Session& session) {
    for (const auto& call : calls) answer(*call, accept(session));
  }

 private:
  struct Call {
    Answered answered;
    std::optional<std::stop_callback<std::function<void()>>> stopped;
  };
  void answer(Call& call, Result<Accepted> accepted) {
    Answered answered;
    {
      std::lock_guard lock(mutex);
      answered = std::exchange(call.answered, {});
    }
    if (answered) answered({RawReply{"{}", "late answer", "model", "1"}, std::move(accepted)});
  }

  std::mutex mutex;
  std::condition_variable asked;
  std::vector<std::shared_ptr<Call>> calls;
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
  std::shared_ptr<FakeInterpreter> good = std::make_shared<FakeInterpreter>("good", playable());
  std::shared_ptr<FakeInterpreter> bad =
      std::make_shared<FakeInterpreter>("bad", Error{"no_idea", "it says nothing useful"});
  Interpreters interpreters;
  Pipeline pipeline{store, interpreters, clock};

  Bench() {
    interpreters.add(good);
    interpreters.add(bad);
  }

  NewJob job(const std::string& chain) {
    return {{}, clock.wall_ms(), "prompt", {}, "a sentence", chain, "{}", {}};
  }
  Job run(const std::string& chain) { return run(job(chain)); }
  Job run(const NewJob& wish) {
    const auto submitted = store.jobs.submit(wish);
    REQUIRE(submitted.has_value());
    const auto claimed = store.jobs.claim(clock.wall_ms());
    REQUIRE(claimed.has_value());
    return run_steps(*claimed);
  }
  // All steps on this thread, in turn.
  Job run_steps(const Job& claimed) {
    std::deque<std::function<void()>> steps;
    std::optional<Result<Job>> ended;
    const auto run = std::make_shared<JobRun>(
        pipeline, claimed,
        JobRunHooks{[&](std::function<void()> step) { steps.push_back(std::move(step)); },
                    [](std::string_view, double) {}, [&](std::optional<Result<Job>> job) { ended = job; }});
    for (run->start(); !steps.empty(); steps.pop_front()) steps.front()();
    REQUIRE(ended.has_value());
    REQUIRE(ended->has_value());
    return **ended;
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
  CHECK(bench.good->asked == 0);
  CHECK(bench.store.interpretations.of_job(job.id).size() == 1);
}

TEST_CASE("an interpreter that is not there is refused before the job is queued") {
  Bench bench;
  const auto checked = bench.pipeline.check(bench.job(R"(["oracle"])"));
  REQUIRE(checked.has_error());
  CHECK(checked.error().code == "unknown_interpreter");
}

TEST_CASE("several candidates are kept side by side, each with a seed of its own") {
  Bench bench;
  auto wish = bench.job(R"(["good"])");
  wish.candidates = R"([["good"], ["good"], ["bad", "good"]])";
  wish.options = R"({"seed": 7})";
  const auto job = bench.run(wish);
  CHECK(job.state == JobState::done);
  CHECK(job.session_ids.size() == 3);
  std::vector<std::string> asked;
  for (const auto& kept : bench.store.interpretations.of_job(job.id))
    if (kept.error.empty()) asked.push_back(Json::parse(kept.request).at("options").get<std::string>());
  std::ranges::sort(asked);
  CHECK(asked == std::vector<std::string>{R"({"seed": 7})", R"({"seed": 7})", R"({"seed":8})"});
}

TEST_CASE("candidates that fail do not take the others with them") {
  Bench bench;
  auto wish = bench.job(R"(["good"])");
  wish.candidates = R"([["bad"], ["good"]])";
  const auto job = bench.run(wish);
  CHECK(job.state == JobState::done);
  CHECK(job.session_ids.size() == 1);
  CHECK(job.interpreter == "good");
  CHECK(bench.store.interpretations.of_job(job.id).size() == 2);
}

TEST_CASE("when no candidate becomes a session, the job says of each why") {
  Bench bench;
  auto wish = bench.job(R"(["bad"])");
  wish.candidates = R"([["bad"], ["bad"]])";
  const auto job = bench.run(wish);
  CHECK(job.state == JobState::failed);
  const auto error = Json::parse(job.error);
  CHECK(error.at("code") == "no_candidate");
  CHECK(error.at("errors").size() == 2);
}

namespace {

// Waits for changes that workers tell.
struct Watch {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<Job> seen;

  WorkersHooks hooks() {
    return {[this](const Job& job) {
      std::lock_guard lock(mutex);
      seen.push_back(job);
      changed.notify_all();
    }};
  }
  int count(JobState state) const { return static_cast<int>(std::ranges::count(seen, state, &Job::state)); }
  void wait_for(JobState state, int times) {
    std::unique_lock lock(mutex);
    REQUIRE(changed.wait_for(lock, std::chrono::seconds(30), [&] { return count(state) >= times; }));
  }
};

}  // namespace

TEST_CASE("workers take what is submitted and say each change") {
  Bench bench;
  Watch watch;
  Workers workers(bench.pipeline, {1}, watch.hooks());
  REQUIRE(workers.submit(bench.job(R"(["good"])"), std::nullopt).has_value());
  watch.wait_for(JobState::done, 1);
  CHECK(watch.count(JobState::running) >= 1);
  CHECK(watch.seen.back().state == JobState::done);
}

TEST_CASE("many jobs wait for an interpreter elsewhere on one thread, and others pass them by") {
  Bench bench;
  const auto far = std::make_shared<FarInterpreter>();
  bench.interpreters.add(far);
  Watch watch;
  Workers workers(bench.pipeline, {1}, watch.hooks());
  for (int i = 0; i < 40; ++i) REQUIRE(workers.submit(bench.job(R"(["far"])"), std::nullopt).has_value());
  far->wait_for(40);
  REQUIRE(workers.submit(bench.job(R"(["good"])"), std::nullopt).has_value());
  watch.wait_for(JobState::done, 1);
  CHECK(bench.store.jobs.count(JobState::running) == 40);
  far->answer_all(playable());
  watch.wait_for(JobState::done, 41);
}

TEST_CASE("a job that waits for an interpreter elsewhere is cancelled at once") {
  Bench bench;
  const auto far = std::make_shared<FarInterpreter>();
  bench.interpreters.add(far);
  Watch watch;
  Workers workers(bench.pipeline, {1}, watch.hooks());
  const auto job = workers.submit(bench.job(R"(["far", "good"])"), std::nullopt);
  far->wait_for(1);
  REQUIRE(workers.cancel(job->job.id).has_value());
  watch.wait_for(JobState::cancelled, 1);
  CHECK(bench.good->asked == 0);
  CHECK(bench.store.interpretations.of_job(job->job.id).size() == 1);
}

TEST_CASE("jobs that wait when the workers stop are queued again, at no cost of an attempt") {
  Bench bench;
  const auto far = std::make_shared<FarInterpreter>();
  bench.interpreters.add(far);
  Watch watch;
  {
    Workers workers(bench.pipeline, {2}, watch.hooks());
    for (int i = 0; i < 5; ++i) REQUIRE(workers.submit(bench.job(R"(["far"])"), std::nullopt).has_value());
    far->wait_for(5);
  }
  CHECK(bench.store.jobs.count(JobState::queued) == 5);
  CHECK(bench.store.jobs.list(JobState::queued, {})->items.front().attempts == 0);
}

#include "core/store/jobs.hpp"

#include <algorithm>
#include <mutex>
#include <set>
#include <thread>

#include <doctest/doctest.h>

#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

struct JobsSetup : StoreFixture {
  Jobs& jobs = store.jobs;
  Job submit() { return jobs.submit(wish()).value().job; }
  Job submit_and_claim() {
    submit();
    return jobs.claim(noon + 1).value();
  }
};

}  // namespace

TEST_CASE("a submitted job waits with everything it was given") {
  JobsSetup setup;
  NewJob asked = wish(put_picture(setup.store).id);
  asked.options = R"({"candidates":2})";
  asked.play = R"({"devices":["max"]})";

  const auto submitted = setup.jobs.submit(asked).value();

  CHECK_FALSE(submitted.repeated);
  const auto job = setup.jobs.get(submitted.job.id).value();
  CHECK(is_id(job.id));
  CHECK(job.state == JobState::queued);
  CHECK(job.mode == "auto");
  CHECK(job.image_id == asked.image_id);
  CHECK(job.prompt == "a slow bell");
  CHECK(job.interpreters == R"(["builtin"])");
  CHECK(job.options == asked.options);
  CHECK(job.play == asked.play);
  CHECK(job.attempts == 0);
  CHECK(job.created_at == noon);
  CHECK_FALSE(job.started_at);
  CHECK_FALSE(job.finished_at);
}

TEST_CASE("a job for a picture that is not there is refused") {
  JobsSetup setup;
  const auto refused = setup.jobs.submit(wish("0123"));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == "unknown_image");
  CHECK(refused.error().problems.front().pointer == "image_id");
}

TEST_CASE("the same key with the same request gives the first job, with another request an error") {
  JobsSetup setup;
  const IdempotencyKey key{"jobs", "k1", "hash-a"};
  const auto first = setup.jobs.submit(wish(), key).value();

  const auto again = setup.jobs.submit(wish(), key).value();
  const auto other = setup.jobs.submit(wish(), IdempotencyKey{"jobs", "k1", "hash-b"});

  CHECK(again.repeated);
  CHECK(again.job.id == first.job.id);
  CHECK(other.error().code == "idempotency_key_reused");
  CHECK(setup.jobs.count(JobState::queued) == 1);
}

TEST_CASE("jobs are claimed in the order they came, each once") {
  JobsSetup setup;
  const auto first = setup.submit(), second = setup.submit();

  const auto claimed = setup.jobs.claim(noon + 7).value();

  CHECK(claimed.id == first.id);
  CHECK(claimed.state == JobState::running);
  CHECK(claimed.attempts == 1);
  CHECK(claimed.started_at == noon + 7);
  CHECK(setup.jobs.claim(noon)->id == second.id);
  CHECK_FALSE(setup.jobs.claim(noon));
}

TEST_CASE("a job can be submitted and claimed in one commit, and goes back into the queue as any other") {
  JobsSetup setup;
  Job submitted, claimed;

  setup.store.database.transaction([&] {
    submitted = setup.submit();
    claimed = setup.jobs.claim(noon + 3).value();
  });

  CHECK(submitted.state == JobState::queued);
  CHECK(claimed.id == submitted.id);
  const auto stored = setup.jobs.get(claimed.id).value();
  CHECK(stored.state == JobState::running);
  CHECK(stored.claim == claimed.claim);
  CHECK(stored.started_at == noon + 3);
  CHECK(setup.jobs.rescue(noon).queued == std::vector{claimed.id});
  CHECK(setup.jobs.claim(noon)->attempts == 2);
}

TEST_CASE("progress is seen by others and tells of a wish to cancel") {
  JobsSetup setup;
  const auto job = setup.submit_and_claim();

  CHECK_FALSE(setup.jobs.progress(job, "interpreting", 0.5).value());
  CHECK(setup.jobs.get(job.id)->stage == "interpreting");
  CHECK(setup.jobs.get(job.id)->progress == 0.5);
  setup.jobs.cancel(job.id, noon).value();
  CHECK(setup.jobs.progress(job, "checking", 0.6).value());
}

TEST_CASE("a finished job has its interpretations and sessions") {
  JobsSetup setup;
  const auto job = setup.submit_and_claim();

  const auto done = setup.jobs.finish(job, two_candidates(), noon + 9).value();

  CHECK(done.state == JobState::done);
  CHECK(done.progress == 1);
  CHECK(done.interpreter == "builtin");
  CHECK(done.finished_at == noon + 9);
  REQUIRE(done.session_ids.size() == 2);
  CHECK(setup.store.sessions.get(done.session_ids[0])->title == "first");
  CHECK(setup.store.sessions.get(done.session_ids[0])->job_id == job.id);
  REQUIRE(setup.store.interpretations.of_job(job.id).size() == 1);
  CHECK(setup.store.interpretations.of_job(job.id)[0].answer == "raw");
}

TEST_CASE("finishing twice makes one set of sessions") {
  JobsSetup setup;
  const auto job = setup.submit_and_claim();
  setup.jobs.finish(job, two_candidates(), noon).value();

  CHECK(setup.jobs.finish(job, two_candidates(), noon).error().code == "claim_lost");
  CHECK(setup.jobs.fail(job, "builtin", "{}", noon).error().code == "claim_lost");

  CHECK(setup.jobs.get(job.id)->session_ids.size() == 2);
  CHECK(setup.jobs.get(job.id)->state == JobState::done);
}

TEST_CASE("a finish with a session that does not fit leaves the job running and nothing of it behind") {
  JobsSetup setup;
  const auto job = setup.submit_and_claim();
  auto result = two_candidates();
  result.sessions[1].parent_id = "nobody";

  const auto refused = setup.jobs.finish(job, result, noon);

  CHECK(refused.error().code == "unknown_parent");
  CHECK(setup.jobs.get(job.id)->state == JobState::running);
  CHECK(setup.store.sessions.count() == 0);
  CHECK(setup.store.interpretations.of_job(job.id).empty());
  CHECK(setup.jobs.finish(job, {"builtin", {}, {}}, noon).error().code == "no_sessions");
}

TEST_CASE("a failed job says why") {
  JobsSetup setup;
  const auto job = setup.submit_and_claim();

  const auto failed = setup.jobs.fail(job, "builtin", R"({"code":"not_a_picture"})", noon + 3).value();

  CHECK(failed.state == JobState::failed);
  CHECK(failed.error == R"({"code":"not_a_picture"})");
  CHECK(failed.finished_at == noon + 3);
}

TEST_CASE("a queued job is cancelled at once and never claimed") {
  JobsSetup setup;
  const auto job = setup.submit();

  CHECK(setup.jobs.cancel(job.id, noon + 2)->state == JobState::cancelled);

  CHECK_FALSE(setup.jobs.claim(noon));
  CHECK(setup.jobs.get(job.id)->finished_at == noon + 2);
  CHECK(setup.jobs.cancel(job.id, noon + 5)->finished_at == noon + 2);
}

TEST_CASE("a running job that was cancelled ends without a session, however its work ended") {
  JobsSetup setup;
  for (const bool well : {true, false}) {
    CAPTURE(well);
    const auto job = setup.submit_and_claim();
    const auto asked = setup.jobs.cancel(job.id, noon).value();
    CHECK(asked.state == JobState::running);
    CHECK(asked.cancel_requested);

    const auto ended = well ? setup.jobs.finish(job, two_candidates(), noon).value()
                            : setup.jobs.fail(job, "builtin", "{}", noon).value();

    CHECK(ended.state == JobState::cancelled);
    CHECK(ended.session_ids.empty());
    CHECK(ended.error.empty());
    CHECK(setup.store.interpretations.of_job(job.id).size() == (well ? 1 : 0));
  }
  CHECK(setup.store.sessions.count() == 0);
}

TEST_CASE("what has finished cannot be cancelled, and what is not there neither") {
  JobsSetup setup;
  const auto job = setup.submit_and_claim();
  setup.jobs.finish(job, two_candidates(), noon).value();

  CHECK(setup.jobs.cancel(job.id, noon).error().code == "job_finished");
  CHECK(setup.jobs.cancel("nobody", noon).error().code == "unknown_job");
  CHECK(setup.jobs.get("nobody").error().code == "unknown_job");
}

TEST_CASE("a released job goes back to its old place and the attempt is not counted") {
  JobsSetup setup;
  const auto job = setup.submit_and_claim();
  setup.submit();

  CHECK(setup.jobs.release(job, noon).has_value());

  CHECK(setup.jobs.get(job.id)->attempts == 0);
  const auto again = setup.jobs.claim(noon).value();
  CHECK(again.id == job.id);
  CHECK(setup.jobs.finish(job, two_candidates(), noon).error().code == "claim_lost");
  CHECK(setup.jobs.finish(again, two_candidates(), noon)->state == JobState::done);
}

TEST_CASE("a job released after a cancel is cancelled") {
  JobsSetup setup;
  const auto job = setup.submit_and_claim();
  setup.jobs.cancel(job.id, noon).value();

  CHECK(setup.jobs.release(job, noon).has_value());

  CHECK(setup.jobs.get(job.id)->state == JobState::cancelled);
  CHECK_FALSE(setup.jobs.claim(noon));
}

TEST_CASE("jobs that a crash left running are queued again, until they have crashed too often") {
  JobsSetup setup;
  const auto id = setup.submit().id;
  for (int crash = 1; crash <= 2; ++crash) {
    const auto stale = setup.jobs.claim(noon).value();
    CHECK(setup.jobs.rescue(noon, 2).queued == std::vector{id});
    CHECK(setup.jobs.get(id)->crashes == crash);
    CHECK(setup.jobs.finish(stale, two_candidates(), noon).error().code == "claim_lost");
  }
  setup.jobs.claim(noon).value();

  const auto rescued = setup.jobs.rescue(noon + 4, 2);

  CHECK(rescued.queued.empty());
  CHECK(rescued.failed == std::vector{id});
  const auto job = setup.jobs.get(id).value();
  CHECK(job.state == JobState::failed);
  CHECK(job.error.find("\"crashed\"") != std::string::npos);
  CHECK(job.finished_at == noon + 4);
}

TEST_CASE("a crash during a cancelled job does not bring it back") {
  JobsSetup setup;
  const auto job = setup.submit_and_claim();
  setup.jobs.cancel(job.id, noon).value();

  setup.jobs.rescue(noon);

  CHECK(setup.jobs.get(job.id)->state == JobState::cancelled);
}

TEST_CASE("jobs are listed from the newest, page by page, by state") {
  JobsSetup setup;
  std::vector<std::string> newest_first;
  for (int i = 0; i < 5; ++i) newest_first.insert(newest_first.begin(), setup.submit().id);
  setup.jobs.cancel(newest_first[1], noon).value();

  std::vector<std::string> seen;
  PageRequest request{2, {}};
  do {
    const auto page = setup.jobs.list(std::nullopt, request).value();
    CHECK(page.items.size() <= 2);
    for (const auto& job : page.items) seen.push_back(job.id);
    request.cursor = page.next_cursor;
  } while (!request.cursor.empty());

  CHECK(seen == newest_first);
  const auto cancelled = setup.jobs.list(JobState::cancelled, {}).value();
  REQUIRE(cancelled.items.size() == 1);
  CHECK(cancelled.items[0].id == newest_first[1]);
  CHECK(setup.jobs.list(JobState::queued, {})->items.size() == 4);
  CHECK(setup.jobs.list(std::nullopt, {2, "s1"}).error().code == "bad_cursor");
}

TEST_CASE("four threads that submit, claim, finish and look do each job once") {
  JobsSetup setup;
  constexpr int submitters = 2, each = 25;
  std::atomic<int> finished{0}, left{submitters};
  std::mutex mutex;
  std::multiset<std::string> claimed;

  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < submitters; ++i)
      threads.emplace_back([&] {
        for (int n = 0; n < each; ++n) setup.submit();
        --left;
      });
    for (int i = 0; i < 2; ++i)
      threads.emplace_back([&] {
        while (finished < submitters * each) {
          const auto job = setup.jobs.claim(noon);
          if (!job) continue;
          {
            const std::lock_guard lock(mutex);
            claimed.insert(job->id);
          }
          if (!setup.jobs.finish(*job, two_candidates(), noon)) break;
          ++finished;
        }
      });
    threads.emplace_back([&] {
      while (left > 0 || finished < submitters * each)
        if (setup.store.sessions.list({}, {10, {}})->items.size() % 2 != 0) break;
    });
  }

  CHECK(finished == submitters * each);
  CHECK(claimed.size() == std::set(claimed.begin(), claimed.end()).size());
  CHECK(setup.store.sessions.count() == 2 * submitters * each);
  const auto report = audit(setup.store.database, setup.store.blobs);
  CHECK_FALSE(report.fault);
  CHECK(report.sessions == 2 * submitters * each);
}

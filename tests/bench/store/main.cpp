// How long the store takes: jobs from submit to their committed sessions, and the history when it is long.
//   bench_store [--dir DIR] [--sessions 100000]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>

#include "core/base/random.hpp"
#include "core/store/store.hpp"

using namespace doodled;

namespace {

using Microseconds = std::vector<double>;

double time_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
}

void print(const std::string& what, Microseconds times) {
  std::ranges::sort(times);
  const auto at = [&](double share) {
    return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
  };
  std::printf("%-44s p50 %9.0f us   p99 %9.0f us   n %zu\n", what.c_str(), at(0.5), at(0.99), times.size());
}

void measure(const std::string& what, int times, const std::function<void()>& work) {
  Microseconds all;
  for (int i = 0; i < times; ++i) all.push_back(time_of(work));
  print(what, std::move(all));
}

NewJob wish(const std::string& image_id) {
  NewJob job;
  job.created_at = 1;
  job.mode = "auto";
  job.image_id = image_id;
  job.interpreters = R"(["builtin"])";
  return job;
}

// About as large as a small session is.
NewSession session(int number) {
  static const std::string document(8000, 'x');
  static const char* const keys[] = {"C minor", "D major", "F# minor", "A minor"};
  NewSession made;
  made.created_at = 1'700'000'000'000 + number;
  made.mode = number % 3 == 0 ? "photo" : "drawing";
  made.interpreter = number % 10 == 0 ? "claude" : "builtin";
  made.seed = static_cast<std::uint64_t>(number);
  made.report = "{}";
  made.document = document;
  made.key_name = keys[number % 4];
  made.tempo = 60 + number % 120;
  made.title = "Session " + std::to_string(number) + (number % 1000 == 0 ? " rare" : " common");
  made.tags = {number % 1000 == 7 ? "seldom" : "often"};
  return made;
}

void run_jobs(Store& store, const std::string& image_id, int count) {
  for (int i = 0; i < count; ++i) {
    store.jobs.submit(wish(image_id)).value();
    const auto job = store.jobs.claim(1);
    if (job) store.jobs.finish(*job, {"builtin", {}, {session(i)}}, 2).value();
  }
}

void measure_jobs(Store& store) {
  const std::vector<std::uint8_t> picture(300'000, 7);
  const auto image = store.images.put(picture, {"image/png", 640, 480, 1}, 1);
  measure("submit", 200, [&] { store.jobs.submit(wish(image.id)).value(); });
  measure("claim", 200, [&] { store.jobs.claim(1).value(); });
  measure("submit, claim, finish", 200, [&] { run_jobs(store, image.id, 1); });
  constexpr int threads = 4, each = 100;
  const double all = time_of([&] {
    std::vector<std::jthread> workers;
    for (int i = 0; i < threads; ++i) workers.emplace_back([&] { run_jobs(store, image.id, each); });
  });
  std::printf("%-44s %.0f jobs a second\n", "submit, claim, finish by 4 threads", threads * each / all * 1e6);
}

void fill(Store& store, int count) {
  constexpr int batch = 1000;
  for (int from = 0; from < count; from += batch)
    store.database.transaction([&] {
      for (int i = from; i < std::min(count, from + batch); ++i) store.sessions.append(session(i)).value();
    });
}

void measure_history(Store& store, int count) {
  const struct {
    const char* what;
    SessionFilter filter;
  } lists[] = {{"page of 50, newest", {}},
               {"page of 50, mode", {.mode = "photo"}},
               {"page of 50, words in every session", {.text = "common"}},
               {"page of 50, words in one of 1000", {.text = "rare"}},
               {"page of 50, tag of one in 1000", {.tag = "seldom"}},
               {"page of 50, key and tempo", {.key_name = "D major", .tempo_from = 100, .tempo_to = 101}},
               {"page of 50, date: the oldest 100", {.created_before = 1'700'000'000'100}},
               {"page of 50, starred (none)", {.starred = true}}};
  for (const auto& [what, filter] : lists)
    measure(what, 200, [&] { store.sessions.list(filter, {50, {}}).value(); });
  Random random(1);
  std::vector<std::string> ids;
  for (const auto& head : store.sessions.list({}, {500, {}}).value().items) ids.push_back(head.id);
  measure("get a session", 1000,
          [&] { store.sessions.get(ids[static_cast<std::size_t>(random.below(500))]).value(); });
  const double audited = time_of([&] {
    const auto report = audit(store.database, store.blobs);
    if (report.fault) std::printf("the chain does not fit: %s\n", report.fault->reason.c_str());
  });
  std::printf("%-44s %.2f s for %d sessions\n", "audit", audited / 1e6, count);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Measures doodled's store"};
  std::filesystem::path directory = std::filesystem::temp_directory_path() / "doodled-bench-store";
  int sessions = 100'000;
  app.add_option("--dir", directory, "where the store is made, and removed afterwards; must not exist");
  app.add_option("--sessions", sessions, "how long the history is");
  CLI11_PARSE(app, argc, argv);
  if (std::filesystem::exists(directory)) {
    std::fprintf(stderr, "%s exists; give another --dir\n", directory.c_str());
    return 1;
  }
  {
    Store store(directory);
    measure_jobs(store);
    std::printf("%-44s %.1f s\n", "filling", time_of([&] { fill(store, sessions); }) / 1e6);
    measure_history(store, sessions);
  }
  measure("open", 20, [&] { Store again(directory); });
  std::filesystem::remove_all(directory);
}

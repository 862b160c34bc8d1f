#include "core/store/trace_log.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/log.hpp"
#include "core/store/connection.hpp"
#include "core/store/group_commit.hpp"

namespace doodled {

using store::Connection;
using store::Query;

namespace {

constexpr std::chrono::seconds gathering{1};
constexpr std::size_t jobs_at_once = 64;      // in one commit, so that others need not wait long
constexpr std::size_t most_waiting = 20'000;  // jobs; those of more are not traced

std::int64_t microseconds(Nanoseconds time) {
  return std::chrono::duration_cast<std::chrono::microseconds>(time).count();
}

Json span_json(const Span& span, std::int64_t epoch_us) {
  Json json{{"name", span.name},
            {"at_us", epoch_us + microseconds(span.begun)},
            {"us", microseconds(span.ended - span.begun)},
            {"facts", Json::parse(span.facts)},
            {"parts", Json::array()}};
  for (const auto& part : span.parts) json["parts"].push_back(span_json(part, epoch_us));
  return json;
}

}  // namespace

TraceLog::TraceLog(Database& database, const Clock& clock)
    : database_(database),
      epoch_us_(clock.wall_ms() * 1000 - microseconds(clock.now())),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

TraceLog::~TraceLog() {
  thread_.request_stop();
  thread_.join();
}

void TraceLog::add(const std::string& job_id, Span span) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = waiting_.empty();
    if (waiting_.size() >= most_waiting && !waiting_.contains(job_id)) return;
    waiting_[job_id].push_back(std::move(span));
  }
  if (first) wake_.notify_one();
}

// The first span that comes waits a second for others, or for the end.
void TraceLog::work(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (wake_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
    wake_.wait_for(lock, stop, gathering, [] { return false; });
    lock.unlock();
    flush();
    lock.lock();
  }
}

void TraceLog::flush() {
  const std::lock_guard one_at_a_time(writing_);
  Waiting spans;
  {
    const std::lock_guard lock(mutex_);
    spans.swap(waiting_);
  }
  while (!spans.empty()) {
    Waiting batch;
    while (!spans.empty() && batch.size() < jobs_at_once) batch.insert(spans.extract(spans.begin()));
    write(batch);
  }
}

void TraceLog::write(const Waiting& spans) {
  const store::UnsyncedCommits scope;
  try {
    database_.write([&](Connection& connection) {
      for (const auto& [job, added] : spans) {
        std::string lines;
        for (const auto& span : added) lines += to_text(span_json(span, epoch_us_)) + "\n";
        Query(connection,
              "INSERT INTO job_traces (job_id, spans) VALUES (?, ?)"
              " ON CONFLICT (job_id) DO UPDATE SET spans = spans || excluded.spans",
              job, lines)
            .run();
      }
    });
  } catch (const std::exception& failure) {
    log::warning("store", "traces can't be written now", {{"reason", failure.what()}});
  }
}

Json TraceLog::of_job(const std::string& job_id) {
  flush();
  const std::string lines = database_.read([&](Connection& connection) {
    Query query(connection, "SELECT spans FROM job_traces WHERE job_id = ?", job_id);
    return query.step() ? query.text(0) : std::string();
  });
  Json spans = Json::array();
  for (auto line = lines.begin(); line != lines.end();) {
    const auto end = std::find(line, lines.end(), '\n');
    spans.push_back(Json::parse(line, end));
    line = end == lines.end() ? end : end + 1;
  }
  return spans;
}

}  // namespace doodled

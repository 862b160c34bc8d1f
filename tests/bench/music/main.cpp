// build/<preset>/bin/bench_music [WORDS]: how long a session of 64 bars and 16 tracks takes from document to
// timeline; with WORDS only the rows that have them in their name. Times are those of the thread, so that
// other programs count for as little as they can.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/base/random.hpp"
#include "core/compose/compose.hpp"
#include "core/interpret/accept.hpp"
#include "core/interpret/schema.hpp"
#include "core/music/meter.hpp"
#include "core/play/arrange.hpp"
#include "core/vary/diff.hpp"
#include "core/vary/variation.hpp"

using namespace doodled;

namespace {

constexpr int bars = 64, tracks = 16, rounds = 60;

Pattern full_pattern(const Session& session, Random& random, bool expressive, int length) {
  Pattern pattern{"a", length * session.meter.bar(), {}, {}};
  for (int step = 0; step < length * session.meter.steps(); ++step) {
    if (random.unit() < 0.5) continue;
    Note note{step * session.meter.step(), session.meter.step(),
              nearest_in_key(40 + random.below(40), session.key), 100};
    if (expressive && step % 8 == 0)
      note.expression = {{Dimension::bend, {{0, -0.5}, {0.2, 0}}},
                         {Dimension::pressure, {{0, 0.2}, {1, 0.9}}}};
    pattern.notes.push_back(std::move(note));
  }
  pattern.automation = {{Parameter::cutoff, Interpolation::linear, {{0, 0.2}, {pattern.length - 1, 0.8}}}};
  return pattern;
}

// Half of the sixteenths of every bar of every track sound; four tracks are expressive, all are automated.
// Patterns are `length` bars long and repeat.
Session full_session(int length) {
  Session session;
  session.title = "Bench";
  session.seed = 1;
  session.arrangement = {{"A", bars, {}}};
  Random random(1);
  for (int i = 0; i < tracks; ++i) {
    const std::string id = "track_" + std::to_string(i);
    session.tracks.push_back(
        {id, id, Role::lead, i + 1, Patch{}, {}, {full_pattern(session, random, i < 4, length)}});
    session.tracks.back().patch->oscillators.emplace_back();
    session.arrangement[0].parts.push_back({id, "a"});
  }
  return session;
}

struct Times {
  double best_ms, median_ms, worst_ms;
};

double thread_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

Times measured(const std::function<void()>& work) {
  std::vector<double> times;
  for (int i = 0; i < rounds; ++i) {
    const double start = thread_ms();
    work();
    times.push_back(thread_ms() - start);
  }
  std::ranges::sort(times);
  return {times.front(), times[times.size() / 2], times.back()};
}

// Measures and prints the rows that were asked for.
class Table {
 public:
  explicit Table(std::string_view wanted) : wanted_(wanted) {
    std::printf("%-44s %6s %13s %13s %13s\n", "", "goal", "best", "median", "worst");
  }
  void row(std::string_view what, const char* goal, const std::function<void()>& work) const {
    if (what.find(wanted_) == what.npos) return;
    const auto times = measured(work);
    std::printf("%-44s %6s %10.2f ms %10.2f ms %10.2f ms\n", what.data(), goal, times.best_ms,
                times.median_ms, times.worst_ms);
  }

 private:
  std::string_view wanted_;
};

// What a session goes through from its text to its timeline.
void measure_session(const char* what, const Session& session, const Table& table) {
  const Json document = to_json(session);
  const std::string text = to_text(document);
  std::printf("%s: %zu events, %zu KB of JSON\n", what, arrange(session).events.size(), text.size() / 1024);
  table.row("compile to a timeline", "5 ms", [&] { (void)arrange(session); });
  table.row("text to document", "", [&] { (void)parse_json(text); });
  table.row("document to session", "", [&] { (void)session_from_json(document); });
  table.row("session to document", "", [&] { (void)to_json(session); });
  table.row("check: the rules, those of taste too", "", [&] {
    Session copy = session;
    (void)apply_rules(copy, {});
  });
  table.row("check: the schema", "", [&] { (void)session_violations(document); });
  table.row("check: a document, all of it", "5 ms", [&] { (void)check_document(document); });
  table.row("check, and written out again", "", [&] { (void)accept_document(document); });
}

}  // namespace

int main(int count, char** arguments) {
  const Session session = full_session(8);
  std::printf("%d bars, %d tracks; %d rounds\n", bars, tracks, rounds);
  const Table table(count > 1 ? arguments[1] : "");
  measure_session("patterns of 8 bars", session, table);
  measure_session("every bar written out", full_session(bars), table);
  const auto wish = variation_wish(
      Json::parse(R"({"operations": [{"op": "mutate", "steps": 16}], "locks": ["/tracks/0"]})"));
  table.row("vary: 16 steps, one track locked", "", [&] { (void)vary(session, *wish); });
  const auto varied = vary(session, *wish);
  table.row("compare two sessions", "", [&] { (void)difference(session, varied->session); });
  ComposeOptions words;
  words.mode = "prompt";
  words.prompt = "dark techno with lead, pads and arps, 64 bars";
  table.row("compose 64 bars of words", "", [&] { (void)compose({}, words); });
  return 0;
}

// build/<preset>/bin/bench_music: how long a session of 64 bars and 16 tracks takes from document to
// timeline.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>

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

Pattern full_pattern(const Session& session, Random& random, bool expressive) {
  Pattern pattern{"a", 8 * session.meter.bar(), {}, {}};
  for (int step = 0; step < 8 * session.meter.steps(); ++step) {
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
Session full_session() {
  Session session;
  session.title = "Bench";
  session.seed = 1;
  session.arrangement = {{"A", bars, {}}};
  Random random(1);
  for (int i = 0; i < tracks; ++i) {
    const std::string id = "track_" + std::to_string(i);
    session.tracks.push_back(
        {id, id, Role::lead, i + 1, Patch{}, {}, {full_pattern(session, random, i < 4)}});
    session.tracks.back().patch->oscillators.emplace_back();
    session.arrangement[0].parts.push_back({id, "a"});
  }
  return session;
}

struct Times {
  double median_ms, worst_ms;
};

Times measured(const std::function<void()>& work) {
  std::vector<double> times;
  for (int i = 0; i < rounds; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    times.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  std::ranges::sort(times);
  return {times[times.size() / 2], times.back()};
}

void print(const char* what, const char* goal, const Times& times) {
  std::printf("%-44s %12s %10.2f ms %10.2f ms\n", what, goal, times.median_ms, times.worst_ms);
}

}  // namespace

int main() {
  const Session session = full_session();
  const Json document = to_json(session);
  const auto timeline = arrange(session);
  ComposeOptions words;
  words.mode = "prompt";
  words.prompt = "dark techno with lead, pads and arps, 64 bars";
  std::printf("%d bars, %d tracks, %zu events; %d rounds\n", bars, tracks, timeline.events.size(), rounds);
  std::printf("%-44s %12s %13s %13s\n", "", "goal", "median", "worst");
  print("compile to a timeline", "5 ms", measured([&] { (void)arrange(session); }));
  print("document to session", "", measured([&] { (void)session_from_json(document); }));
  print("session to document", "", measured([&] { (void)to_json(session); }));
  print("check: the rules, those of taste too", "5 ms", measured([&] {
          Session copy = session;
          (void)apply_rules(copy, {});
        }));
  print("check: the schema", "", measured([&] { (void)session_schema().violations(document); }));
  print("check: a document, all of it", "5 ms", measured([&] { (void)accept_document(document); }));
  const auto wish = variation_wish(
      Json::parse(R"({"operations": [{"op": "mutate", "steps": 16}], "locks": ["/tracks/0"]})"));
  print("vary: 16 steps, one track locked", "", measured([&] { (void)vary(session, *wish); }));
  const auto varied = vary(session, *wish);
  print("compare two sessions", "", measured([&] { (void)difference(session, varied->session); }));
  print("compose 64 bars of words", "", measured([&] { (void)compose({}, words); }));
  return 0;
}

// Any two pictures of the corpus must sound different, and those of two things plainly so.
#include <algorithm>
#include <cstdio>
#include <span>

#include "core/reader/see/see.hpp"
#include "tests/bench/composition/distance.hpp"
#include "tests/bench/composition/measures.hpp"
#include "tests/bench/reading/corpus.hpp"

namespace doodled::bench {
namespace {

struct Heard {
  std::string name;
  Session session;
};

struct Pair {
  const Heard *a, *b;
  Difference difference;
};

std::vector<Heard> all_sessions(const Options& options, Readings& readings) {
  std::vector<Heard> sessions;
  for (const Picture& picture : corpus_pictures(options.corpus)) {
    const Reading& reading = readings.of(picture.name, [&] { return see(load(picture.file)); });
    if (auto session = compose(reading, {}))
      sessions.push_back({picture.name, std::move(*session)});
    else
      std::printf("  nothing found in %s: %s\n", picture.name.c_str(), session.error().message.c_str());
  }
  return sessions;
}

double total(const Pair& pair) { return pair.difference.total(); }

// What a doodle was drawn for, by its file's name: "doodles/hds/triangle.u01.0002.png". "other" is a word
// like any, as nothing says that two of them are different things. Empty for a page or a photograph.
std::string word_of(const std::string& name) {
  if (!name.starts_with("doodles/")) return "";
  const auto file = name.substr(name.rfind('/') + 1);
  return file.substr(0, file.find_first_of("-."));
}

bool same_figure(const Pair& pair) {
  const auto one = word_of(pair.a->name), other = word_of(pair.b->name);
  const auto classes = accepted_classes(one);
  return !one.empty() && (one == other || (!classes.empty() && classes == accepted_classes(other)));
}

std::vector<Pair> all_pairs(const std::vector<Heard>& sessions) {
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < sessions.size(); ++i)
    for (std::size_t k = i + 1; k < sessions.size(); ++k)
      pairs.push_back({&sessions[i], &sessions[k], difference(sessions[i].session, sessions[k].session)});
  std::ranges::stable_sort(pairs, {}, total);
  return pairs;
}

void print(const Pair& pair) {
  const auto& d = pair.difference;
  std::printf("    %.3f  notes %.2f rhythm %.2f pitch %.2f key %.2f tempo %.2f timbre %.2f  %s  %s\n",
              d.total(), d.notes, d.rhythm, d.pitch, d.key, d.tempo, d.timbre, pair.a->name.c_str(),
              pair.b->name.c_str());
}

std::size_t below(double floor, std::span<const Pair> pairs) {
  return static_cast<std::size_t>(
      std::ranges::count_if(pairs, [&](const Pair& pair) { return total(pair) < floor; }));
}

// Of pairs in ascending order.
void print(const char* which, double goal, std::span<const Pair> pairs) {
  if (pairs.empty()) return;
  const auto at = [&](double share) {
    return total(pairs[static_cast<std::size_t>(share * static_cast<double>(pairs.size() - 1))]);
  };
  std::printf(
      "  %-29s %6zu pairs  least %.3f  1 %% %.3f  median %.3f  most %.3f  below the floor of %.2f: %zu\n",
      which, pairs.size(), at(0), at(0.01), at(0.5), at(1), goal, below(goal, pairs));
}

}  // namespace

void bench_distinctness(const Options& options, Readings& readings) {
  if (options.corpus.empty()) return;
  const auto sessions = all_sessions(options, readings);
  auto pairs = all_pairs(sessions);
  if (pairs.empty()) return;
  const auto close = below(noticed_by_all, pairs);
  std::printf(
      "Distinctness: %zu pictures, %zu pairs. Goal: any two at least %.2f apart, two different things %.2f\n",
      sessions.size(), pairs.size(), just_noticed, noticed_by_all);
  print("any two", just_noticed, pairs);
  const auto alike =
      std::ranges::stable_partition(pairs, [](const Pair& pair) { return !same_figure(pair); });
  print("two different things", noticed_by_all, {pairs.begin(), alike.begin()});
  print("one figure, drawn twice", just_noticed, {alike.begin(), alike.end()});
  std::ranges::stable_sort(pairs, {}, total);
  print("any two, by the higher floor", noticed_by_all, pairs);
  const auto shown = std::min<std::size_t>(pairs.size(), options.details ? close : 8);
  for (std::size_t i = 0; i < shown; ++i) print(pairs[i]);
}

}  // namespace doodled::bench

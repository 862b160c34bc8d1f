// Operations on what holds the parts together: swing, tempo, form.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/vary/line.hpp"

namespace doodled::varying {
namespace {

// How much of the tracks plays in a section of a form.
struct Chapter {
  std::string_view name;
  double weight;    // of the bars
  double presence;  // of the tracks, in the order of the session
};
constexpr std::array<Chapter, 7> form = {{{"Intro", 1, 0.35},
                                          {"Build", 1, 0.7},
                                          {"Main", 2, 1},
                                          {"Break", 1, 0.4},
                                          {"Build 2", 0.5, 0.75},
                                          {"Main 2", 1.5, 1},
                                          {"Outro", 1, 0.35}}};

// Bars of each chapter: whole fours where there is room, together `bars`.
std::vector<int> chapter_bars(int bars) {
  const int unit = bars % 4 == 0 && bars >= 4 * static_cast<int>(form.size()) ? 4 : 1;
  double weights = 0;
  for (const auto& chapter : form) weights += chapter.weight;
  std::vector<int> parts;
  double wanted = 0;
  int given = 0;
  for (const auto& chapter : form) {
    wanted += chapter.weight / weights * bars / unit;
    const int part = std::max(0, static_cast<int>(std::lround(wanted)) - given);
    parts.push_back(part * unit);
    given += part;
  }
  parts[2] += bars - given * unit;
  return parts;
}

// What plays in the fullest section of before, a part each track, with the patterns to choose from.
std::vector<std::string> playing_tracks(const Session& session) {
  std::vector<std::string> tracks;
  for (const auto& track : session.tracks)
    if (!track.patterns.empty()) tracks.push_back(track.id);
  return tracks;
}

const Track& track_of(const Session& session, const std::string& id) {
  return *std::ranges::find(session.tracks, id, &Track::id);
}

Section section_of(const Session& session, const Chapter& chapter, int bars, std::vector<std::string> order,
                   Random& random) {
  Section section;
  section.name = chapter.name;
  section.bars = bars;
  const auto count = std::max<std::size_t>(
      1, static_cast<std::size_t>(std::lround(chapter.presence * static_cast<double>(order.size()))));
  order.resize(std::min(order.size(), count));
  for (const auto& id : order) {
    const auto& patterns = track_of(session, id).patterns;
    const auto choice = static_cast<std::size_t>(random.below(static_cast<int>(patterns.size())));
    section.parts.push_back({id, patterns[choice].id});
  }
  return section;
}

std::vector<Section> new_form(const Session& session, int bars, Random random) {
  std::vector<Section> sections;
  const auto parts = chapter_bars(bars);
  auto order = playing_tracks(session);
  std::ranges::stable_sort(order, {}, [&](const std::string& id) {
    const Role role = track_of(session, id).role;
    return role == Role::pad || role == Role::chords ? 0
           : role == Role::drums                     ? 1
           : role == Role::bass                      ? 2
                                                     : 3;
  });
  for (std::size_t c = 0; c < form.size(); ++c)
    if (parts[c] > 0) sections.push_back(section_of(session, form[c], parts[c], order, random));
  return sections;
}

}  // namespace

void swing(Session& session, const Scope& scope) { session.swing = scope.operation.number("percent"); }

void tempo(Session& session, const Scope& scope) { session.tempo_bpm = scope.operation.number("bpm"); }

// Evidence of sections that are gone goes with them.
void bars(Session& session, const Scope& scope) {
  if (scope.locks.touches("/arrangement")) return;
  session.arrangement = new_form(session, scope.operation.whole("bars"), scope.random("form"));
  std::erase_if(session.evidence, [](const Evidence& e) { return is_inside(e.pointer, "/arrangement"); });
}

}  // namespace doodled::varying

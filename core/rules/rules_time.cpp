// Rules about when notes sound.
#include <array>
#include <set>

#include <nlohmann/json.hpp>

#include "core/rules/patterns.hpp"
#include "core/rules/rule_functions.hpp"

namespace doodled::rules {
namespace {

// Patterns of a bar's half, third, ... repeat without leaving the bar lines.
bool is_aligned(Tick length, Tick bar) { return length % bar == 0 || bar % length == 0; }

void shorten(const Place& place, std::size_t index, Tick shorter, const char* why, Verdicts& verdicts) {
  auto& note = place.pattern.notes[index];
  verdicts.repaired(place.note(index) + "/duration", why, note.duration, shorter);
  note.duration = shorter;
}

// Which notes repeat one that starts at the same tick with the same pitch. The later one of the list stays.
std::vector<std::size_t> separate_equal_pitches(const Place& place, Verdicts& verdicts) {
  constexpr std::size_t none = ~std::size_t{0};
  std::array<std::size_t, 128> sounding;
  sounding.fill(none);
  std::vector<std::size_t> doubled;
  auto& notes = place.pattern.notes;
  for (const auto i : by_start(place.pattern)) {
    auto& earlier = sounding[static_cast<std::size_t>(notes[i].pitch) & 127U];
    if (earlier != none && notes[earlier].start == notes[i].start) {
      verdicts.repaired(place.note(earlier), "the same note twice at one time; one is kept",
                        notes[earlier].velocity, nullptr);
      doubled.push_back(earlier);
    } else if (earlier != none && notes[earlier].start + notes[earlier].duration > notes[i].start) {
      shorten(place, earlier, notes[i].start - notes[earlier].start, "ends where the same pitch starts again",
              verdicts);
    }
    earlier = i;
  }
  std::ranges::sort(doubled);
  return doubled;
}

// The notes of each bar that has more than `most`.
std::vector<std::vector<std::size_t>> full_bars(const Place& place, Tick bar, std::size_t most) {
  std::vector<std::vector<std::size_t>> full;
  std::vector<std::size_t> inside;
  const auto order = by_start(place.pattern);
  for (std::size_t k = 0; k < order.size(); ++k) {
    const auto number = [&](std::size_t at) { return place.pattern.notes[order[at]].start / bar; };
    inside.push_back(order[k]);
    if (k + 1 < order.size() && number(k + 1) == number(k)) continue;
    if (inside.size() > most) full.push_back(inside);
    inside.clear();
  }
  return full;
}

std::vector<std::size_t> too_many_in_bars(const Place& place, Tick bar, std::size_t most,
                                          Verdicts& verdicts) {
  const auto& notes = place.pattern.notes;
  std::vector<std::size_t> quietest;
  for (auto& inside : full_bars(place, bar, most)) {
    std::ranges::sort(inside);
    std::ranges::stable_sort(inside, {}, [&](std::size_t i) { return notes[i].velocity; });
    quietest.insert(quietest.end(), inside.begin(), inside.end() - static_cast<std::ptrdiff_t>(most));
  }
  std::ranges::sort(quietest);
  for (const auto i : quietest)
    verdicts.repaired(place.note(i), "more than " + std::to_string(most) + " notes in a bar; the quietest go",
                      notes[i].velocity, nullptr);
  return quietest;
}

// The strikes on each step that would be one too many in a row, in steps from the start of the pattern.
std::set<Tick> steps_too_many(const Pattern& pattern, int most) {
  std::vector<Tick> struck;
  std::set<Tick> refused;
  for (const auto& note : pattern.notes) struck.push_back(note.start / ticks_per_step);
  std::ranges::sort(struck);
  struck.erase(std::unique(struck.begin(), struck.end()), struck.end());
  int run = 0;
  Tick before = -2;
  for (const Tick step : struck) {
    run = step == before + 1 ? run + 1 : 1;
    before = step;
    if (run <= most) continue;
    refused.insert(step);
    run = 0;
    before = -2;
  }
  return refused;
}

}  // namespace

void bar_alignment(Session& session, const RuleOptions& options, Verdicts& verdicts) {
  const Tick bar = session.meter.bar();
  for_each_pattern(session, options, [&](const Place& place) {
    const Tick length = place.pattern.length;
    if (length < 1 || is_aligned(length, bar)) return;
    if (options.kept.covers(place.pointer() + "/length")) return;
    const Tick whole = (length + bar - 1) / bar * bar;
    verdicts.repaired(place.pointer() + "/length",
                      "not in step with the bars: made " + std::to_string(whole / bar) + " whole", length,
                      whole);
    place.pattern.length = whole;
  });
}

void inside_pattern(Session& session, const RuleOptions& options, Verdicts& verdicts) {
  for_each_pattern(session, options, [&](const Place& place) {
    for (std::size_t n = 0; n < place.pattern.notes.size(); ++n) {
      const auto& note = place.pattern.notes[n];
      if (note.start >= place.pattern.length)
        verdicts.rejected(place.note(n) + "/start", "the note starts at or after the end of its pattern");
      else if (note.start + note.duration > place.pattern.length)
        shorten(place, n, place.pattern.length - note.start, "cut at the end of the pattern", verdicts);
    }
  });
}

void equal_pitch_overlap(Session& session, const RuleOptions& options, Verdicts& verdicts) {
  for_each_pattern(session, options, [&](const Place& place) {
    take_out(session, place, separate_equal_pitches(place, verdicts));
  });
}

void density(Session& session, const RuleOptions& options, Verdicts& verdicts) {
  const auto most = static_cast<std::size_t>(options.values.notes_a_bar);
  for_each_pattern(session, options, [&](const Place& place) {
    if (place.pattern.notes.size() <= most) return;
    take_out(session, place, too_many_in_bars(place, session.meter.bar(), most, verdicts));
  });
}

void in_a_row(Session& session, const RuleOptions& options, Verdicts& verdicts) {
  const int most = options.values.in_a_row;
  for_each_pattern(session, options, [&](const Place& place) {
    if (place.track.role != Role::lead) return;
    const auto refused = steps_too_many(place.pattern, most);
    std::vector<std::size_t> gone;
    for (std::size_t i = 0; i < place.pattern.notes.size(); ++i)
      if (refused.contains(place.pattern.notes[i].start / ticks_per_step)) gone.push_back(i);
    for (const auto i : gone)
      verdicts.repaired(place.note(i),
                        "more than " + std::to_string(most) + " steps struck in a row; this one rests",
                        place.pattern.notes[i].velocity, nullptr);
    take_out(session, place, gone);
  });
}

}  // namespace doodled::rules

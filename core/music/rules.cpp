#include "core/music/rules.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "core/base/enum_names.hpp"

namespace doodled {
namespace {

constexpr EnumNames<VerdictStatus, 3> status_names{{"pass", "repaired", "rejected"}};

std::string at(std::string_view list, std::size_t index) {
  return "/" + std::string(list) + "/" + std::to_string(index);
}

// Calls visit(pattern, pointer, track) for every pattern.
template <class Visit>
void for_each_pattern(Session& session, Visit visit) {
  for (std::size_t t = 0; t < session.tracks.size(); ++t)
    for (std::size_t p = 0; p < session.tracks[t].patterns.size(); ++p)
      visit(session.tracks[t].patterns[p], at("tracks", t) + at("patterns", p), session.tracks[t]);
}

template <class T>
void refuse_repeated_ids(const std::vector<T>& items, const std::string& list, Verdicts& verdicts) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < items.size(); ++i)
    if (!seen.insert(items[i].id).second)
      verdicts.rejected(list + "/" + std::to_string(i) + "/id", "\"" + items[i].id + "\" is used twice");
}

void unique_ids(Session& session, Verdicts& verdicts) {
  refuse_repeated_ids(session.tracks, "/tracks", verdicts);
  refuse_repeated_ids(session.lfos, "/lfos", verdicts);
  refuse_repeated_ids(session.macros, "/macros", verdicts);
  for (std::size_t t = 0; t < session.tracks.size(); ++t)
    refuse_repeated_ids(session.tracks[t].patterns, at("tracks", t) + "/patterns", verdicts);
}

const Track* find_track(const Session& session, std::string_view id) {
  const auto track = std::ranges::find(session.tracks, id, &Track::id);
  return track == session.tracks.end() ? nullptr : &*track;
}

void require_track(const Session& session, const std::string& id, std::string pointer, Verdicts& verdicts) {
  if (!find_track(session, id)) verdicts.rejected(std::move(pointer), "there is no track \"" + id + "\"");
}

void arrangement_references(const Session& session, Verdicts& verdicts) {
  for (std::size_t s = 0; s < session.arrangement.size(); ++s)
    for (std::size_t p = 0; p < session.arrangement[s].parts.size(); ++p) {
      const auto& part = session.arrangement[s].parts[p];
      const std::string pointer = at("arrangement", s) + at("parts", p);
      const Track* track = find_track(session, part.track);
      if (!track)
        verdicts.rejected(pointer + "/track", "there is no track \"" + part.track + "\"");
      else if (std::ranges::find(track->patterns, part.pattern, &Pattern::id) == track->patterns.end())
        verdicts.rejected(pointer + "/pattern",
                          "track \"" + part.track + "\" has no pattern \"" + part.pattern + "\"");
    }
}

bool is_source(const Session& session, std::string_view source) {
  constexpr std::string_view fixed[] = {"envelope", "velocity", "noise"};
  return std::ranges::find(fixed, source) != std::end(fixed) ||
         std::ranges::find(session.lfos, source, &LfoShape::id) != session.lfos.end();
}

void modulation_references(const Session& session, Verdicts& verdicts) {
  for (std::size_t t = 0; t < session.tracks.size(); ++t) {
    if (!session.tracks[t].patch) continue;
    const auto& routes = session.tracks[t].patch->modulation;
    for (std::size_t m = 0; m < routes.size(); ++m)
      if (!is_source(session, routes[m].source))
        verdicts.rejected(at("tracks", t) + "/patch" + at("modulation", m) + "/source",
                          "\"" + routes[m].source +
                              "\" is neither an LFO of this session nor 'envelope', 'velocity' or 'noise'");
  }
}

void references(Session& session, Verdicts& verdicts) {
  arrangement_references(session, verdicts);
  modulation_references(session, verdicts);
  for (std::size_t i = 0; i < session.lfos.size(); ++i)
    require_track(session, session.lfos[i].track, at("lfos", i) + "/track", verdicts);
  for (std::size_t i = 0; i < session.macros.size(); ++i) {
    const auto& macro = session.macros[i];
    if (!macro.track.empty()) require_track(session, macro.track, at("macros", i) + "/track", verdicts);
    for (std::size_t k = 0; k < macro.targets.size(); ++k)
      require_track(session, macro.targets[k].track, at("macros", i) + at("targets", k) + "/track", verdicts);
  }
}

void length_limit(Session& session, Verdicts& verdicts) {
  constexpr Tick most = Tick{4096} * 4 * ticks_per_quarter;
  Tick total = 0;
  for (const auto& section : session.arrangement) total += section.bars * session.meter.bar();
  if (total > most) verdicts.rejected("/arrangement", "longer than 4,096 bars of 4/4");
}

void inside_pattern(Session& session, Verdicts& verdicts) {
  for_each_pattern(session, [&](Pattern& pattern, const std::string& pointer, const Track&) {
    for (std::size_t n = 0; n < pattern.notes.size(); ++n) {
      auto& note = pattern.notes[n];
      const std::string place = pointer + at("notes", n);
      if (note.start >= pattern.length) {
        verdicts.rejected(place + "/start", "the note starts at or after the end of its pattern");
      } else if (note.start + note.duration > pattern.length) {
        const Tick shorter = pattern.length - note.start;
        verdicts.repaired(place + "/duration", "cut at the end of the pattern", note.duration, shorter);
        note.duration = shorter;
      }
    }
  });
}

// Pointers name the document as it came, so this rule runs before notes are sorted.
void equal_pitch_overlap(Session& session, Verdicts& verdicts) {
  for_each_pattern(session, [&](Pattern& pattern, const std::string& pointer, const Track&) {
    std::vector<std::size_t> order(pattern.notes.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return pattern.notes[i].start; });
    std::map<int, std::size_t> sounding;
    std::set<std::size_t> doubled;
    for (const auto i : order) {
      const auto& note = pattern.notes[i];
      const auto earlier = sounding.find(note.pitch);
      if (earlier != sounding.end()) {
        auto& first = pattern.notes[earlier->second];
        const std::string place = pointer + at("notes", earlier->second);
        if (first.start == note.start) {
          verdicts.repaired(place, "the same note twice at one time; one is kept", first.velocity, nullptr);
          doubled.insert(earlier->second);
        } else if (first.start + first.duration > note.start) {
          const Tick shorter = note.start - first.start;
          verdicts.repaired(place + "/duration", "ends where the same pitch starts again", first.duration,
                            shorter);
          first.duration = shorter;
        }
      }
      sounding[note.pitch] = i;
    }
    for (auto i = doubled.rbegin(); i != doubled.rend(); ++i)
      pattern.notes.erase(pattern.notes.begin() + static_cast<std::ptrdiff_t>(*i));
  });
}

void in_scale(Session& session, Verdicts& verdicts) {
  for_each_pattern(session, [&](Pattern& pattern, const std::string& pointer, const Track& track) {
    if (track.role == Role::drums) return;
    for (std::size_t n = 0; n < pattern.notes.size(); ++n) {
      auto& note = pattern.notes[n];
      if (in_key(note.pitch, session.key)) continue;
      const int moved = nearest_in_key(note.pitch, session.key);
      verdicts.repaired(pointer + at("notes", n) + "/pitch",
                        "not in " + key_name(session.key) + ": moved to " + pitch_name(moved), note.pitch,
                        moved);
      note.pitch = moved;
    }
  });
}

constexpr Rule rules[] = {
    {"unique-ids", "every id is used once in its list", false, unique_ids},
    {"references", "tracks, patterns and sources that are named exist", false, references},
    {"length", "a session has at most 4,096 bars of 4/4", false, length_limit},
    {"inside-pattern", "a note lies inside its pattern; one that rings over is cut", false, inside_pattern},
    {"scale", "melodic notes are in the session's key; others move to the nearest", true, in_scale},
    {"equal-pitch-overlap", "one pitch of a track sounds once at a time", false, equal_pitch_overlap},
};

}  // namespace

void Verdicts::repaired(std::string pointer, std::string message, const Json& old_value,
                        const Json& new_value) {
  list_.push_back({std::string(rule_), VerdictStatus::repaired, std::move(pointer), std::move(message),
                   to_text(old_value), to_text(new_value)});
}

void Verdicts::rejected(std::string pointer, std::string message) {
  list_.push_back(
      {std::string(rule_), VerdictStatus::rejected, std::move(pointer), std::move(message), {}, {}});
}

Json to_json(const Verdict& verdict) {
  Json json{{"rule", verdict.rule}, {"status", status_names.name(verdict.status)}};
  if (verdict.status == VerdictStatus::pass) return json;
  json["pointer"] = verdict.pointer;
  json["message"] = verdict.message;
  if (verdict.status == VerdictStatus::repaired) {
    json["old"] = Json::parse(verdict.old_value);
    json["new"] = Json::parse(verdict.new_value);
  }
  return json;
}

std::span<const Rule> all_rules() { return rules; }

std::vector<Verdict> apply_rules(Session& session, bool with_taste) {
  std::vector<Verdict> verdicts;
  for (const auto& rule : rules) {
    if (rule.taste && !with_taste) continue;
    const auto before = verdicts.size();
    Verdicts sink(verdicts, rule.name);
    rule.apply(session, sink);
    if (verdicts.size() == before)
      verdicts.push_back({std::string(rule.name), VerdictStatus::pass, {}, {}, {}, {}});
  }
  return verdicts;
}

bool any_rejected(const std::vector<Verdict>& verdicts) {
  return std::ranges::any_of(verdicts, [](const Verdict& v) { return v.status == VerdictStatus::rejected; });
}

}  // namespace doodled

// Rules about what a session consists of. All of them only reject.
#include <cmath>
#include <set>

#include "core/rules/patterns.hpp"
#include "core/rules/rule_functions.hpp"

namespace doodled::rules {
namespace {

void require_finite(double value, const std::string& place, std::string_view member, Verdicts& verdicts) {
  if (!std::isfinite(value)) verdicts.rejected(place + std::string(member), "is no number");
}

void finite_pattern(const Pattern& pattern, const std::string& pointer, Verdicts& verdicts) {
  if (pattern.length < 1) verdicts.rejected(pointer + "/length", "is shorter than a tick");
  for (std::size_t n = 0; n < pattern.notes.size(); ++n) {
    if (pattern.notes[n].start < 0) verdicts.rejected(pointer + at("notes", n) + "/start", "is negative");
    if (pattern.notes[n].duration < 1)
      verdicts.rejected(pointer + at("notes", n) + "/duration", "is shorter than a tick");
  }
  for (std::size_t a = 0; a < pattern.automation.size(); ++a)
    for (std::size_t p = 0; p < pattern.automation[a].points.size(); ++p)
      if (!std::isfinite(pattern.automation[a].points[p].value))
        verdicts.rejected(pointer + at("automation", a) + at("points", p) + "/value", "is no number");
}

void finite_patch(const Patch& patch, const std::string& pointer, Verdicts& verdicts) {
  require_finite(patch.filter.cutoff_hz, pointer, "/filter/cutoff_hz", verdicts);
  require_finite(patch.filter.resonance, pointer, "/filter/resonance", verdicts);
  require_finite(patch.envelope.attack_ms, pointer, "/envelope/attack_ms", verdicts);
  require_finite(patch.envelope.decay_ms, pointer, "/envelope/decay_ms", verdicts);
  require_finite(patch.envelope.sustain, pointer, "/envelope/sustain", verdicts);
  require_finite(patch.envelope.release_ms, pointer, "/envelope/release_ms", verdicts);
  for (std::size_t o = 0; o < patch.oscillators.size(); ++o)
    require_finite(patch.oscillators[o].detune_cents, pointer + at("oscillators", o), "/detune_cents",
                   verdicts);
}

template <class T>
void refuse_repeated_ids(const std::vector<T>& items, const std::string& list, Verdicts& verdicts) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < items.size(); ++i)
    if (!seen.insert(items[i].id).second)
      verdicts.rejected(list + "/" + std::to_string(i) + "/id", "\"" + items[i].id + "\" is used twice");
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
      const auto pointer = [&] { return at("arrangement", s) + at("parts", p); };
      const Track* track = find_track(session, part.track);
      if (!track)
        verdicts.rejected(pointer() + "/track", "there is no track \"" + part.track + "\"");
      else if (std::ranges::find(track->patterns, part.pattern, &Pattern::id) == track->patterns.end())
        verdicts.rejected(pointer() + "/pattern",
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

void macro_references(const Session& session, Verdicts& verdicts) {
  for (std::size_t i = 0; i < session.macros.size(); ++i) {
    const auto& macro = session.macros[i];
    if (!macro.track.empty()) require_track(session, macro.track, at("macros", i) + "/track", verdicts);
    for (std::size_t k = 0; k < macro.targets.size(); ++k)
      require_track(session, macro.targets[k].track, at("macros", i) + at("targets", k) + "/track", verdicts);
  }
}

}  // namespace

void finite(Session& session, const RuleOptions&, Verdicts& verdicts) {
  if (!(session.tempo_bpm >= min_tempo_bpm && session.tempo_bpm <= max_tempo_bpm))
    verdicts.rejected("/tempo_bpm", "is not a tempo from 20 to 400");
  if (!(session.swing >= 50 && session.swing <= 75))
    verdicts.rejected("/swing", "is not a swing from 50 to 75");
  for (std::size_t t = 0; t < session.tracks.size(); ++t) {
    const auto& track = session.tracks[t];
    if (track.patch) finite_patch(*track.patch, at("tracks", t) + "/patch", verdicts);
    for (std::size_t p = 0; p < track.patterns.size(); ++p)
      finite_pattern(track.patterns[p], at("tracks", t) + at("patterns", p), verdicts);
  }
  for (std::size_t l = 0; l < session.lfos.size(); ++l)
    for (std::size_t s = 0; s < session.lfos[l].samples.size(); ++s)
      if (!std::isfinite(session.lfos[l].samples[s]))
        verdicts.rejected(at("lfos", l) + at("samples", s), "is no number");
}

void size(Session& session, const RuleOptions& options, Verdicts& verdicts) {
  std::size_t notes = 0;
  for (const auto& track : session.tracks)
    for (const auto& pattern : track.patterns) notes += pattern.notes.size();
  if (notes > static_cast<std::size_t>(options.values.max_notes))
    verdicts.rejected("/tracks", std::to_string(notes) + " notes; a session has at most " +
                                     std::to_string(options.values.max_notes));
}

void length(Session& session, const RuleOptions& options, Verdicts& verdicts) {
  const Tick most = Tick{options.values.max_bars} * 4 * ticks_per_quarter;
  Tick total = 0;
  for (const auto& section : session.arrangement) total += section.bars * session.meter.bar();
  if (total > most)
    verdicts.rejected("/arrangement",
                      "longer than " + std::to_string(options.values.max_bars) + " bars of 4/4");
}

void unique_ids(Session& session, const RuleOptions&, Verdicts& verdicts) {
  refuse_repeated_ids(session.tracks, "/tracks", verdicts);
  refuse_repeated_ids(session.lfos, "/lfos", verdicts);
  refuse_repeated_ids(session.macros, "/macros", verdicts);
  for (std::size_t t = 0; t < session.tracks.size(); ++t)
    refuse_repeated_ids(session.tracks[t].patterns, at("tracks", t) + "/patterns", verdicts);
}

void references(Session& session, const RuleOptions&, Verdicts& verdicts) {
  arrangement_references(session, verdicts);
  modulation_references(session, verdicts);
  for (std::size_t i = 0; i < session.lfos.size(); ++i)
    require_track(session, session.lfos[i].track, at("lfos", i) + "/track", verdicts);
  macro_references(session, verdicts);
}

}  // namespace doodled::rules

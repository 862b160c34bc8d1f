#include "core/compose/reshape.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/base/random.hpp"
#include "core/compose/band_harmony.hpp"
#include "core/compose/band_parts.hpp"
#include "core/compose/band_patches.hpp"
#include "core/compose/picture_band.hpp"
#include "core/music/meter.hpp"

namespace doodled::composing {
namespace {

// A note and the one that it was made from.
struct Copy {
  Note note;
  std::size_t source;
};

// Puts copies in the place of a pattern's notes, sorted, one pitch sounding once at a time.
void replace_notes(Session& session, std::size_t track, std::size_t pattern, std::vector<Copy> copies) {
  std::ranges::stable_sort(copies, {}, [](const Copy& c) { return std::pair(c.note.start, c.note.pitch); });
  std::map<int, Note*> sounding;
  for (auto& copy : copies) {
    if (const auto before = sounding.find(copy.note.pitch); before != sounding.end())
      before->second->duration =
          std::min(before->second->duration, std::max<Tick>(1, copy.note.start - before->second->start));
    sounding[copy.note.pitch] = &copy.note;
  }
  std::vector<std::size_t> sources;
  auto& notes = session.tracks[track].patterns[pattern].notes;
  notes.clear();
  for (auto& copy : copies) {
    notes.push_back(std::move(copy.note));
    sources.push_back(copy.source);
  }
  move_evidence(session, "/tracks/" + std::to_string(track) + "/patterns/" + std::to_string(pattern),
                sources);
}

// Where the pieces of old bars come to lie: old tick = from + (new tick - start) for `length` ticks.
struct Piece {
  Tick from, start, length;
};

std::vector<Piece> pieces_of(Tick length, Tick old_bar, Tick new_bar) {
  std::vector<Piece> pieces;
  const Tick bars = (length + old_bar - 1) / old_bar;
  for (Tick bar = 0; bar < bars; ++bar)
    for (Tick done = 0; done < new_bar; done += old_bar)
      pieces.push_back({bar * old_bar, bar * new_bar + done, std::min(old_bar, new_bar - done)});
  return pieces;
}

std::vector<Copy> fitted_notes(const std::vector<Note>& notes, const std::vector<Piece>& pieces, Tick old_bar,
                               Tick new_bar) {
  std::vector<Copy> copies;
  for (const auto& piece : pieces)
    for (std::size_t i = 0; i < notes.size(); ++i) {
      const Tick inside = notes[i].start - piece.from;
      if (inside < 0 || inside >= piece.length) continue;
      Note note = notes[i];
      note.start = piece.start + inside;
      // What lasted until a bar line does so again; what crossed it crosses as many.
      const Tick old_end = notes[i].start + note.duration;
      const Tick whole_bars = old_end / old_bar * new_bar + std::min(old_end % old_bar, new_bar);
      note.duration =
          std::max<Tick>(1, std::min(whole_bars, piece.start + new_bar + note.duration) - note.start);
      copies.push_back({std::move(note), i});
    }
  return copies;
}

void fit_automation(Pattern& pattern, Tick old_length) {
  for (auto& lane : pattern.automation) {
    for (auto& point : lane.points) point.tick = point.tick * pattern.length / old_length;
    const auto repeated = std::unique(lane.points.begin(), lane.points.end(),
                                      [](const auto& a, const auto& b) { return a.tick == b.tick; });
    lane.points.erase(repeated, lane.points.end());
  }
}

void fit_pattern(Session& session, std::size_t track, std::size_t index, Tick old_bar, Tick new_bar) {
  auto& pattern = session.tracks[track].patterns[index];
  const Tick old_length = pattern.length;
  auto copies = fitted_notes(pattern.notes, pieces_of(old_length, old_bar, new_bar), old_bar, new_bar);
  pattern.length = (old_length + old_bar - 1) / old_bar * new_bar;
  for (auto& copy : copies)
    copy.note.duration = std::min(copy.note.duration, pattern.length - copy.note.start);
  fit_automation(pattern, old_length);
  replace_notes(session, track, index, std::move(copies));
}

template <class Change>
void for_each_pattern(Session& session, Change change) {
  for (std::size_t t = 0; t < session.tracks.size(); ++t)
    for (std::size_t p = 0; p < session.tracks[t].patterns.size(); ++p) change(t, p);
}

double weight_of(const Note& note, const Meter& meter) {
  return metric_weight(meter, static_cast<int>(note.start % meter.bar() / meter.step()));
}

// The lightest notes go, `share` of all; the first one stays.
std::vector<Copy> thinned(const std::vector<Note>& notes, const Meter& meter, double share, Random& random) {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < notes.size(); ++i)
    order.emplace_back(i == 0 ? 2 : weight_of(notes[i], meter) + 0.2 * random.unit(), i);
  std::ranges::sort(order, std::ranges::greater{});
  const auto kept = std::max<std::size_t>(
      1, static_cast<std::size_t>(std::lround(static_cast<double>(notes.size()) * (1 - share))));
  order.resize(std::min(order.size(), kept));
  std::vector<Copy> copies;
  for (const auto& [weight, index] : order) copies.push_back({notes[index], index});
  return copies;
}

// A note that has room behind it is struck again, softer, with the chance `share`.
std::vector<Copy> thickened(const std::vector<Note>& notes, const Pattern& pattern, const Meter& meter,
                            double share, Random& random) {
  std::vector<Copy> copies;
  for (std::size_t i = 0; i < notes.size(); ++i) {
    copies.push_back({notes[i], i});
    Note echo = notes[i];
    echo.start += 2 * meter.step();
    echo.duration = std::min(echo.duration, 2 * meter.step());
    echo.velocity = std::max(1, echo.velocity * 3 / 4);
    const bool room = echo.start + echo.duration <= pattern.length &&
                      std::ranges::none_of(notes, [&](const Note& n) { return n.start == echo.start; });
    if (room && random.unit() < share) copies.push_back({std::move(echo), i});
  }
  return copies;
}

Phrase phrase_of(const Brief& brief, const std::vector<Chord>& chords, const Session& session) {
  int bars = 0;
  for (const auto& section : session.arrangement) bars = std::max(bars, std::min(8, section.bars));
  return {brief, chords, std::max(1, bars), 0.6, false, 0, 1};
}

void remove_track(Session& session, std::size_t index) {
  const std::string id = session.tracks[index].id, pointer = "/tracks/" + std::to_string(index);
  session.tracks.erase(session.tracks.begin() + static_cast<std::ptrdiff_t>(index));
  for (auto& section : session.arrangement)
    std::erase_if(section.parts, [&](const SectionPart& part) { return part.track == id; });
  const bool lfos_go = std::erase_if(session.lfos, [&](const LfoShape& lfo) { return lfo.track == id; }) > 0;
  for (auto& macro : session.macros) {
    std::erase_if(macro.targets, [&](const MacroTarget& target) { return target.track == id; });
    if (macro.track == id) macro.track = session.tracks.empty() ? "" : session.tracks.front().id;
  }
  std::erase_if(session.evidence, [&](const Evidence& e) {
    return e.pointer == pointer || e.pointer.starts_with(pointer + "/") ||
           (lfos_go && e.pointer.starts_with("/lfos/"));
  });
  for (std::size_t later = index + 1; later <= session.tracks.size(); ++later)
    rename_evidence(session, "/tracks/" + std::to_string(later), "/tracks/" + std::to_string(later - 1));
  for (auto& track : session.tracks)
    if (track.patch)
      std::erase_if(track.patch->modulation, [&](const Modulation& m) {
        return m.source.starts_with("lfo_") &&
               std::ranges::find(session.lfos, m.source, &LfoShape::id) == session.lfos.end();
      });
}

}  // namespace

void rename_evidence(Session& session, const std::string& from, const std::string& to) {
  for (auto& evidence : session.evidence)
    if (evidence.pointer == from || evidence.pointer.starts_with(from + "/"))
      evidence.pointer = to + evidence.pointer.substr(from.size());
}

void move_evidence(Session& session, const std::string& pattern_pointer,
                   const std::vector<std::size_t>& sources) {
  const std::string prefix = pattern_pointer + "/notes/";
  std::multimap<std::size_t, Evidence> of_notes;
  std::vector<Evidence> rest;
  for (auto& evidence : session.evidence) {
    if (evidence.pointer.starts_with(prefix))
      of_notes.emplace(std::stoul(evidence.pointer.substr(prefix.size())), std::move(evidence));
    else
      rest.push_back(std::move(evidence));
  }
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const auto [first, last] = of_notes.equal_range(sources[i]);
    for (auto entry = first; entry != last; ++entry) {
      rest.push_back(entry->second);
      const auto tail = entry->second.pointer.find('/', prefix.size());
      rest.back().pointer =
          prefix + std::to_string(i) + (tail == std::string::npos ? "" : entry->second.pointer.substr(tail));
    }
  }
  session.evidence = std::move(rest);
}

void set_scale(Session& session, const std::string& scale) {
  session.key = {session.key.tonic, scale, {}};
  for (std::size_t t = 0; t < session.tracks.size(); ++t) {
    if (session.tracks[t].role == Role::drums) continue;
    for (std::size_t p = 0; p < session.tracks[t].patterns.size(); ++p) {
      std::vector<Copy> copies;
      const auto& notes = session.tracks[t].patterns[p].notes;
      for (std::size_t i = 0; i < notes.size(); ++i) {
        copies.push_back({notes[i], i});
        copies.back().note.pitch = nearest_in_key(notes[i].pitch, session.key);
      }
      const auto doubled = std::unique(copies.begin(), copies.end(), [](const Copy& a, const Copy& b) {
        return a.note.start == b.note.start && a.note.pitch == b.note.pitch;
      });
      copies.erase(doubled, copies.end());
      replace_notes(session, t, p, std::move(copies));
    }
  }
}

void fit_to_meter(Session& session, const Meter& meter) {
  const Tick old_bar = session.meter.bar(), new_bar = meter.bar();
  session.meter = meter;
  if (old_bar == new_bar) return;
  for_each_pattern(session,
                   [&](std::size_t t, std::size_t p) { fit_pattern(session, t, p, old_bar, new_bar); });
  for (auto& lfo : session.lfos)
    if (lfo.cycle % old_bar == 0) lfo.cycle = lfo.cycle / old_bar * new_bar;
  for (auto& section : session.arrangement)
    for (auto& chord : section.chords)
      chord.tick = chord.tick / old_bar * new_bar + std::min(chord.tick % old_bar, new_bar - 1);
}

void change_density(Session& session, double density) {
  for_each_pattern(session, [&](std::size_t t, std::size_t p) {
    const auto& pattern = session.tracks[t].patterns[p];
    if (pattern.notes.size() < 2) return;
    Random random(part_seed(session.seed, "density " + session.tracks[t].id + pattern.id));
    const double share = std::abs(density - 0.5) * 2;
    auto copies = density < 0.5 ? thinned(pattern.notes, session.meter, share * 0.8, random)
                                : thickened(pattern.notes, pattern, session.meter, share, random);
    replace_notes(session, t, p, std::move(copies));
  });
}

void choose_parts(Draft& draft) {
  auto& session = draft.session;
  const auto& wanted = draft.options.parts;
  const Brief brief = brief_from_picture(draft);
  const auto chords = progression_of(brief);
  const Phrase phrase = phrase_of(brief, chords, session);
  int channel = 1;
  for (const auto& track : session.tracks)
    channel = std::max(channel, track.channel == 10 ? 1 : track.channel + 1);
  for (const Role role : wanted) {
    if (std::ranges::find(session.tracks, role, &Track::role) != session.tracks.end()) continue;
    const std::string id = "band_" + std::string(to_string(role));
    Track track{id, id, role, role == Role::drums ? 10 : std::min(16, channel == 10 ? 11 : channel),
                {}, {}, {}};
    if (role != Role::drums) track.patch = patch_for(role, brief), ++channel;
    if (track.patch) track.patch->modulation.clear();
    track.patterns.push_back({"a",
                              phrase.bars * session.meter.bar(),
                              notes_of(role, phrase, Random(part_seed(draft.options.seed, id))),
                              {}});
    for (auto& section : session.arrangement) section.parts.push_back({id, "a"});
    draft.explain("/tracks/" + std::to_string(session.tracks.size()), whole_picture, "asked for",
                  "option-parts");
    session.tracks.push_back(std::move(track));
  }
  for (std::size_t i = session.tracks.size(); i-- > 0;)
    if (std::ranges::find(wanted, session.tracks[i].role) == wanted.end()) remove_track(session, i);
}

}  // namespace doodled::composing

#include "core/import/smf_session.hpp"

#include <algorithm>
#include <optional>

#include "core/import/smf_parts.hpp"

namespace doodled {
namespace {

// What schemas/session.schema.json allows.
constexpr std::size_t most_sections = 256, most_tracks = 64, most_notes = 20000, most_points = 10000;
constexpr Tick most_section_bars = 1024, most_pattern_ticks = 100'000'000;
constexpr Tick most_ticks = Tick{4096} * 4 * ticks_per_quarter;  // of a session, as its rules have it

Error too_large(const std::string& reason) {
  return {"midi_too_large", "the MIDI file is too large: " + reason, {{"file", reason}}};
}

struct Stretch {
  Tick from, until;
  std::string name;
};

// Longer ones are cut into as many as they need.
std::vector<Stretch> in_sections(const std::vector<Stretch>& stretches, Tick bar) {
  const Tick most = std::min(most_section_bars, most_pattern_ticks / bar) * bar;
  std::vector<Stretch> sections;
  for (const auto& stretch : stretches)
    for (Tick from = stretch.from; from < stretch.until; from += most)
      sections.push_back({from, std::min(from + most, stretch.until), stretch.name});
  return sections;
}

std::vector<Stretch> stretches_of(const SmfSong& song) {
  std::vector<Stretch> stretches{{0, song.length, "A"}};
  for (const auto& marker : song.markers) {
    if (marker.tick == 0 && stretches.size() == 1) stretches.front().name = marker.name;
    const bool fits = marker.tick > stretches.back().from && marker.tick < song.length &&
                      marker.tick % song.meter.bar() == 0 && stretches.size() < most_sections;
    if (!fits) continue;
    stretches.back().until = marker.tick;
    stretches.push_back({marker.tick, song.length, marker.name});
  }
  return in_sections(stretches, song.meter.bar());
}

// The programs of General MIDI say what a part is for; else how it is played does.
Role role_of(const SmfPart& part) {
  if (part.channel == 10) return Role::drums;
  if (part.program >= 32 && part.program <= 39) return Role::bass;
  if (part.program >= 80 && part.program <= 87) return Role::lead;
  if (part.program >= 88 && part.program <= 95) return Role::pad;
  if (part.program >= 96 && part.program <= 103) return Role::texture;
  if (part.notes.empty()) return Role::lead;
  Tick end = 0;
  std::size_t together = 0;
  double sum = 0;
  for (const auto& note : part.notes) {
    together += note.start < end;
    end = std::max(end, note.start + note.duration);
    sum += note.pitch;
  }
  const auto count = static_cast<double>(part.notes.size());
  if (static_cast<double>(together) > count / 3) return Role::chords;
  return sum / count < 48 ? Role::bass : Role::lead;
}

std::vector<AutomationPoint> thinned(std::vector<AutomationPoint> points) {
  for (Tick cell = ticks_per_quarter / 16; points.size() > most_points; cell *= 2) {
    std::vector<AutomationPoint> kept;
    for (const auto& point : points)
      if (!kept.empty() && kept.back().tick / cell == point.tick / cell)
        kept.back().value = point.value;
      else
        kept.push_back(point);
    points = std::move(kept);
  }
  return points;
}

// The lane inside a stretch, beginning with the value that came before it; empty where nothing came yet.
std::vector<AutomationPoint> lane_in(const std::vector<AutomationPoint>& lane, const Stretch& stretch) {
  std::vector<AutomationPoint> points;
  for (const auto& point : lane) {
    if (point.tick >= stretch.until) break;
    const Tick tick = std::max<Tick>(0, point.tick - stretch.from);
    if (!points.empty() && points.back().tick == tick)
      points.back().value = point.value;
    else
      points.push_back({tick, point.value});
  }
  return thinned(std::move(points));
}

// A note that rings on into the next stretch is tied to what is left of it there.
Pattern pattern_in(const SmfPart& part, const Stretch& stretch, std::size_t number) {
  Pattern pattern{"s" + std::to_string(number), stretch.until - stretch.from, {}, {}};
  for (const auto& note : part.notes) {
    const Tick end = note.start + note.duration;
    if (note.start >= stretch.until) break;
    if (end <= stretch.from) continue;
    const Tick from = std::max(note.start, stretch.from), until = std::min(end, stretch.until);
    Note piece{from - stretch.from, until - from, note.pitch, note.velocity};
    piece.tied = end > stretch.until;
    pattern.notes.push_back(std::move(piece));
  }
  for (const auto& [parameter, lane] : part.lanes)
    if (auto points = lane_in(lane, stretch); !points.empty())
      pattern.automation.push_back({parameter, Interpolation::step, std::move(points)});
  return pattern;
}

class Builder {
 public:
  Builder(const SmfSong& song, std::string title) : song_(song) { session_.title = std::move(title); }

  Result<Session> run() {
    if (song_.length <= most_ticks) stretches_ = stretches_of(song_);
    if (auto error = check()) return *error;
    describe();
    for (const auto& stretch : stretches_)
      session_.arrangement.push_back(
          {stretch.name, static_cast<int>((stretch.until - stretch.from) / song_.meter.bar()), {}});
    for (const auto& part : song_.parts) add_track(part);
    say_what_is_missing();
    return std::move(session_);
  }

 private:
  std::optional<Error> check() const {
    if (song_.parts.empty())
      return Error{"midi_without_notes",
                   "the MIDI file holds neither notes nor controllers that a session has a place for",
                   {{"file", "holds no notes"}}};
    if (song_.parts.size() > most_tracks) return too_large("more than 64 parts");
    if (song_.length > most_ticks) return too_large("longer than 4,096 bars of 4/4");
    for (const auto& stretch : stretches_) {
      for (const auto& part : song_.parts)
        if (pattern_in(part, stretch, 0).notes.size() > most_notes)
          return too_large("a part has more than 20,000 notes in one section");
    }
    return std::nullopt;
  }

  void describe() {
    if (!song_.title.empty()) session_.title = song_.title;
    session_.mode = "document";
    session_.tempo_bpm = song_.tempo_bpm;
    session_.meter = song_.meter;
    session_.key = song_.key.value_or(Key{0, "chromatic"});
    session_.provenance.interpreter = "midi";
  }

  std::string name_of(const SmfPart& part) const {
    const auto channels = std::ranges::count(song_.parts, part.file_track, &SmfPart::file_track);
    if (channels == 1 && !part.name.empty()) return part.name;
    if (part.channel == 10) return "Drums";
    return "Channel " + std::to_string(part.channel);
  }

  void add_track(const SmfPart& part) {
    Track track{"track_" + std::to_string(session_.tracks.size() + 1),
                name_of(part),
                role_of(part),
                part.channel,
                std::nullopt,
                {},
                {}};
    for (std::size_t i = 0; i < stretches_.size(); ++i) {
      auto pattern = pattern_in(part, stretches_[i], i + 1);
      if (pattern.notes.empty() && pattern.automation.empty()) continue;
      session_.arrangement[i].parts.push_back({track.id, pattern.id});
      track.patterns.push_back(std::move(pattern));
    }
    session_.tracks.push_back(std::move(track));
  }

  void say_what_is_missing() {
    const auto say = [&](std::size_t count, const char* what) {
      if (count > 0)
        session_.provenance.transforms.push_back("left out of the MIDI file: " + std::to_string(count) + " " +
                                                 what);
    };
    say(song_.tempo_changes, "tempo changes");
    say(song_.meter_changes, "meter changes");
    say(song_.other_controllers, "controllers without a parameter");
  }

  const SmfSong& song_;
  std::vector<Stretch> stretches_;  // none where the song is too long
  Session session_;
};

}  // namespace

Result<Session> session_from_smf(const SmfFile& file, const std::string& title) {
  const auto song = song_of(file);
  return Builder(song, title).run();
}

}  // namespace doodled

#include "drivers/max/document.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <nlohmann/json.hpp>

#include "core/play/arrange.hpp"

namespace doodled::max_link {
namespace {

using Place = std::tuple<Tick, std::uint16_t, std::uint8_t>;  // tick, track, pitch

struct TrackText {
  std::string notes, chances;
  std::map<Parameter, std::string> lanes;
};

void append(std::string& list, std::initializer_list<Tick> numbers) {
  for (const auto number : numbers) {
    if (!list.empty()) list += ',';
    list += std::to_string(number);
  }
}

Tick sixteen_bits(double value) { return static_cast<Tick>(std::clamp(value, 0.0, 1.0) * 65535 + 0.5); }

std::string quoted(const std::string& text) {
  return Json(text).dump(-1, ' ', true, Json::error_handler_t::replace);
}

void add_event(TrackText& track, const TimelineEvent& event, const std::set<Place>& uncertain) {
  if (const auto* note = std::get_if<NoteOn>(&event.body)) {
    if (!uncertain.contains({event.tick, event.track, note->pitch}))
      append(track.notes, {event.tick, note->pitch, note->velocity, note->duration});
  } else if (const auto* change = std::get_if<ParameterChange>(&event.body)) {
    append(track.lanes[change->parameter], {event.tick, sixteen_bits(static_cast<double>(change->value))});
  }
}

std::vector<TrackText> texts_of(const Timeline& timeline, const std::vector<Chance>& chances) {
  std::vector<TrackText> tracks(timeline.tracks.size());
  std::set<Place> uncertain;
  for (const auto& chance : chances) {
    if (chance.track >= tracks.size()) continue;
    uncertain.insert({chance.tick, chance.track, chance.pitch});
    append(tracks[chance.track].chances,
           {chance.tick, chance.pitch, chance.velocity, chance.duration, sixteen_bits(chance.probability)});
  }
  for (const auto& event : timeline.events)
    if (event.track < tracks.size()) add_event(tracks[event.track], event, uncertain);
  return tracks;
}

std::string lanes_text(const TrackText& track) {
  std::string text;
  for (const auto& [parameter, points] : track.lanes)
    text += (text.empty() ? "" : ",") + std::string(R"({"p":)") +
            std::to_string(static_cast<int>(parameter)) + R"(,"v":[)" + points + "]}";
  return text;
}

std::string track_text(const TimelineTrack& track, const TrackText& text, bool lanes) {
  std::string json = R"({"name":)" + quoted(track.name) + R"(,"role":")" +
                     std::string(to_string(track.role)) + R"(","channel":)" + std::to_string(track.channel) +
                     R"(,"notes":[)" + text.notes + "]";
  if (!text.chances.empty()) json += R"(,"chances":[)" + text.chances + "]";
  if (lanes && !text.lanes.empty()) json += R"(,"lanes":[)" + lanes_text(text) + "]";
  return json + "}";
}

std::string head_text(const Timeline& timeline) {
  std::string intervals, markers;
  for (const int interval : intervals_of(timeline.key)) append(intervals, {interval});
  for (const auto& marker : timeline.markers)
    markers += (markers.empty() ? "[" : ",[") + std::to_string(marker.tick) + "," + quoted(marker.name) + "]";
  return R"({"format":"doodled.max","version":1,"title":)" + quoted(timeline.title) + R"(,"tempo":)" +
         Json(timeline.tempo_bpm).dump() + R"(,"meter":[)" + std::to_string(timeline.meter.numerator) + "," +
         std::to_string(timeline.meter.denominator) + R"(],"root":)" + std::to_string(timeline.key.tonic) +
         R"(,"intervals":[)" + intervals + R"(],"length":)" + std::to_string(timeline.length) +
         R"(,"markers":[)" + markers + R"(],"tracks":[)";
}

std::string whole_text(const Timeline& timeline, const std::vector<TrackText>& texts, bool lanes) {
  auto json = head_text(timeline);
  for (std::size_t i = 0; i < texts.size(); ++i)
    json += (i == 0 ? "" : ",") + track_text(timeline.tracks[i], texts[i], lanes);
  return json + "]}";
}

Chance chance_of(const Session& session, const Note& note, std::size_t track, Tick at, Tick until) {
  const Tick bar = session.meter.bar();
  const Tick start = std::max<Tick>(0, swung(at, session.swing, bar) + note.nudge);
  const Tick end = swung(std::min(until, at + note.duration), session.swing, bar) + note.nudge;
  return {start,
          static_cast<std::uint16_t>(track),
          static_cast<std::uint8_t>(note.pitch),
          static_cast<std::uint8_t>(note.velocity),
          std::max<Tick>(1, end - start),
          note.probability};
}

void add_part(const Session& session, std::size_t track, const Pattern& pattern, Tick from, Tick until,
              std::vector<Chance>& chances) {
  for (Tick repeat = from; repeat < until; repeat += pattern.length)
    for (const auto& note : pattern.notes)
      if (note.probability < 1 && repeat + note.start < until)
        chances.push_back(chance_of(session, note, track, repeat + note.start, until));
}

}  // namespace

std::vector<Chance> chances_of(const Session& session) {
  std::vector<Chance> chances;
  for (std::size_t i = 0; i < session.tracks.size(); ++i) {
    Tick from = 0;
    for (const auto& section : session.arrangement) {
      const Tick until = from + section.bars * session.meter.bar();
      for (const auto& part : section.parts) {
        const auto& patterns = session.tracks[i].patterns;
        const auto pattern = std::ranges::find(patterns, part.pattern, &Pattern::id);
        if (part.track == session.tracks[i].id && pattern != patterns.end())
          add_part(session, i, *pattern, from, until, chances);
      }
      from = until;
    }
  }
  return chances;
}

std::string document_of(const Timeline& timeline, const std::vector<Chance>& chances, std::size_t largest) {
  const auto texts = texts_of(timeline, chances);
  auto text = whole_text(timeline, texts, true);
  return text.size() <= largest ? text : whole_text(timeline, texts, false);
}

}  // namespace doodled::max_link

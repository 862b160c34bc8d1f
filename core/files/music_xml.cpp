#include "core/files/music_xml.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/text_result.hpp"
#include "core/files/key_signature.hpp"
#include "core/files/notation.hpp"
#include "core/files/xml.hpp"

namespace doodled {
namespace {

using pugi::xml_node;

constexpr int most_bars = 50'000;

struct Spelling {
  const char* step;
  int alter;
};
constexpr std::array<Spelling, 12> sharps{{{"C", 0},
                                           {"C", 1},
                                           {"D", 0},
                                           {"D", 1},
                                           {"E", 0},
                                           {"F", 0},
                                           {"F", 1},
                                           {"G", 0},
                                           {"G", 1},
                                           {"A", 0},
                                           {"A", 1},
                                           {"B", 0}}};
constexpr std::array<Spelling, 12> flats{{{"C", 0},
                                          {"D", -1},
                                          {"D", 0},
                                          {"E", -1},
                                          {"E", 0},
                                          {"F", 0},
                                          {"G", -1},
                                          {"G", 0},
                                          {"A", -1},
                                          {"A", 0},
                                          {"B", -1},
                                          {"B", 0}}};

// Where drums are written on a staff of five lines.
struct StaffPlace {
  const char* step;
  int octave;
};
StaffPlace staff_place(int drum) {
  if (drum <= 36) return {"F", 4};
  if (drum <= 40) return {"C", 5};
  if (drum == 42 || drum == 44 || drum == 46) return {"G", 5};
  if (drum == 41 || drum == 43 || drum == 45 || drum == 47 || drum == 48 || drum == 50) return {"D", 5};
  return {"A", 5};
}

std::string drum_id(const std::string& part, int pitch) { return part + "-D" + std::to_string(pitch); }

// One part: a track with its notes.
class PartWriter {
 public:
  PartWriter(const Timeline& timeline, std::size_t index, const std::vector<PlacedNote>& all)
      : timeline_(timeline),
        track_(timeline.tracks[index]),
        id_("P" + std::to_string(index + 1)),
        is_first_(index == 0),
        is_drums_(track_.role == Role::drums) {
    for (const auto& note : all)
      if (note.track == index) notes_.push_back(note);
  }

  void append_to_list(xml_node list) const {
    auto part = list.append_child("score-part");
    set(part, "id", id_);
    append_text(part, "part-name", track_.name);
    if (!is_drums_) return append_instruments(part, {{id_ + "-I1", track_.name}}, {});
    std::vector<std::pair<std::string, std::string>> instruments;
    const auto pitches = drum_pitches();
    for (const int pitch : pitches)
      instruments.emplace_back(drum_id(id_, pitch), "Drum " + std::to_string(pitch));
    append_instruments(part, instruments, {pitches.begin(), pitches.end()});
  }

  void append_part(xml_node score, int bars) const {
    auto part = score.append_child("part");
    set(part, "id", id_);
    const auto notated = notate(notes_, timeline_.meter, bars);
    for (std::size_t i = 0; i < notated.size(); ++i) {
      auto measure = part.append_child("measure");
      set(measure, "number", std::to_string(i + 1));
      if (i == 0) append_attributes(measure);
      if (is_first_) append_directions(measure, i);
      append_voices(measure, notated[i]);
    }
  }

 private:
  std::set<int> drum_pitches() const {
    std::set<int> pitches;
    for (const auto& note : notes_) pitches.insert(note.pitch);
    return pitches;
  }

  void append_instruments(xml_node part, const std::vector<std::pair<std::string, std::string>>& instruments,
                          const std::vector<int>& drums) const {
    for (const auto& [id, name] : instruments) {
      auto instrument = part.append_child("score-instrument");
      set(instrument, "id", id);
      append_text(instrument, "instrument-name", name);
    }
    for (std::size_t i = 0; i < instruments.size(); ++i) {
      auto midi = part.append_child("midi-instrument");
      set(midi, "id", instruments[i].first);
      append_number(midi, "midi-channel", is_drums_ ? 10 : track_.channel);
      if (i < drums.size()) append_number(midi, "midi-unpitched", drums[i] + 1);
    }
  }

  void append_attributes(xml_node measure) const {
    auto attributes = measure.append_child("attributes");
    append_number(attributes, "divisions", grid_per_quarter);
    auto key = attributes.append_child("key");
    const auto signature = key_signature(timeline_.key);
    append_number(key, "fifths", signature.fifths);
    append_text(key, "mode", signature.minor ? "minor" : "major");
    auto time = attributes.append_child("time");
    append_number(time, "beats", timeline_.meter.numerator);
    append_number(time, "beat-type", timeline_.meter.denominator);
    append_clef(attributes);
  }

  void append_clef(xml_node attributes) const {
    auto clef = attributes.append_child("clef");
    if (is_drums_) return void(append_text(clef, "sign", "percussion"));
    double sum = 0;
    for (const auto& note : notes_) sum += note.pitch;
    const bool low = !notes_.empty() && sum / static_cast<double>(notes_.size()) < 55;
    append_text(clef, "sign", low ? "F" : "G");
    append_number(clef, "line", low ? 4 : 2);
  }

  void append_directions(xml_node measure, std::size_t bar) const {
    const Tick from = static_cast<Tick>(bar) * timeline_.meter.bar();
    for (const auto& marker : timeline_.markers)
      if (marker.tick == from && !marker.name.empty())
        append_text(direction(measure), "rehearsal", marker.name);
    if (bar > 0) return;
    auto metronome = direction(measure).append_child("metronome");
    append_text(metronome, "beat-unit", "quarter");
    append_text(metronome, "per-minute", number_text(timeline_.tempo_bpm));
    auto sound = metronome.parent().parent().append_child("sound");
    set(sound, "tempo", number_text(timeline_.tempo_bpm));
  }

  static xml_node direction(xml_node measure) {
    auto direction = measure.append_child("direction");
    set(direction, "placement", "above");
    return direction.append_child("direction-type");
  }

  void append_voices(xml_node measure, const NotatedBar& bar) const {
    for (const auto& voice : bar.voices) {
      if (voice.voice > 1)
        append_number(measure.append_child("backup"), "duration", bar_length(timeline_.meter));
      for (const auto& symbol : voice.symbols) append_symbol(measure, symbol, voice.voice);
    }
  }

  void append_symbol(xml_node measure, const Symbol& symbol, int voice) const {
    if (symbol.tones.empty()) {
      if (voice > 1)  // no rests beside what the first voice shows
        return void(append_number(measure.append_child("forward"), "duration", symbol.value.length));
      auto rest = measure.append_child("note");
      rest.append_child("rest");
      return append_value(rest, symbol, voice);
    }
    for (const auto& tone : symbol.tones) {
      auto note = measure.append_child("note");
      set(note, "dynamics", number_text(tone.velocity * 100 / 90.0));  // per cent of velocity 90
      if (&tone != &symbol.tones.front()) note.append_child("chord");
      append_pitch(note, tone.pitch);
      append_value(note, symbol, voice, tone.pitch);
    }
  }

  void append_pitch(xml_node note, int pitch) const {
    if (is_drums_) {
      auto unpitched = note.append_child("unpitched");
      append_text(unpitched, "display-step", staff_place(pitch).step);
      append_number(unpitched, "display-octave", staff_place(pitch).octave);
      return;
    }
    const auto& names = key_signature(timeline_.key).fifths < 0 ? flats : sharps;
    const auto& spelling = names[static_cast<std::size_t>(pitch % 12)];
    auto node = note.append_child("pitch");
    append_text(node, "step", spelling.step);
    if (spelling.alter != 0) append_number(node, "alter", spelling.alter);
    append_number(node, "octave", pitch / 12 - 1);
  }

  // The rest of a note in the order that the schema asks for.
  void append_value(xml_node note, const Symbol& symbol, int voice, int pitch = -1) const {
    append_number(note, "duration", symbol.value.length);
    if (symbol.tied_from) set(note.append_child("tie"), "type", "stop");
    if (symbol.tied_to) set(note.append_child("tie"), "type", "start");
    if (is_drums_ && pitch >= 0) set(note.append_child("instrument"), "id", drum_id(id_, pitch));
    append_number(note, "voice", voice);
    append_text(note, "type", std::string(symbol.value.type));
    for (int i = 0; i < symbol.value.dots; ++i) note.append_child("dot");
    if (!symbol.tied_from && !symbol.tied_to) return;
    auto notations = note.append_child("notations");
    if (symbol.tied_from) set(notations.append_child("tied"), "type", "stop");
    if (symbol.tied_to) set(notations.append_child("tied"), "type", "start");
  }

  const Timeline& timeline_;
  const TimelineTrack& track_;
  const std::string id_;
  const bool is_first_, is_drums_;
  std::vector<PlacedNote> notes_;
};

}  // namespace

Result<std::string> to_music_xml(const Timeline& timeline) {
  const auto bars = timeline.length / timeline.meter.bar();
  if (bars * static_cast<Tick>(timeline.tracks.size()) > most_bars)
    return Error{"export_too_large", "a score has at most 50,000 bars of all parts together", {}};
  pugi::xml_document document;
  document.append_child(pugi::node_doctype)
      .set_value(
          "score-partwise PUBLIC \"-//Recordare//DTD MusicXML 4.0 Partwise//EN\" "
          "\"http://www.musicxml.org/dtds/partwise.dtd\"");
  auto score = document.append_child("score-partwise");
  set(score, "version", "4.0");
  append_text(score.append_child("work"), "work-title", timeline.title);
  append_text(score.append_child("identification").append_child("encoding"), "software", "doodled");
  auto list = score.append_child("part-list");
  const auto notes = notes_of(timeline);
  std::vector<PartWriter> parts;
  parts.reserve(timeline.tracks.size());
  for (std::size_t i = 0; i < timeline.tracks.size(); ++i) parts.emplace_back(timeline, i, notes);
  for (const auto& part : parts) part.append_to_list(list);
  for (const auto& part : parts) part.append_part(score, static_cast<int>(bars));
  return text_result(to_text(document));
}

}  // namespace doodled

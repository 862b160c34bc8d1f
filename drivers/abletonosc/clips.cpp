#include "drivers/abletonosc/clips.hpp"

#include <algorithm>
#include <array>

#include "core/music/time.hpp"

namespace doodled::ableton_osc {
namespace {

constexpr std::size_t notes_a_message = 40;  // 20 bytes and 5 type tags each

struct ScaleName {
  std::string_view ours, live;
};
constexpr std::array scales{ScaleName{"major", "Major"},
                            ScaleName{"minor", "Minor"},
                            ScaleName{"natural_minor", "Minor"},
                            ScaleName{"dorian", "Dorian"},
                            ScaleName{"mixolydian", "Mixolydian"},
                            ScaleName{"lydian", "Lydian"},
                            ScaleName{"phrygian", "Phrygian"},
                            ScaleName{"locrian", "Locrian"},
                            ScaleName{"whole_tone", "Whole Tone"},
                            ScaleName{"major_pentatonic", "Major Pentatonic"},
                            ScaleName{"minor_pentatonic", "Minor Pentatonic"},
                            ScaleName{"blues", "Minor Blues"},
                            ScaleName{"harmonic_minor", "Harmonic Minor"},
                            ScaleName{"harmonic_major", "Harmonic Major"},
                            ScaleName{"melodic_minor", "Melodic Minor"}};

double quarters(Tick ticks) { return static_cast<double>(ticks) / ticks_per_quarter; }
Argument fraction(double value) { return static_cast<float>(value); }

void add_note(Message& message, const ClipNote& note) {
  message.arguments.insert(message.arguments.end(),
                           {note.pitch, fraction(note.start), fraction(note.duration), note.velocity, 0});
}

}  // namespace

std::string live_scale(std::string_view scale) {
  const auto found = std::ranges::find(scales, scale, &ScaleName::ours);
  return found == scales.end() ? "" : std::string(found->live);
}

ClipSet clips_of(const Timeline& timeline) {
  ClipSet set{timeline.tempo_bpm,
              timeline.meter.numerator,
              timeline.meter.denominator,
              timeline.key.tonic,
              timeline.key.intervals.empty() ? live_scale(timeline.key.scale) : "",
              {}};
  for (const auto& track : timeline.tracks) set.clips.push_back({track.name, quarters(timeline.length), {}});
  for (const auto& event : timeline.events)
    if (const auto* on = std::get_if<NoteOn>(&event.body); on && event.track < set.clips.size())
      set.clips[event.track].notes.push_back(
          {on->pitch, on->velocity, quarters(event.tick), quarters(on->duration)});
  return set;
}

std::vector<Message> write_clip(const Clip& clip, int track, int slot) {
  std::vector<Message> messages{{"/live/clip_slot/delete_clip", {track, slot}},
                                {"/live/clip_slot/create_clip", {track, slot, fraction(clip.length)}},
                                {"/live/clip/set/name", {track, slot, clip.name}}};
  for (std::size_t at = 0; at < clip.notes.size(); at += notes_a_message) {
    Message message{"/live/clip/add/notes", {track, slot}};
    const auto end = std::min(clip.notes.size(), at + notes_a_message);
    for (std::size_t i = at; i < end; ++i) add_note(message, clip.notes[i]);
    messages.push_back(std::move(message));
  }
  return messages;
}

std::vector<Message> write_song(const ClipSet& set) {
  std::vector<Message> messages{{"/live/song/set/tempo", {fraction(set.tempo_bpm)}},
                                {"/live/song/set/signature_numerator", {set.numerator}},
                                {"/live/song/set/signature_denominator", {set.denominator}}};
  if (set.scale.empty()) return messages;
  messages.push_back({"/live/song/set/root_note", {set.root}});
  messages.push_back({"/live/song/set/scale_name", {set.scale}});
  return messages;
}

}  // namespace doodled::ableton_osc

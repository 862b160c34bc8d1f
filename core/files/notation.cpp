#include "core/files/notation.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace doodled {
namespace {

constexpr std::array values = std::to_array<NoteValue>({{96, "whole", 1},
                                                        {64, "whole", 0},
                                                        {48, "half", 1},
                                                        {32, "half", 0},
                                                        {24, "quarter", 1},
                                                        {16, "quarter", 0},
                                                        {12, "eighth", 1},
                                                        {8, "eighth", 0},
                                                        {6, "16th", 1},
                                                        {4, "16th", 0},
                                                        {3, "32nd", 1},
                                                        {2, "32nd", 0},
                                                        {1, "64th", 0}});

int grid(Tick tick) { return static_cast<int>((tick + grid_ticks / 2) / grid_ticks); }

struct Chord {
  int start, end;  // 64ths from the beginning
  std::vector<Tone> tones;
};

// Notes that begin and end together; a pitch that begins twice at one place is written once.
std::vector<Chord> chords_of(const std::vector<PlacedNote>& notes, int end_of_song) {
  std::map<std::pair<int, int>, std::map<int, int>> found;  // start and end -> pitch -> velocity
  std::map<std::pair<int, int>, int> ends;                  // start and pitch -> end
  for (const auto& note : notes) {
    const int start = std::min(grid(note.start), end_of_song - 1);
    const int end = std::clamp(grid(note.start + note.duration), start + 1, end_of_song);
    if (ends.try_emplace({start, note.pitch}, end).second) found[{start, end}][note.pitch] = note.velocity;
  }
  std::vector<Chord> chords;
  for (const auto& [place, pitches] : found) {
    Chord chord{place.first, place.second, {}};
    for (const auto& [pitch, velocity] : pitches) chord.tones.push_back({pitch, velocity});
    chords.push_back(std::move(chord));
  }
  return chords;
}

// Each chord goes to the first voice that is free.
std::vector<std::vector<Chord>> voices_of(std::vector<Chord> chords) {
  std::vector<std::vector<Chord>> voices(1);
  for (auto& chord : chords) {
    auto free = std::ranges::find_if(
        voices, [&](const auto& voice) { return voice.empty() || voice.back().end <= chord.start; });
    if (free == voices.end()) free = voices.emplace(voices.end());
    free->push_back(std::move(chord));
  }
  return voices;
}

// Writes one voice into its bars.
class VoiceWriter {
 public:
  VoiceWriter(int voice, int bar, std::vector<NotatedBar>& bars) : voice_(voice), bar_(bar), bars_(bars) {}

  void write(const std::vector<Chord>& chords) {
    int at = 0;
    for (const auto& chord : chords) {
      append(at, chord.start, {});
      append(chord.start, chord.end, chord.tones);
      at = chord.end;
    }
    append(at, static_cast<int>(bars_.size()) * bar_, {});
  }

 private:
  void append(int from, int until, const std::vector<Tone>& tones) {
    for (int at = from; at < until;) {
      const int left = std::min(until, (at / bar_ + 1) * bar_) - at;
      const auto value = std::ranges::find_if(values, [&](const NoteValue& v) { return v.length <= left; });
      const int next = at + value->length;
      auto& symbols = bar_of(at).symbols;
      symbols.push_back(
          {at % bar_, *value, tones, !tones.empty() && at > from, !tones.empty() && next < until});
      at = next;
    }
  }

  VoiceBar& bar_of(int at) {
    auto& voices = bars_[static_cast<std::size_t>(at / bar_)].voices;
    if (voices.empty() || voices.back().voice != voice_) voices.push_back({voice_, {}});
    return voices.back();
  }

  const int voice_, bar_;
  std::vector<NotatedBar>& bars_;
};

bool only_rests(const VoiceBar& bar) {
  return std::ranges::all_of(bar.symbols, [](const Symbol& symbol) { return symbol.tones.empty(); });
}

}  // namespace

int bar_length(const Meter& meter) { return static_cast<int>(meter.bar() / grid_ticks); }

std::vector<NotatedBar> notate(const std::vector<PlacedNote>& notes, const Meter& meter, int bars) {
  std::vector<NotatedBar> result(static_cast<std::size_t>(bars));
  const int bar = bar_length(meter);
  const auto voices = voices_of(chords_of(notes, bars * bar));
  for (std::size_t i = 0; i < voices.size(); ++i)
    VoiceWriter(static_cast<int>(i) + 1, bar, result).write(voices[i]);
  for (auto& notated : result)
    std::erase_if(notated.voices, [](const VoiceBar& v) { return v.voice > 1 && only_rests(v); });
  return result;
}

}  // namespace doodled

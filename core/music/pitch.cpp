#include "core/music/pitch.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <map>

namespace doodled {
namespace {

constexpr std::array<std::string_view, 12> sharp_names = {"C",  "C#", "D",  "D#", "E",  "F",
                                                          "F#", "G",  "G#", "A",  "A#", "B"};
constexpr std::array<int, 7> letter_classes = {9, 11, 0, 2, 4, 5, 7};  // A..G

constexpr int major[] = {0, 2, 4, 5, 7, 9, 11};
constexpr int minor[] = {0, 2, 3, 5, 7, 8, 10};
constexpr int harmonic_minor[] = {0, 2, 3, 5, 7, 8, 11};
constexpr int melodic_minor[] = {0, 2, 3, 5, 7, 9, 11};
constexpr int dorian[] = {0, 2, 3, 5, 7, 9, 10};
constexpr int phrygian[] = {0, 1, 3, 5, 7, 8, 10};
constexpr int lydian[] = {0, 2, 4, 6, 7, 9, 11};
constexpr int mixolydian[] = {0, 2, 4, 5, 7, 9, 10};
constexpr int locrian[] = {0, 1, 3, 5, 6, 8, 10};
constexpr int phrygian_dominant[] = {0, 1, 4, 5, 7, 8, 10};
constexpr int major_pentatonic[] = {0, 2, 4, 7, 9};
constexpr int minor_pentatonic[] = {0, 3, 5, 7, 10};
constexpr int blues[] = {0, 3, 5, 6, 7, 10};
constexpr int whole_tone[] = {0, 2, 4, 6, 8, 10};
constexpr int diminished[] = {0, 2, 3, 5, 6, 8, 9, 11};
constexpr int hirajoshi[] = {0, 2, 3, 7, 8};
constexpr int chromatic[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

constexpr Scale scales[] = {{"major", major},
                            {"minor", minor},
                            {"harmonic_minor", harmonic_minor},
                            {"melodic_minor", melodic_minor},
                            {"dorian", dorian},
                            {"phrygian", phrygian},
                            {"lydian", lydian},
                            {"mixolydian", mixolydian},
                            {"locrian", locrian},
                            {"phrygian_dominant", phrygian_dominant},
                            {"major_pentatonic", major_pentatonic},
                            {"minor_pentatonic", minor_pentatonic},
                            {"blues", blues},
                            {"whole_tone", whole_tone},
                            {"diminished", diminished},
                            {"hirajoshi", hirajoshi},
                            {"chromatic", chromatic}};

constexpr std::pair<std::string_view, std::string_view> scale_aliases[] = {
    {"ionian", "major"},
    {"natural_major", "major"},
    {"maj", "major"},
    {"aeolian", "minor"},
    {"natural_minor", "minor"},
    {"min", "minor"},
    {"m", "minor"},
    {"minor_natural", "minor"},
    {"minor_harmonic", "harmonic_minor"},
    {"pentatonic", "major_pentatonic"},
    {"pentatonic_minor", "minor_pentatonic"},
    {"pentatonic_major", "major_pentatonic"},
    {"minor_blues", "blues"},
    {"octatonic", "diminished"},
    {"spanish", "phrygian_dominant"},
    {"wholetone", "whole_tone"}};

constexpr std::pair<std::string_view, std::array<int, 6>> chord_kinds[] = {
    // intervals above the root; -1 ends the list
    {"", {0, 4, 7, -1}},
    {"maj", {0, 4, 7, -1}},
    {"M", {0, 4, 7, -1}},
    {"m", {0, 3, 7, -1}},
    {"min", {0, 3, 7, -1}},
    {"-", {0, 3, 7, -1}},
    {"dim", {0, 3, 6, -1}},
    {"aug", {0, 4, 8, -1}},
    {"+", {0, 4, 8, -1}},
    {"5", {0, 7, -1}},
    {"6", {0, 4, 7, 9, -1}},
    {"m6", {0, 3, 7, 9, -1}},
    {"7", {0, 4, 7, 10, -1}},
    {"maj7", {0, 4, 7, 11, -1}},
    {"M7", {0, 4, 7, 11, -1}},
    {"m7", {0, 3, 7, 10, -1}},
    {"min7", {0, 3, 7, 10, -1}},
    {"mmaj7", {0, 3, 7, 11, -1}},
    {"dim7", {0, 3, 6, 9, -1}},
    {"m7b5", {0, 3, 6, 10, -1}},
    {"sus2", {0, 2, 7, -1}},
    {"sus4", {0, 5, 7, -1}},
    {"7sus4", {0, 5, 7, 10, -1}},
    {"add9", {0, 4, 7, 14, -1}},
    {"madd9", {0, 3, 7, 14, -1}},
    {"9", {0, 4, 7, 10, 14, -1}},
    {"maj9", {0, 4, 7, 11, 14, -1}},
    {"m9", {0, 3, 7, 10, 14, -1}},
    {"min9", {0, 3, 7, 10, 14, -1}},
    {"11", {0, 4, 7, 10, 14, 17}},
    {"m11", {0, 3, 7, 10, 14, 17}}};

int positive_mod(int value, int modulus) { return ((value % modulus) + modulus) % modulus; }

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// Reads a letter and its accidentals off the front: 'Bb', 'F##'. The result may lie outside 0..11.
std::optional<int> take_pitch_class(std::string_view& text) {
  if (text.empty()) return std::nullopt;
  const int letter = std::toupper(static_cast<unsigned char>(text.front())) - 'A';
  if (letter < 0 || letter > 6) return std::nullopt;
  text.remove_prefix(1);
  int pitch_class = letter_classes[static_cast<std::size_t>(letter)];
  for (;;) {
    if (take(text, "#") || take(text, "\u266f"))
      ++pitch_class;
    else if (take(text, "b") || take(text, "\u266d"))
      --pitch_class;
    else
      return pitch_class;
  }
}

std::string normalised(std::string_view name) {
  std::string text;
  for (const char c : name) {
    const bool gap = c == ' ' || c == '_' || c == '-';
    if (!gap)
      text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (!text.empty() && text.back() != '_')
      text += '_';
  }
  while (!text.empty() && text.back() == '_') text.pop_back();
  return text;
}

std::optional<std::vector<int>> spelled_chord(std::string_view text, MiddleC middle_c) {
  std::vector<int> pitches;
  while (!text.empty()) {
    // The hyphen of a negative octave ('C-1') follows an accidental or letter; a separator follows a digit.
    std::size_t end = text.find_first_of("-+, ", 0);
    if (end != std::string_view::npos && end > 0 && !std::isdigit(static_cast<unsigned char>(text[end - 1])))
      end = text.find_first_of("-+, ", end + 1);
    const auto pitch = pitch_from_name(text.substr(0, end), middle_c);
    if (!pitch) return std::nullopt;
    pitches.push_back(*pitch);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  std::ranges::sort(pitches);
  pitches.erase(std::unique(pitches.begin(), pitches.end()), pitches.end());
  return pitches;
}

std::optional<std::vector<int>> chord_symbol(std::string_view text, int octave) {
  const auto root = take_pitch_class(text);
  if (!root) return std::nullopt;
  std::optional<int> bass;
  if (const auto slash = text.find('/'); slash != std::string_view::npos) {
    bass = pitch_class_from_name(text.substr(slash + 1));
    if (!bass) return std::nullopt;
    text = text.substr(0, slash);
  }
  const auto kind = std::ranges::find(chord_kinds, text, [](const auto& row) { return row.first; });
  if (kind == std::end(chord_kinds)) return std::nullopt;
  const int base = (octave + 1) * 12 + positive_mod(*root, 12);
  std::vector<int> pitches;
  if (bass) pitches.push_back(base - positive_mod(base - *bass, 12));
  for (const int interval : kind->second) {
    if (interval < 0) break;
    if (pitches.empty() || base + interval != pitches.front()) pitches.push_back(base + interval);
  }
  const bool playable = std::ranges::all_of(pitches, [](int p) { return p >= 0 && p <= 127; });
  return playable ? std::optional(pitches) : std::nullopt;
}

}  // namespace

std::optional<int> pitch_class_from_name(std::string_view name) {
  const auto pitch_class = take_pitch_class(name);
  if (!pitch_class || !name.empty()) return std::nullopt;
  return positive_mod(*pitch_class, 12);
}

std::string pitch_class_name(int pitch_class) {
  return std::string(sharp_names[static_cast<std::size_t>(positive_mod(pitch_class, 12))]);
}

std::optional<int> pitch_from_name(std::string_view name, MiddleC middle_c) {
  const auto pitch_class = take_pitch_class(name);
  int octave = 0;
  const auto [end, failure] = std::from_chars(name.data(), name.data() + name.size(), octave);
  if (!pitch_class || failure != std::errc{} || end != name.data() + name.size()) return std::nullopt;
  const int pitch = 60 + (octave - static_cast<int>(middle_c)) * 12 + *pitch_class;
  if (octave < -2 || octave > 10 || pitch < 0 || pitch > 127) return std::nullopt;
  return pitch;
}

std::string pitch_name(int pitch, MiddleC middle_c) {
  return pitch_class_name(pitch) + std::to_string(pitch / 12 - 5 + static_cast<int>(middle_c));
}

std::span<const Scale> all_scales() { return scales; }

const Scale* find_scale(std::string_view name) {
  std::string wanted = normalised(name);
  const auto alias = std::ranges::find(scale_aliases, wanted, [](const auto& row) { return row.first; });
  if (alias != std::end(scale_aliases)) wanted = alias->second;
  const auto scale = std::ranges::find(scales, wanted, &Scale::name);
  return scale == std::end(scales) ? nullptr : &*scale;
}

std::optional<Key> key_from_name(std::string_view name) {
  auto rest = name;
  const auto tonic = take_pitch_class(rest);
  if (!tonic) return std::nullopt;
  const std::string scale_words = normalised(rest);
  const Scale* scale = find_scale(scale_words.empty()          ? "major"
                                  : scale_words.front() == '_' ? scale_words.substr(1)
                                                               : scale_words);
  if (!scale) return std::nullopt;
  return Key{positive_mod(*tonic, 12), std::string(scale->name)};
}

std::string key_name(const Key& key) { return pitch_class_name(key.tonic) + " " + key.scale; }

bool in_key(int pitch, const Key& key) {
  const Scale* scale = find_scale(key.scale);
  return !scale ||
         std::ranges::find(scale->intervals, positive_mod(pitch - key.tonic, 12)) != scale->intervals.end();
}

int nearest_in_key(int pitch, const Key& key) {
  for (int distance = 0; distance < 12; ++distance) {
    if (pitch - distance >= 0 && in_key(pitch - distance, key)) return pitch - distance;
    if (pitch + distance <= 127 && in_key(pitch + distance, key)) return pitch + distance;
  }
  return pitch;
}

int scale_pitch(const Key& key, int degree, int octave) {
  const Scale* scale = find_scale(key.scale);
  const auto intervals = scale ? scale->intervals : std::span<const int>(major);
  const int size = static_cast<int>(intervals.size());
  const int index = positive_mod(degree, size);
  int pitch = (octave + 1) * 12 + key.tonic + (degree - index) / size * 12 +
              intervals[static_cast<std::size_t>(index)];
  while (pitch < 0) pitch += 12;
  while (pitch > 127) pitch -= 12;
  return pitch;
}

std::optional<std::vector<int>> chord_from_name(std::string_view name, int octave, MiddleC middle_c) {
  if (name.empty()) return std::nullopt;
  if (auto pitches = chord_symbol(name, octave)) return pitches;
  return spelled_chord(name, middle_c);
}

}  // namespace doodled

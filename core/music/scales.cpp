#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "core/music/modulo.hpp"
#include "core/music/pitch.hpp"

namespace doodled {
namespace {

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
constexpr int major_blues[] = {0, 2, 3, 4, 7, 9};
constexpr int dominant_diminished[] = {0, 1, 3, 4, 6, 7, 9, 10};
constexpr int harmonic_major[] = {0, 2, 4, 5, 7, 8, 11};
constexpr int double_harmonic[] = {0, 1, 4, 5, 7, 8, 11};
constexpr int hungarian_minor[] = {0, 2, 3, 6, 7, 8, 11};
constexpr int hungarian_major[] = {0, 3, 4, 6, 7, 9, 10};
constexpr int neapolitan_minor[] = {0, 1, 3, 5, 7, 8, 11};
constexpr int neapolitan_major[] = {0, 1, 3, 5, 7, 9, 11};
constexpr int ukrainian_dorian[] = {0, 2, 3, 6, 7, 9, 10};
constexpr int dorian_flat_2[] = {0, 1, 3, 5, 7, 9, 10};
constexpr int lydian_dominant[] = {0, 2, 4, 6, 7, 9, 10};
constexpr int lydian_augmented[] = {0, 2, 4, 6, 8, 9, 11};
constexpr int mixolydian_flat_6[] = {0, 2, 4, 5, 7, 8, 10};
constexpr int locrian_natural_2[] = {0, 2, 3, 5, 6, 8, 10};
constexpr int altered[] = {0, 1, 3, 4, 6, 8, 10};
constexpr int persian[] = {0, 1, 4, 5, 6, 8, 11};
constexpr int enigmatic[] = {0, 1, 4, 6, 8, 10, 11};
constexpr int augmented[] = {0, 3, 4, 7, 8, 11};
constexpr int prometheus[] = {0, 2, 4, 6, 9, 10};
constexpr int tritone[] = {0, 1, 4, 6, 7, 10};
constexpr int bebop_dominant[] = {0, 2, 4, 5, 7, 9, 10, 11};
constexpr int bebop_major[] = {0, 2, 4, 5, 7, 8, 9, 11};
constexpr int egyptian[] = {0, 2, 5, 7, 10};
constexpr int in_sen[] = {0, 1, 5, 7, 10};
constexpr int iwato[] = {0, 1, 5, 6, 10};
constexpr int kumoi[] = {0, 2, 3, 7, 9};
constexpr int yo[] = {0, 2, 5, 7, 9};
constexpr int pelog[] = {0, 1, 3, 7, 8};
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
                            {"major_blues", major_blues},
                            {"dominant_diminished", dominant_diminished},
                            {"harmonic_major", harmonic_major},
                            {"double_harmonic", double_harmonic},
                            {"hungarian_minor", hungarian_minor},
                            {"hungarian_major", hungarian_major},
                            {"neapolitan_minor", neapolitan_minor},
                            {"neapolitan_major", neapolitan_major},
                            {"ukrainian_dorian", ukrainian_dorian},
                            {"dorian_flat_2", dorian_flat_2},
                            {"lydian_dominant", lydian_dominant},
                            {"lydian_augmented", lydian_augmented},
                            {"mixolydian_flat_6", mixolydian_flat_6},
                            {"locrian_natural_2", locrian_natural_2},
                            {"altered", altered},
                            {"persian", persian},
                            {"enigmatic", enigmatic},
                            {"augmented", augmented},
                            {"prometheus", prometheus},
                            {"tritone", tritone},
                            {"bebop_dominant", bebop_dominant},
                            {"bebop_major", bebop_major},
                            {"egyptian", egyptian},
                            {"in_sen", in_sen},
                            {"iwato", iwato},
                            {"kumoi", kumoi},
                            {"yo", yo},
                            {"pelog", pelog},
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
    {"wholetone", "whole_tone"},
    {"whole_half_diminished", "diminished"},
    {"half_whole_diminished", "dominant_diminished"},
    {"blues_minor", "blues"},
    {"blues_major", "major_blues"},
    {"freygish", "phrygian_dominant"},
    {"phrygian_major", "phrygian_dominant"},
    {"byzantine", "double_harmonic"},
    {"arabic", "double_harmonic"},
    {"double_harmonic_major", "double_harmonic"},
    {"gypsy_minor", "hungarian_minor"},
    {"double_harmonic_minor", "hungarian_minor"},
    {"romanian_minor", "ukrainian_dorian"},
    {"dorian_sharp_4", "ukrainian_dorian"},
    {"phrygian_sharp_6", "dorian_flat_2"},
    {"acoustic", "lydian_dominant"},
    {"overtone", "lydian_dominant"},
    {"hindu", "mixolydian_flat_6"},
    {"aeolian_dominant", "mixolydian_flat_6"},
    {"half_diminished", "locrian_natural_2"},
    {"super_locrian", "altered"},
    {"jazz_minor", "melodic_minor"},
    {"bebop", "bebop_dominant"},
    {"suspended_pentatonic", "egyptian"},
    {"insen", "in_sen"},
    {"japanese", "in_sen"},
    {"balinese", "pelog"}};

constexpr std::string_view unnamed = "own";  // a scale that was given by its semitones alone

// '0,2,3,7,10' or '0 2 3 7 10': semitones above the tonic, ascending, the first 0. Nothing where it is none.
std::vector<int> own_intervals(std::string_view text) {
  std::vector<int> intervals;
  for (const char *at = text.data(), *end = at + text.size(); at != end;) {
    if (*at == ' ' || *at == ',' || *at == '_') {
      ++at;
      continue;
    }
    int value = 0;
    const auto [next, failure] = std::from_chars(at, end, value);
    const bool ascends = intervals.empty() ? value == 0 : value > intervals.back() && value < 12;
    if (failure != std::errc{} || !ascends) return {};
    intervals.push_back(value);
    at = next;
  }
  if (intervals.size() < 2) intervals.clear();  // 'C0' is a note
  return intervals;
}

}  // namespace

std::string normalised_name(std::string_view name) {
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

std::span<const Scale> all_scales() { return scales; }

const Scale* find_scale(std::string_view name) {
  if (const auto exact = std::ranges::find(scales, name, &Scale::name); exact != std::end(scales))
    return &*exact;
  std::string wanted = normalised_name(name);
  const auto alias = std::ranges::find(scale_aliases, wanted, [](const auto& row) { return row.first; });
  if (alias != std::end(scale_aliases)) wanted = alias->second;
  const auto scale = std::ranges::find(scales, wanted, &Scale::name);
  return scale == std::end(scales) ? nullptr : &*scale;
}

std::optional<Key> key_from_name(std::string_view name) {
  auto rest = name;
  const auto tonic = take_pitch_class(rest);
  if (!tonic) return std::nullopt;
  if (auto own = own_intervals(rest); !own.empty())
    return Key{positive_mod(*tonic, 12), std::string(unnamed), std::move(own)};
  const std::string scale_words = normalised_name(rest);
  const Scale* scale = find_scale(scale_words.empty()          ? "major"
                                  : scale_words.front() == '_' ? scale_words.substr(1)
                                                               : scale_words);
  if (!scale) return std::nullopt;
  return Key{positive_mod(*tonic, 12), std::string(scale->name), {}};
}

Result<Key> read_key(std::string_view name) {
  if (const auto key = key_from_name(name)) return *key;
  const std::string quoted = "\"" + std::string(name.substr(0, 60)) + "\"";
  const auto end = std::min(name.find_first_of(" _-"), name.size());
  if (const auto english = english_note_name(name.substr(0, end)))
    return Error{"invalid_key", quoted + " is not an English name of a key: write " + *english +
                                    std::string(name.substr(end))};
  return Error{"invalid_key", quoted + " is no key, such as 'E minor_pentatonic' or 'F# dorian'"};
}

std::string key_name(const Key& key) {
  if (key.intervals.empty() || key.scale != unnamed) return pitch_class_name(key.tonic) + " " + key.scale;
  std::string text = pitch_class_name(key.tonic) + " ";
  for (const int interval : key.intervals) text += (interval == 0 ? "" : ",") + std::to_string(interval);
  return text;
}

std::span<const int> intervals_of(const Key& key) {
  if (!key.intervals.empty()) return key.intervals;
  const Scale* scale = find_scale(key.scale);
  return scale ? scale->intervals : std::span<const int>(major);
}

bool in_key(int pitch, const Key& key) {
  const auto intervals = intervals_of(key);
  return std::ranges::find(intervals, positive_mod(pitch - key.tonic, 12)) != intervals.end();
}

int nearest_in_key(int pitch, const Key& key) {
  for (int distance = 0; distance < 12; ++distance) {
    if (pitch - distance >= 0 && in_key(pitch - distance, key)) return pitch - distance;
    if (pitch + distance <= 127 && in_key(pitch + distance, key)) return pitch + distance;
  }
  return pitch;
}

int scale_pitch(const Key& key, int degree, int octave) {
  const auto intervals = intervals_of(key);
  const int size = static_cast<int>(intervals.size());
  const int index = positive_mod(degree, size);
  int pitch = (octave + 1) * 12 + key.tonic + (degree - index) / size * 12 +
              intervals[static_cast<std::size_t>(index)];
  while (pitch < 0) pitch += 12;
  while (pitch > 127) pitch -= 12;
  return pitch;
}

}  // namespace doodled

#include "core/music/pitch.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "core/music/modulo.hpp"

namespace doodled {
namespace {

constexpr std::array<std::string_view, 12> sharp_names = {"C",  "C#", "D",  "D#", "E",  "F",
                                                          "F#", "G",  "G#", "A",  "A#", "B"};
constexpr std::array<int, 7> letter_classes = {9, 11, 0, 2, 4, 5, 7};  // A..G

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

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
    else if (take(text, "x") || take(text, "\U0001d12a"))
      pitch_class += 2;
    else if (take(text, "\U0001d12b"))
      pitch_class -= 2;
    else
      return pitch_class;
  }
}

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

Result<int> read_pitch(std::string_view name, MiddleC middle_c) {
  if (const auto pitch = pitch_from_name(name, middle_c)) return *pitch;
  const std::string quoted = "\"" + std::string(name.substr(0, 40)) + "\"";
  if (const auto english = english_note_name(name))
    return Error{"invalid_note", quoted + " is not an English note name: write " + *english};
  auto rest = name;
  if (!take_pitch_class(rest))
    return Error{"invalid_note", quoted + " is no note, such as 'F#3', and no rest ('R')"};
  if (rest.empty()) return Error{"invalid_note", quoted + " has no octave, such as 'F#3'"};
  return Error{"invalid_note", quoted + " is outside of MIDI's 128 notes, " + pitch_name(0, middle_c) +
                                   " to " + pitch_name(127, middle_c)};
}

std::optional<MiddleC> middle_c_from(std::string_view name) {
  if (name == "C3") return MiddleC::c3;
  if (name == "C4") return MiddleC::c4;
  return std::nullopt;
}

}  // namespace doodled

// Note names of other languages, brought to English ones.
#include <algorithm>
#include <cctype>
#include <string>

#include "core/music/pitch.hpp"

namespace doodled {
namespace {

struct NoteWord {
  std::string_view foreign, english;
};

// German: -is is sharp, -es flat. 'B' alone is left out: it is an English name too.
constexpr NoteWord german[] = {
    {"cis", "C#"},   {"dis", "D#"},    {"eis", "E#"},   {"fis", "F#"},   {"gis", "G#"},   {"ais", "A#"},
    {"his", "B#"},   {"ces", "Cb"},    {"des", "Db"},   {"fes", "Fb"},   {"ges", "Gb"},   {"hes", "Bb"},
    {"es", "Eb"},    {"as", "Ab"},     {"h", "B"},      {"h#", "B#"},    {"cisis", "Cx"}, {"fisis", "Fx"},
    {"gisis", "Gx"}, {"heses", "Bbb"}, {"eses", "Ebb"}, {"asas", "Abb"}, {"b♮", "B"}};

constexpr NoteWord solfege[] = {{"do", "C"}, {"ut", "C"},  {"re", "D"}, {"ré", "D"}, {"mi", "E"},
                                {"fa", "F"}, {"sol", "G"}, {"la", "A"}, {"si", "B"}, {"ti", "B"}};

constexpr NoteWord accidentals[] = {{"", ""},         {"#", "#"},         {"b", "b"},     {"♯", "#"},
                                    {"♭", "b"},       {"x", "x"},         {"diese", "#"}, {"dièse", "#"},
                                    {"diesis", "#"},  {"sostenido", "#"}, {"bemol", "b"}, {"bémol", "b"},
                                    {"bemolle", "b"}, {"sustenido", "#"}};

std::string lower(std::string_view text) {
  std::string result;
  for (const char c : text)
    if (c != ' ' && c != '-' && c != '_')
      result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

std::optional<std::string> english_letter(const std::string& word) {
  const auto* row = std::ranges::find(german, word, &NoteWord::foreign);
  if (row != std::end(german)) return std::string(row->english);
  for (const auto& name : solfege)
    if (word.starts_with(name.foreign))
      for (const auto& accidental : accidentals)
        if (word.substr(name.foreign.size()) == accidental.foreign)
          return std::string(name.english) + std::string(accidental.english);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> english_note_name(std::string_view name) {
  const auto digits = std::min(name.find_first_of("0123456789"), name.size());
  const auto octave = digits > 0 && digits < name.size() && name[digits - 1] == '-' ? digits - 1 : digits;
  const auto english = english_letter(lower(name.substr(0, octave)));
  if (!english) return std::nullopt;
  return *english + std::string(name.substr(octave));
}

}  // namespace doodled

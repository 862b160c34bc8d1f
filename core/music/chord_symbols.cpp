// Symbols to chords and back.
#include <algorithm>
#include <array>
#include <cctype>

#include "core/music/chord.hpp"
#include "core/music/modulo.hpp"

namespace doodled {
namespace {

// What has been read of a symbol so far. 0 in a place means that the chord has none.
struct Parts {
  int root = 0, third = 4, fifth = 7, seventh = 0;
  bool major = false, diminished = false;
  std::vector<int> above;  // sixths, ninths, elevenths, thirteenths

  void stack(int upto) {
    seventh = diminished ? 9 : major ? 11 : 10;
    if (upto >= 9) above.push_back(14);
    if (upto >= 11 && (upto == 11 || third == 3)) above.push_back(17);
    if (upto >= 13) above.push_back(21);
  }

  void alter(int degree, int by) {
    if (degree == 5) fifth = 7 + by;
    if (degree == 9) std::erase(above, 14), above.push_back(14 + by);
    if (degree == 11) std::erase(above, 17), above.push_back(17 + by);
    if (degree == 13) std::erase(above, 21), above.push_back(21 + by);
  }

  std::vector<int> intervals() const {
    std::vector<int> all = above;
    if (root >= 0) all.push_back(0);
    for (const int part : {third, fifth, seventh})
      if (part > 0) all.push_back(part);
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }
};

struct Word {
  std::string_view text;
  void (*apply)(Parts& parts);
};

// An altered dominant: both ninths, the sharp eleventh and the flat thirteenth in the place of the fifth.
void alter_all(Parts& parts) {
  parts.seventh = 10, parts.fifth = 0;
  parts.above = {13, 15, 18, 20};
}

// The kind of the chord; at most one, straight after the root. Longer words first.
constexpr Word kinds[] = {{"maj", [](Parts& p) { p.major = true; }},
                          {"Maj", [](Parts& p) { p.major = true; }},
                          {"min", [](Parts& p) { p.third = 3; }},
                          {"Min", [](Parts& p) { p.third = 3; }},
                          {"dim", [](Parts& p) { p.third = 3, p.fifth = 6, p.diminished = true; }},
                          {"aug", [](Parts& p) { p.fifth = 8; }},
                          {"alt", alter_all},
                          {"ma", [](Parts& p) { p.major = true; }},
                          {"mi", [](Parts& p) { p.third = 3; }},
                          {"M", [](Parts& p) { p.major = true; }},
                          {"m", [](Parts& p) { p.third = 3; }},
                          {"-", [](Parts& p) { p.third = 3; }},
                          {"o", [](Parts& p) { p.third = 3, p.fifth = 6, p.diminished = true; }},
                          {"+", [](Parts& p) { p.fifth = 8; }},
                          {"\u00b0", [](Parts& p) { p.third = 3, p.fifth = 6, p.diminished = true; }},
                          {"\u00f8", [](Parts& p) { p.third = 3, p.fifth = 6, p.seventh = 10; }},
                          {"\u0394", [](Parts& p) { p.major = true, p.seventh = 11; }}};

// What may follow, in any order. Longer words first.
constexpr Word extensions[] = {{"maj13", [](Parts& p) { p.major = true, p.stack(13); }},
                               {"maj11", [](Parts& p) { p.major = true, p.stack(11); }},
                               {"maj9", [](Parts& p) { p.major = true, p.stack(9); }},
                               {"maj7", [](Parts& p) { p.seventh = 11; }},
                               {"M7", [](Parts& p) { p.seventh = 11; }},
                               {"6/9",
                                [](Parts& p) {
                                  p.above.insert(p.above.end(), {9, 14});
                                }},
                               {"69",
                                [](Parts& p) {
                                  p.above.insert(p.above.end(), {9, 14});
                                }},
                               {"sus2", [](Parts& p) { p.third = 2; }},
                               {"sus4", [](Parts& p) { p.third = 5; }},
                               {"sus", [](Parts& p) { p.third = 5; }},
                               {"add11", [](Parts& p) { p.above.push_back(17); }},
                               {"add13", [](Parts& p) { p.above.push_back(21); }},
                               {"add2", [](Parts& p) { p.above.push_back(2); }},
                               {"add4", [](Parts& p) { p.above.push_back(5); }},
                               {"add6", [](Parts& p) { p.above.push_back(9); }},
                               {"add9", [](Parts& p) { p.above.push_back(14); }},
                               {"omit3", [](Parts& p) { p.third = 0; }},
                               {"omit5", [](Parts& p) { p.fifth = 0; }},
                               {"no1", [](Parts& p) { p.root = -1; }},
                               {"no3", [](Parts& p) { p.third = 0; }},
                               {"no5", [](Parts& p) { p.fifth = 0; }},
                               {"b5", [](Parts& p) { p.alter(5, -1); }},
                               {"#5", [](Parts& p) { p.alter(5, 1); }},
                               {"b9", [](Parts& p) { p.alter(9, -1); }},
                               {"#9", [](Parts& p) { p.alter(9, 1); }},
                               {"#11", [](Parts& p) { p.alter(11, 1); }},
                               {"b13", [](Parts& p) { p.alter(13, -1); }},
                               {"13", [](Parts& p) { p.stack(13); }},
                               {"11", [](Parts& p) { p.stack(11); }},
                               {"9", [](Parts& p) { p.stack(9); }},
                               {"7", [](Parts& p) { p.stack(7); }},
                               {"6", [](Parts& p) { p.above.push_back(9); }},
                               {"5", [](Parts& p) { p.third = 0; }},
                               {"alt", alter_all},
                               {"(", [](Parts&) {}},
                               {")", [](Parts&) {}},
                               {",", [](Parts&) {}},
                               {" ", [](Parts&) {}}};

template <std::size_t N>
bool take_word(std::string_view& text, const Word (&words)[N], Parts& parts) {
  const auto* word = std::ranges::find_if(words, [&](const Word& w) { return text.starts_with(w.text); });
  if (word == std::end(words)) return false;
  text.remove_prefix(word->text.size());
  word->apply(parts);
  return true;
}

// Signs for flats and sharps become letters, so that the tables need one spelling.
std::string plain(std::string_view text) {
  std::string result(text);
  for (const auto& [sign, letter] : {std::pair<std::string_view, char>{"\u266d", 'b'}, {"\u266f", '#'}})
    for (auto at = result.find(sign); at != std::string::npos; at = result.find(sign))
      result.replace(at, sign.size(), 1, letter);
  return result;
}

std::optional<std::vector<int>> intervals_from(std::string_view text) {
  Parts parts;
  take_word(text, kinds, parts);
  while (!text.empty())
    if (!take_word(text, extensions, parts)) return std::nullopt;
  return parts.intervals();
}

// Takes '/G' off the end. A slash before a digit belongs to '6/9'. False when the bass is no note.
bool take_bass(std::string_view& text, std::optional<int>& bass) {
  const auto slash = text.rfind('/');
  if (slash == std::string_view::npos || slash + 1 == text.size()) return slash == std::string_view::npos;
  if (std::isdigit(static_cast<unsigned char>(text[slash + 1]))) return true;
  bass = pitch_class_from_name(text.substr(slash + 1));
  text = text.substr(0, slash);
  return bass.has_value();
}

// The symbols that chord_symbol() answers with, the simpler first.
constexpr std::string_view symbols[] = {
    "",        "m",      "7",     "maj7",  "m7",    "dim",  "aug",  "sus4",  "sus2",  "5",     "6",
    "m6",      "m7b5",   "dim7",  "9",     "m9",    "maj9", "add9", "madd9", "7sus4", "mmaj7", "11",
    "m11",     "13",     "m13",   "maj13", "6/9",   "m6/9", "7b9",  "7#9",   "7b5",   "7#5",   "7#11",
    "maj7#11", "maj7#5", "9sus4", "maj11", "mmaj9", "7b13", "7alt", "add11"};

}  // namespace

std::optional<Chord> chord_from_symbol(std::string_view symbol) {
  const std::string spelled = plain(symbol);
  std::string_view text = spelled;
  const auto root = take_pitch_class(text);
  if (!root) return std::nullopt;
  Chord chord{pitch_class(*root), {}, std::nullopt};
  if (!take_bass(text, chord.bass)) return std::nullopt;
  const auto intervals = intervals_from(text);
  if (!intervals) return std::nullopt;
  chord.intervals = *intervals;
  return chord;
}

std::string chord_symbol(const Chord& chord) {
  for (const auto symbol : symbols)
    if (intervals_from(symbol) == chord.intervals)
      return pitch_class_name(chord.root) + std::string(symbol) +
             (chord.bass ? "/" + pitch_class_name(*chord.bass) : "");
  return {};
}

}  // namespace doodled

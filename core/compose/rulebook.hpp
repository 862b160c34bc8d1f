// The rules that are data: the tables of config/prompts/rules.md, which is part of the program. Musicians
// read that file, prompts quote it, and the composition looks up what it does in it, so the three can't
// disagree.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/image/reading.hpp"
#include "core/music/session.hpp"

namespace doodled::composing {

// Table 'figure': what a class of shape means.
struct FigureRule {
  Wave wave = Wave::sine;
  bool corners = false;
  Parameter moves = Parameter::cutoff;  // when it is read as an LFO
  Parameter takes = Parameter::cutoff;  // when an arrow ends on it
  std::string rhythm;                   // x strikes, - holds, . rests, from the bar line on; empty: silent
};

// Table 'value': from nothing of what is seen to all of it.
struct ValueRule {
  double from = 0, to = 1;
  bool ratio = false;  // equal parts are equal ratios
  double at(double part) const;
};

// Table 'seen': the measures that count as nothing, a quarter, a half, three quarters and all of what is
// seen, ascending.
using SeenRule = std::array<double, 5>;

// Table 'in beat': what the bass plays in the middle of a beat, the later of the notes the more is seen.
struct WalkRule {
  int beat = 0;                           // of a bar, 0 the first
  std::string seen;                       // a row of table 'seen'
  std::vector<std::optional<int>> notes;  // semitones above the tonic, none: a rest
};

// Table 'round from': keys of drawings, from the roundest down.
struct OutlineScale {
  double from = 0;
  int tonic = 0;  // of a grey pen
  std::string scale;
};

// Table 'cool up to': modes of photographs from warm to cool, ascending.
struct ColourMode {
  double up_to = 1;
  std::string mode, open;  // of any picture; of a wide open one
};

// Table 'cell': one row a ninth of the picture, row by row.
struct CellRule {
  std::string group, name;
  Parameter target = Parameter::cutoff;
  std::array<int, 4> chords{};  // degrees of the four chords when the picture's weight lies here
};

// Table 'drum row': from the lowest row of a drum grid up.
struct DrumRule {
  std::string role, pad;
  int pitch = 36;  // General MIDI
};

struct Rulebook {
  std::array<FigureRule, 18> figures;  // in the order of ShapeClass
  std::map<std::string, ValueRule, std::less<>> values;
  std::map<std::string, SeenRule, std::less<>> seen;
  std::map<Wave, Wave> rough;  // table 'clean wave': what an uneven hand adds to it
  std::vector<WalkRule> walk;
  std::vector<OutlineScale> outline_scales;
  std::array<int, 6> pen_tonics{};   // table 'pen': red, yellow, green, cyan, blue, magenta
  std::array<int, 12> hue_tonics{};  // table 'hue': 30 degrees each, from red on
  std::vector<ColourMode> colour_modes;
  std::array<CellRule, 9> cells;
  std::vector<DrumRule> drums;
  std::vector<std::string> names;  // of all rules; evidence uses no other

  const FigureRule& figure(ShapeClass shape_class) const {
    return figures[static_cast<std::size_t>(shape_class)];
  }
  // The value `name` for this part, 0..1, of what is seen. Throws std::out_of_range for a name without a row.
  double value(std::string_view name, double part) const;
  // How much of what is seen `measure` is, 0..1. Throws std::out_of_range for a name without a row.
  double part(std::string_view name, double measure) const;
};

// Error 'invalid_rules' names table and row.
Result<Rulebook> rulebook_from(std::string_view markdown);

// The rules that this program was built with.
const Rulebook& rulebook();

}  // namespace doodled::composing

// What a sentence asks for, in the words that musicians use. English; understood are keys and scales, tempo,
// meter, length, swing, moods, styles, parts and chords. Pure.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/music/chord.hpp"
#include "core/music/session.hpp"

namespace doodled::composing {

// One thing that was understood.
struct Understood {
  std::string words;    // of the sentence
  std::string meaning;  // 'tempo 128'
  std::string pointer;  // into the session that will be made: '/tempo_bpm'
};

struct Wish {
  std::optional<Key> key;
  std::optional<double> tempo_bpm, swing;
  std::optional<Meter> meter;
  std::optional<int> bars;
  std::optional<std::string_view> genre;
  std::vector<Role> parts, unwanted;
  std::vector<Chord> chords;
  // Changes to the middle by all moods together: energy -2.5..2.5, the others -1..1.
  double energy = 0, brightness = 0, density = 0, space = 0, grain = 0;
  double tempo_factor = 1;  // 1/16..16
  bool sevenths = false;
  std::optional<std::string_view> scale;  // of a mood, where no key is named
  std::vector<Understood> understood;
  std::vector<std::string> not_understood;  // words, in their order
  std::size_t unread = 0;                   // how many words follow those that were read
};

// Of the first 400 words; takes time by the length of the prompt.
Wish wish_from(std::string_view prompt);

}  // namespace doodled::composing

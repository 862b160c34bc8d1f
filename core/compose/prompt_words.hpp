// The vocabulary of prompts, as tables.
#pragma once
#include <span>
#include <string_view>

#include "core/music/session.hpp"

namespace doodled::composing {

struct Mood {
  std::string_view word;
  std::string_view scale;  // empty: says nothing of it
  double tempo_factor;
  double energy, brightness, density, space, grain;  // changes, -0.5..0.5
  bool sevenths = false;
};
std::span<const Mood> moods();

struct RoleWord {
  std::string_view word;
  Role role;
};
std::span<const RoleWord> role_words();

struct TempoWord {
  std::string_view word;
  double tempo_bpm;
};
std::span<const TempoWord> tempo_words();

// Words that carry no music: 'a', 'please', 'track'.
bool is_filler(std::string_view word);

}  // namespace doodled::composing

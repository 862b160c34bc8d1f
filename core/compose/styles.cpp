#include "core/compose/styles.hpp"

#include <algorithm>
#include <iterator>

#include "core/compose/brief.hpp"

namespace doodled::composing {
namespace {

constexpr Role club[] = {Role::drums, Role::bass, Role::chords, Role::lead, Role::pad};
constexpr Role machine[] = {Role::drums, Role::bass, Role::arpeggio, Role::pad, Role::texture};
constexpr Role beats[] = {Role::drums, Role::bass, Role::chords, Role::lead};
constexpr Role band[] = {Role::drums, Role::bass, Role::chords, Role::lead, Role::pad};
constexpr Role clouds[] = {Role::pad, Role::texture, Role::lead, Role::bass};

constexpr Style styles[] = {
    {"house", 122, 54, "minor", "..x-..x-..x-..8-", "..x...x...x..x..", 4, club},
    {"techno", 132, 50, "phrygian", ".xxx.xxx.xxx.xx8", "...x..x....x..x.", 3, machine},
    {"hip_hop", 88, 60, "dorian", "x-----.x--..x---", "x---..x-....x---", 4, beats},
    {"trap", 140, 50, "harmonic_minor", "x---------x--8..", "x-------x-------", 3, beats},
    {"drum_and_bass", 174, 50, "minor", "x------.x---5-..", "x-----..........", 4, machine},
    {"breakbeat", 128, 52, "dorian", "x-.x..x-..x-.8..", "..x...x...x...x.", 3, beats},
    {"rock", 118, 50, "minor", "x.x.x.x.x.x.x.5.", "x---x---x---x---", 3, band},
    {"reggaeton", 94, 50, "minor", "x--x..x-x--x..x-", "..x...x...x...x.", 3, beats},
    {"bossa_nova", 132, 50, "major", "x--x5-.55--5x-.x", "x..x..x...x..x..", 4, band},
    {"afrobeat", 112, 54, "mixolydian", "x.x-..5-x.8-..5.", "..x..x....x..x..", 4, band},
    {"ambient", 72, 50, "lydian", "x---------------", "x---------------", 4, clouds}};

}  // namespace

const Style& style_of(std::string_view genre) {
  const auto* found = std::ranges::find(styles, genre, &Style::genre);
  return found == std::end(styles) ? styles[0] : *found;
}

std::vector<Role> usual_parts(std::string_view genre) {
  const auto parts = style_of(genre).parts;
  return {parts.begin(), parts.end()};
}

}  // namespace doodled::composing

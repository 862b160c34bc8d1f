#include "core/music/generate/drums.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "core/music/meter.hpp"

namespace doodled::generate {
namespace {

// One bar of 4/4 in sixteenths: X always and accented, x always, 7 5 3 1 by chance in tenths.
struct Row {
  int pitch;
  std::string_view steps;
};
struct Grid {
  std::string_view genre;
  std::array<Row, 5> rows;
};

constexpr Grid grids[] = {{"house",
                           {{{kick, "X...X...X...X..1"},
                             {clap, "....X.......X..."},
                             {closed_hat, "3.3.3.3.3.3.3.35"},
                             {open_hat, "..x...x...x...x."},
                             {shaker, "5353535353535353"}}}},
                          {"techno",
                           {{{kick, "X...X...X...X..."},
                             {clap, "....x.......x..1"},
                             {closed_hat, "5.xx5.xx5.xx5.xx"},
                             {rim, "...3..5...3....5"},
                             {ride, "..5...5...5...5."}}}},
                          {"hip_hop",
                           {{{kick, "X......53.X.3..1"},
                             {snare, "....X..1....X..3"},
                             {closed_hat, "x.x.x.x.x.x.x.x3"},
                             {open_hat, "......3.......5."},
                             {rim, "...1.....1......"}}}},
                          {"trap",
                           {{{kick, "X.....5...X..5.."},
                             {snare, "........X......."},
                             {clap, "........X......1"},
                             {closed_hat, "x3x3x3x5x3x3x5x5"},
                             {open_hat, "......3.......3."}}}},
                          {"drum_and_bass",
                           {{{kick, "X.........X....."},
                             {snare, "....X..3.1..X..3"},
                             {closed_hat, "x.x.x.x.x.x.x.x."},
                             {ride, "5.5.5.5.5.5.5.5."},
                             {open_hat, "..............3."}}}},
                          {"breakbeat",
                           {{{kick, "X.X......3X....1"},
                             {snare, "....X..x.x..X..3"},
                             {closed_hat, "x.x.x.x.x.x.x.x."},
                             {open_hat, "..........5....."},
                             {crash, "1..............."}}}},
                          {"rock",
                           {{{kick, "X.....3.X.5....."},
                             {snare, "....X.......X..1"},
                             {closed_hat, "x.x.x.x.x.x.x.x."},
                             {open_hat, "..............3."},
                             {crash, "3..............."}}}},
                          {"reggaeton",
                           {{{kick, "X...X...X...X..."},
                             {snare, "...x..x....x..x."},
                             {closed_hat, "5.5.5.5.5.5.5.5."},
                             {conga, "..3..3....3..3.."},
                             {shaker, "3535353535353535"}}}},
                          {"bossa_nova",
                           {{{kick, "X..xx..xX..xx..x"},
                             {rim, "x..x..x...x..x.."},
                             {closed_hat, "x.x.x.x.x.x.x.x."},
                             {shaker, "7373737373737373"},
                             {conga, "......3.......5."}}}},
                          {"afrobeat",
                           {{{kick, "X..5..x...X..5.."},
                             {snare, "....x..5..3.x..."},
                             {closed_hat, "x.xx.xx.x.xx.xx."},
                             {cowbell, "x.5.x.5xx.5.x.5."},
                             {shaker, "7575757575757575"}}}},
                          {"ambient",
                           {{{kick, "x.........3....."},
                             {rim, "......1.....3..."},
                             {closed_hat, "..3...3...3...3."},
                             {shaker, "3.1.3.1.3.1.3.1."},
                             {low_tom, ".......1......1."}}}}};

constexpr std::pair<std::string_view, std::string_view> other_names[] = {{"dnb", "drum_and_bass"},
                                                                         {"jungle", "drum_and_bass"},
                                                                         {"drum_n_bass", "drum_and_bass"},
                                                                         {"drum_bass", "drum_and_bass"},
                                                                         {"boom_bap", "hip_hop"},
                                                                         {"hiphop", "hip_hop"},
                                                                         {"lofi", "hip_hop"},
                                                                         {"lo_fi", "hip_hop"},
                                                                         {"rap", "hip_hop"},
                                                                         {"breaks", "breakbeat"},
                                                                         {"break", "breakbeat"},
                                                                         {"funk", "breakbeat"},
                                                                         {"four_on_the_floor", "house"},
                                                                         {"disco", "house"},
                                                                         {"dance", "house"},
                                                                         {"edm", "house"},
                                                                         {"deep_house", "house"},
                                                                         {"minimal", "techno"},
                                                                         {"acid", "techno"},
                                                                         {"trance", "techno"},
                                                                         {"dembow", "reggaeton"},
                                                                         {"latin", "reggaeton"},
                                                                         {"bossa", "bossa_nova"},
                                                                         {"jazz", "bossa_nova"},
                                                                         {"samba", "bossa_nova"},
                                                                         {"afro", "afrobeat"},
                                                                         {"pop", "rock"},
                                                                         {"indie", "rock"},
                                                                         {"punk", "rock"},
                                                                         {"metal", "rock"},
                                                                         {"drone", "ambient"},
                                                                         {"downtempo", "hip_hop"},
                                                                         {"trip_hop", "hip_hop"},
                                                                         {"electro", "breakbeat"},
                                                                         {"synthwave", "rock"},
                                                                         {"garage", "breakbeat"},
                                                                         {"dubstep", "trap"},
                                                                         {"drill", "trap"},
                                                                         {"reggae", "reggaeton"}};

constexpr auto genre_names = [] {
  std::array<std::string_view, std::size(grids)> names{};
  for (std::size_t i = 0; i < std::size(grids); ++i) names[i] = grids[i].genre;
  return names;
}();

constexpr std::pair<int, std::string_view> role_names[] = {{kick, "kick"},
                                                           {snare, "snare"},
                                                           {clap, "clap"},
                                                           {closed_hat, "closed_hat"},
                                                           {open_hat, "open_hat"},
                                                           {rim, "rim"},
                                                           {low_tom, "low_tom"},
                                                           {crash, "crash"},
                                                           {ride, "ride"},
                                                           {cowbell, "cowbell"},
                                                           {conga, "conga"},
                                                           {shaker, "shaker"},
                                                           {tambourine, "tambourine"}};

const Grid& grid_of(std::string_view genre) {
  const auto* found = std::ranges::find(grids, genre, &Grid::genre);
  return found == std::end(grids) ? grids[0] : *found;
}

// Which step of the 4/4 grid stands at each step of a bar: group starts take the beats of the grid in turn
// (downbeat, backbeat, ...), what lies between follows them.
std::vector<std::size_t> fitted(const Meter& meter) {
  std::vector<std::size_t> order;
  const auto beat_steps = static_cast<int>(std::max<Tick>(1, meter.beat() / meter.step()));
  std::size_t beat = 0;
  for (const int beats : beat_groups(meter)) {
    for (int inside = 0; inside < beats * beat_steps; ++inside)
      order.push_back(beat % 4 * 4 + static_cast<std::size_t>(inside % 4));
    ++beat;
  }
  return order;
}

double chance_of(char mark, double density) {
  if (mark == 'X' || mark == 'x') return 1;
  if (mark == '.') return 0;
  return std::clamp((mark - '0') / 10.0 * 2 * density, 0.0, 1.0);
}

int velocity_of(char mark, double weight, Random& random) {
  const int base = mark == 'X' ? 112 : mark == 'x' ? 92 : 62;
  return std::clamp(base + static_cast<int>(weight * 10) + random.below(9) - 4, 1, 127);
}

struct Bar {
  const Meter& meter;
  Tick start;
  double density;
};

void play_row(const Row& row, const std::vector<std::size_t>& order, const Bar& bar, std::vector<Note>& notes,
              Random& random) {
  for (std::size_t i = 0; i < order.size(); ++i) {
    const char mark = row.steps[order[i]];
    const bool strikes = random.unit() < chance_of(mark, bar.density);
    const int velocity = velocity_of(mark, metric_weight(bar.meter, static_cast<int>(i)), random);
    if (strikes)
      notes.push_back(
          {bar.start + static_cast<Tick>(i) * bar.meter.step(), bar.meter.step() / 2, row.pitch, velocity});
  }
}

// Snare, then toms, on every step of the last half bar, growing.
void play_fill(std::vector<Note>& notes, const Meter& meter, Tick end) {
  const int steps = std::max(1, meter.steps() / 2);
  const Tick from = end - steps * meter.step();
  std::erase_if(notes, [&](const Note& note) { return note.start >= from && note.pitch != kick; });
  for (int i = 0; i < steps; ++i)
    notes.push_back({from + i * meter.step(), meter.step() / 2, i < steps / 2 ? snare : low_tom,
                     std::min(127, 80 + 40 * i / steps)});
}

}  // namespace

std::span<const std::string_view> drum_genres() { return genre_names; }

std::optional<std::string_view> drum_genre_from_name(std::string_view name) {
  std::string wanted;
  for (const char c : name)
    wanted += c == ' ' || c == '-' || c == '&'
                  ? '_'
                  : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const auto* other = std::ranges::find(other_names, wanted, [](const auto& row) { return row.first; });
  if (other != std::end(other_names)) return other->second;
  const auto* genre = std::ranges::find(genre_names, wanted);
  return genre == genre_names.end() ? std::nullopt : std::optional(*genre);
}

std::vector<Note> drum_pattern(const DrumOptions& options, const Meter& meter, int bars, Random& random) {
  const auto order = fitted(meter);
  std::vector<Note> notes;
  for (int i = 0; i < bars; ++i)
    for (const auto& row : grid_of(options.genre).rows)
      play_row(row, order, {meter, i * meter.bar(), options.density}, notes, random);
  if (options.fill && bars > 0) play_fill(notes, meter, bars * meter.bar());
  std::ranges::stable_sort(notes, {}, [](const Note& n) { return std::pair(n.start, n.pitch); });
  return notes;
}

std::string_view drum_role(int pitch) {
  const auto* row = std::ranges::find(role_names, pitch, [](const auto& r) { return r.first; });
  return row == std::end(role_names) ? "drum" : row->second;
}

std::vector<Pad> kit_of(std::span<const Note> notes) {
  std::vector<Pad> pads;
  for (const auto& [pitch, role] : role_names) {
    const bool used =
        std::ranges::any_of(notes, [pitch = pitch](const Note& note) { return note.pitch == pitch; });
    if (!used || pads.size() == 16) continue;
    const std::string number = std::to_string(pads.size() + 1);
    pads.push_back({"A" + std::string(2 - number.size(), '0') + number, std::string(role), pitch});
  }
  return pads;
}

}  // namespace doodled::generate

// Step grids: columns are steps; rows are drums when there are few, else pitches.
#include "core/compose/drawing_parts.hpp"

namespace doodled::composing {
namespace {

constexpr int lowest_octave = 3, drum_channel = 10, columns_a_bar = 16;

struct Mark {
  Tick start;
  int column, row;
  Box box;
};

// Sixteen columns are a bar, and so are fewer: twelve are triplets. A grid of other widths fills whole bars.
int bars_of(const Grid& grid) {
  return std::max(1, static_cast<int>(std::lround(static_cast<double>(grid.columns) / columns_a_bar)));
}

Tick length_of(const Grid& grid) { return bars_of(grid) * columns_a_bar * ticks_per_step; }

Box cells_box(const Grid& grid, int column, int row, int columns) {
  const double width = grid.box.width / grid.columns, height = grid.box.height / grid.rows;
  return {grid.box.x + column * width, grid.box.y + (grid.rows - 1 - row) * height, columns * width, height};
}

// From left to right, in each column from the lowest row up.
std::vector<Mark> marks_of(const Grid& grid) {
  std::vector<Mark> marks;
  for (int column = 0; column < grid.columns; ++column)
    for (int row = 0; row < grid.rows; ++row)
      if (grid.cells[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] >= 0.5)
        marks.push_back(
            {column * length_of(grid) / grid.columns, column, row, cells_box(grid, column, row, 1)});
  return marks;
}

std::string cell_name(const Mark& mark) {
  return "step " + std::to_string(mark.column + 1) + " of row " + std::to_string(mark.row + 1);
}

std::string size_of(const Grid& grid) {
  return std::to_string(grid.columns) + " by " + std::to_string(grid.rows) + " cells";
}

// The marks of the first `pitches.size()` rows as the pattern of the track at `index`.
void add_pattern(Draft& draft, const Grid& grid, std::size_t index, const std::vector<int>& pitches,
                 std::string_view rule) {
  const std::string pointer = "/tracks/" + std::to_string(index) + "/patterns/0";
  Pattern pattern{"a", length_of(grid), {}, {}};
  const Tick gate = length_of(grid) / grid.columns * 3 / 4;
  for (const Mark& mark : marks_of(grid)) {
    const auto row = static_cast<std::size_t>(mark.row);
    if (row >= pitches.size()) continue;
    draft.explain(pointer + "/notes/" + std::to_string(pattern.notes.size()), mark.box, cell_name(mark),
                  rule);
    pattern.notes.push_back({mark.start, gate, pitches[row], mark.start % ticks_per_quarter == 0 ? 112 : 96});
  }
  draft.explain(pointer, grid.box, size_of(grid), rule);
  draft.session.tracks[index].patterns.push_back(std::move(pattern));
  play_in_section(draft, draft.session.tracks[index]);
}

}  // namespace

bool is_drum_grid(const Grid& grid) { return grid.rows <= static_cast<int>(rulebook().drums.size()); }

int default_bars(const Reading& reading) { return reading.grid ? bars_of(*reading.grid) : 1; }

void add_drum_grid(Draft& draft, const Grid& grid) {
  const std::size_t index = draft.session.tracks.size();
  const std::string pointer = "/tracks/" + std::to_string(index);
  Track drums{"drums", "Drums", Role::drums, drum_channel, std::nullopt, {}, {}};
  std::vector<int> pitches;
  for (int row = 0; row < grid.rows; ++row) {
    const DrumRule& rule = draft.rules.drums[static_cast<std::size_t>(row)];
    draft.explain(pointer + "/pads/" + std::to_string(row), cells_box(grid, 0, row, grid.columns),
                  "row " + std::to_string(row + 1), "grid-drums");
    drums.pads.push_back({rule.pad, rule.role, rule.pitch});
    pitches.push_back(rule.pitch);
  }
  draft.explain(pointer, grid.box, size_of(grid), "grid-drums");
  draft.session.tracks.push_back(std::move(drums));
  add_pattern(draft, grid, index, pitches, "grid-steps");
}

void add_kick_bass(Draft& draft, const Grid& grid) {
  add_pattern(draft, grid, draft.session.tracks.size() - 1,
              {scale_pitch(draft.session.key, 0, lowest_octave - 1)}, "kick-bass");
}

void add_pitch_grid(Draft& draft, const Grid& grid) {
  std::vector<int> pitches;
  for (int row = 0; row < grid.rows; ++row)
    pitches.push_back(scale_pitch(draft.session.key, row, lowest_octave));
  add_pattern(draft, grid, 0, pitches, "grid-steps");
}

}  // namespace doodled::composing

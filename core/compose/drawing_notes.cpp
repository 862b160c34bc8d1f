#include "core/compose/drawing_notes.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace doodled::composing {
namespace {

constexpr int lowest_octave = 3;
constexpr int most_voices = 3;
constexpr int most_in_a_row = 3;  // the idea document: "no more than three notes play consecutively"

// The rhythm of a shape class from its left edge on: x strikes, - holds, . rests. In the order of the enum.
constexpr std::array<std::string_view, 18> rhythms = {
    "x-",        // circle
    "x---",      // ellipse
    "xx.",       // triangle
    "x.",        // square
    "x...",      // rectangle
    "x-.",       // diamond
    "x.x-",      // polygon
    "x..x..x.",  // star
    "x-x.",      // line
    "x--",       // arc
    "x.xx",      // wave
    "xxx.",      // zigzag
    "x-.x-.",    // staircase
    "x-x-x.",    // spiral
    "",          // arrow: a cable, it does not sound
    "x",         // dot
    "xx..",      // hatching
    "x-.",       // other
};

struct Strike {
  int step, length;  // sixteenths
  int degree;
  int velocity;
  double weight;  // decides which voices stay
  Box box;
  std::string reading;
  std::string_view rule;
};

struct Frame {
  double left = 0, width = 1, top = 0, height = 1;
  double x(double page) const { return (page - left) / width; }
  double y(double page) const { return std::clamp((page - top) / height, 0.0, 1.0); }
};

// The drawing's own edges; at least 15 % of the page wide and 40 % high, so that one small mark stays a small
// gesture.
Frame frame_of(const Reading& reading) {
  double left = 1, right = 0, top = 1, bottom = 0;
  for (const auto& shape : reading.shapes) {
    if (shape.shape_class == ShapeClass::arrow) continue;
    left = std::min(left, shape.box.x), right = std::max(right, shape.box.x + shape.box.width);
    top = std::min(top, shape.box.y), bottom = std::max(bottom, shape.box.y + shape.box.height);
  }
  if (right <= left) return {};
  const double height = std::max(0.4, bottom - top);
  return {left, std::max(0.15, right - left), (top + bottom - height) / 2, height};
}

const doodled::Curve* curve_of(const Reading& reading, int shape) {
  const auto curve = std::ranges::find(reading.curves, shape, &doodled::Curve::shape);
  return curve == reading.curves.end() || curve->samples.empty() ? nullptr : &*curve;
}

// The height on the page where a vertical line at `x` first meets the outline from above.
double outline_top(const Shape& shape, double x) {
  double top = 2;
  const auto& points = shape.polygon;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Point a = points[i], b = points[(i + 1) % points.size()];
    if (x < std::min(a.x, b.x) || x > std::max(a.x, b.x)) continue;
    const double part = a.x == b.x ? 0 : (x - a.x) / (b.x - a.x);
    top = std::min(top, a.x == b.x ? std::min(a.y, b.y) : a.y + part * (b.y - a.y));
  }
  return top > 1 ? shape.box.y + shape.box.height / 2 : top;
}

double height_at(const Reading& reading, int index, double x) {
  const auto& shape = reading.shapes[static_cast<std::size_t>(index)];
  const auto* curve = curve_of(reading, index);
  if (!curve) return outline_top(shape, x);
  const double part = curve->box.width > 0 ? (x - curve->box.x) / curve->box.width : 0.5;
  const auto last = static_cast<double>(curve->samples.size() - 1);
  const auto sample =
      curve->samples[static_cast<std::size_t>(std::lround(std::clamp(part, 0.0, 1.0) * last))];
  return curve->box.y + curve->box.height * (1 - sample) / 2;
}

int scale_size(const Session& session) {
  const Scale* scale = find_scale(session.key.scale);
  return scale ? static_cast<int>(scale->intervals.size()) : 7;
}

int velocity_of(const Shape& shape) {
  const double dark = std::clamp(0.6 * shape.fill + 40 * shape.thickness, 0.0, 1.0);
  return 70 + static_cast<int>(std::lround(dark * 8)) * 5;
}

int hold_length(std::string_view rhythm, std::size_t at) {
  int length = 1;
  while (at + static_cast<std::size_t>(length) < rhythm.size() &&
         rhythm[at + static_cast<std::size_t>(length)] == '-')
    ++length;
  return length;
}

void strike_shape(const Draft& draft, int index, const Frame& frame, int steps,
                  std::vector<Strike>& strikes) {
  const auto& shape = draft.reading.shapes[static_cast<std::size_t>(index)];
  const auto rhythm = rhythms[static_cast<std::size_t>(shape.shape_class)];
  if (rhythm.empty()) return;
  const int first = std::clamp(static_cast<int>(std::lround(frame.x(shape.box.x) * steps)), 0, steps - 1);
  const int span = shape.shape_class == ShapeClass::dot
                       ? 1
                       : std::max(1, static_cast<int>(std::lround(shape.box.width / frame.width * steps)));
  const int end = std::min(steps, first + span);
  for (int step = first; step < end; ++step) {
    const auto at = static_cast<std::size_t>(step - first) % rhythm.size();
    if (rhythm[at] != 'x') continue;
    const double x = frame.left + (step + 0.5) / steps * frame.width;
    const double y =
        height_at(draft.reading, index, std::clamp(x, shape.box.x, shape.box.x + shape.box.width));
    const int degree = static_cast<int>(std::lround((1 - frame.y(y)) * 2 * scale_size(draft.session)));
    const Box slice{x - 0.5 * frame.width / steps, shape.box.y, frame.width / steps, shape.box.height};
    strikes.push_back({step, std::min(hold_length(rhythm, at), end - step), degree, velocity_of(shape),
                       shape.box.width * shape.box.height, slice,
                       std::string(to_string(shape.shape_class)) + ", " + per_cent(shape.confidence),
                       "shape-rhythm"});
  }
}

std::vector<Strike> strikes_of_shapes(const Draft& draft, int steps) {
  std::vector<Strike> strikes;
  const Frame frame = frame_of(draft.reading);
  for (std::size_t i = 0; i < draft.reading.shapes.size(); ++i)
    strike_shape(draft, static_cast<int>(i), frame, steps, strikes);
  return strikes;
}

std::vector<Strike> strikes_of_grid(const Grid& grid, int steps) {
  std::vector<Strike> strikes;
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) {
      const double full = grid.cells[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
      if (full < 0.5) continue;
      const int step = column * steps / grid.columns;
      const double width = grid.box.width / grid.columns, height = grid.box.height / grid.rows;
      strikes.push_back(
          {step,
           std::max(1, steps / grid.columns),
           row,
           80 + static_cast<int>(std::lround(full * 4)) * 8,
           full,
           {grid.box.x + column * width, grid.box.y + (grid.rows - 1 - row) * height, width, height},
           "cell " + std::to_string(column + 1) + " of row " + std::to_string(row + 1),
           "grid-steps"});
    }
  return strikes;
}

// Of the strikes at one step the heaviest stay, each degree once.
void limit_voices(std::vector<Strike>& strikes) {
  std::ranges::stable_sort(strikes, [](const Strike& a, const Strike& b) {
    return std::tuple(a.step, -a.weight, a.degree) < std::tuple(b.step, -b.weight, b.degree);
  });
  std::vector<Strike> kept;
  for (auto& strike : strikes) {
    const auto same_step = std::ranges::count(kept, strike.step, &Strike::step);
    const bool doubled = std::ranges::any_of(
        kept, [&](const Strike& k) { return k.step == strike.step && k.degree == strike.degree; });
    if (same_step < most_voices && !doubled) kept.push_back(std::move(strike));
  }
  strikes = std::move(kept);
}

// A fourth strike in a row is held over from the third instead of struck.
void break_runs(std::vector<Strike>& strikes) {
  std::map<int, int> run;  // step -> how many struck steps in a row end here
  std::vector<Strike> kept;
  for (auto& strike : strikes) {
    const auto before = run.find(strike.step - 1);
    const int length = before == run.end() ? 1 : before->second + 1;
    if (length > most_in_a_row) {
      for (auto& earlier : kept)
        if (earlier.step == strike.step - 1) earlier.length = std::max(earlier.length, 2);
      continue;
    }
    run[strike.step] = length;
    kept.push_back(std::move(strike));
  }
  strikes = std::move(kept);
}

// The lowest strike of step 0 becomes the root; where nothing strikes there, one is added.
void root_on_first_step(std::vector<Strike>& strikes, int octave_size) {
  const auto lowest =
      std::ranges::min_element(strikes, {}, [](const Strike& s) { return std::pair(s.step, s.degree); });
  if (lowest == strikes.end() || lowest->step != 0) {
    strikes.insert(strikes.begin(),
                   {0, 1, 0, 90, 1, whole_picture, "nothing at the left edge", "root-first"});
    return;
  }
  lowest->degree =
      static_cast<int>(std::lround(static_cast<double>(lowest->degree) / octave_size)) * octave_size;
  lowest->rule = "root-first";
}

Pattern to_pattern(Draft& draft, const std::vector<Strike>& strikes, int steps) {
  Pattern pattern{"a", steps * ticks_per_step, {}, {}};
  for (const auto& strike : strikes) {
    const int accent = strike.step % 4 == 0 ? 8 : 0;
    const int length = std::min(strike.length, steps - strike.step);
    const Tick gate = strike.length > 1 ? length * ticks_per_step : ticks_per_step * 3 / 4;
    draft.explain("/tracks/0/patterns/0/notes/" + std::to_string(pattern.notes.size()), strike.box,
                  strike.reading, strike.rule);
    pattern.notes.push_back({strike.step * ticks_per_step, gate,
                             scale_pitch(draft.session.key, strike.degree, lowest_octave),
                             std::min(127, strike.velocity + accent)});
  }
  return pattern;
}

// A note that is held into the next strike of its own pitch ends there.
void trim_held(Pattern& pattern) {
  std::map<int, Note*> last;
  for (auto& note : pattern.notes) {
    if (const auto held = last.find(note.pitch); held != last.end())
      held->second->duration = std::min(held->second->duration, note.start - held->second->start);
    last[note.pitch] = &note;
  }
}

}  // namespace

void add_drawn_pattern(Draft& draft) {
  const int bars = draft.options.bars.value_or(1), steps = 16 * bars;
  auto strikes =
      draft.reading.grid ? strikes_of_grid(*draft.reading.grid, steps) : strikes_of_shapes(draft, steps);
  limit_voices(strikes);
  if (!draft.reading.grid) {
    break_runs(strikes);
    root_on_first_step(strikes, scale_size(draft.session));
  }
  Pattern pattern = to_pattern(draft, strikes, steps);
  trim_held(pattern);
  draft.session.tracks.front().patterns.push_back(std::move(pattern));
  draft.session.arrangement = {{"A", bars, {{"lead", "a"}}}};
}

}  // namespace doodled::composing

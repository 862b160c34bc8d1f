// The foreground of a photograph as a lead: read from left to right, one bar's figure over the chords.
#include "core/base/random.hpp"
#include "core/compose/photo_parts.hpp"

namespace doodled::composing {
namespace {

constexpr int lead_octave = 4, bar_steps = 16, most_in_a_row = 3;

// Which steps of a bar are struck first when there are few strikes: beats, then eighths, then the rest.
constexpr std::array<int, bar_steps> priority{0, 12, 6, 8, 2, 14, 4, 10, 1, 13, 7, 9, 3, 15, 5, 11};

Patch lead_patch(const Draft& draft) {
  const auto& photo = draft.reading.photo;
  const auto& rules = draft.rules;
  Patch patch;
  patch.name = "Foreground";
  const Wave wave = photo.sharpness > sharp_edges  ? Wave::saw
                    : photo.sharpness > soft_edges ? Wave::square
                                                   : Wave::triangle;
  patch.oscillators = {{wave, 0, 1, 0}};
  patch.filter = {FilterType::lowpass,
                  std::round(std::min(20000.0, 1.6 * rules.value("photo cutoff", photo.luminance))),
                  rounded(rules.value("lead resonance", photo.sharpness), 2)};
  patch.envelope = {std::round(rules.value("lead attack", photo.sharpness)), 180, 0.5, 220};
  patch.drive = rounded(rules.value("lead drive", photo.sharpness), 2);
  patch.delay = rounded(rules.value("lead delay", photo.depth), 2);
  return patch;
}

// Below the horizon, else the lower half.
Box foreground(const PhotoFeatures& photo) {
  const double top = photo.horizon > 0 ? photo.horizon : 0.5;
  return {0, top, 1, 1 - top};
}

void explain_lead(Draft& draft, const std::string& track) {
  const auto& photo = draft.reading.photo;
  const std::string sharp = "sharpness " + per_cent(photo.sharpness);
  const Box front = foreground(photo);
  explain_all(
      draft, track,
      {{"", front, "foreground", "foreground-lead"},
       {"/patch/oscillators/0", front, sharp, "sharpness-lead"},
       {"/patch/filter/type", whole_picture, "luminance " + per_cent(photo.luminance), "luminance-cutoff"},
       {"/patch/filter/cutoff_hz", whole_picture, "luminance " + per_cent(photo.luminance),
        "luminance-cutoff"},
       {"/patch/filter/resonance", front, sharp, "sharpness-lead"},
       {"/patch/envelope", front, sharp, "sharpness-lead"},
       {"/patch/drive", front, sharp, "sharpness-lead"},
       {"/patch/noise", front, "the texture track has it", "sharpness-lead"},
       {"/patch/reverb", front, "the foreground is near", "depth-reverb"},
       {"/patch/delay", front, "depth " + per_cent(photo.depth), "depth-reverb"},
       {"/patterns/0", front, "from the left edge to the right", "cell-note"}});
}

constexpr std::size_t column_of(int step) {
  return static_cast<std::size_t>(std::min(2, step * 3 / bar_steps));
}

// Of the three cells above one another at a step the one towards which they lean.
std::size_t strongest_cell(const PhotoFeatures& photo, int step) {
  const auto column = column_of(step);
  return 3 * leaning(photo.cells[column], photo.cells[column + 3], photo.cells[column + 6]) + column;
}

// How full the column of cells is at a step.
double fullness_at(const PhotoFeatures& photo, int step) {
  const auto column = column_of(step);
  return (photo.cells[column] + photo.cells[column + 3] + photo.cells[column + 6]) / 3;
}

// On the eighth in which it lies.
const Point* focal_at(const PhotoFeatures& photo, int step) {
  for (const auto& point : photo.focal_points)
    if (2 * std::clamp(static_cast<int>(point.x * bar_steps / 2), 0, bar_steps / 2 - 1) == step)
      return &point;
  return nullptr;
}

double lightness_of(const std::array<int, 3>& rgb) {
  return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

// By how the sheet lies: a wide one goes up and down, a very wide one leaps, a tall one falls, one that is
// about square climbs.
std::array<int, 4> line_of(const Reading& reading) {
  constexpr double clear = 1.15, very = 1.7;  // no usual paper, sensor or screen is near them
  const double wide = static_cast<double>(reading.width) / std::max(1, reading.height);
  if (wide > very) return {0, 4, 2, 7};
  if (wide > clear) return {0, 2, 4, 2};
  return wide < 1 / clear ? std::array{4, 2, 1, 0} : std::array{0, 1, 2, 4};
}

// Without colours: higher for a cell that lies higher, and begun further on for one further right.
std::vector<int> cell_motif(const Reading& reading, std::size_t cell) {
  const auto line = line_of(reading);
  std::vector<int> motif;
  for (std::size_t i = 0; i < line.size(); ++i)
    motif.push_back(line[(i + cell % 3) % line.size()] + 2 - 2 * static_cast<int>(cell / 3));
  return motif;
}

// The colours of the picture as degrees, up from the darkest to the lightest and down again: the lighter the
// higher, in halves, beside the lightest of them, which more or less light does not move.
std::vector<int> colour_motif(const PhotoFeatures& photo) {
  std::vector<double> lights;
  for (const auto& colour : photo.palette) lights.push_back(lightness_of(colour));
  std::ranges::sort(lights);
  std::vector<int> motif;
  for (const double light : lights)
    motif.push_back(3 * static_cast<int>(std::lround(light / std::max(1.0, lights.back()) * 2)));
  for (std::size_t i = lights.size() - 1; i-- > 1;) motif.push_back(motif[i]);
  return motif;
}

struct Tune {
  std::vector<int> motif;
  std::string_view rule;
};

Tune tune_of(const Draft& draft, const ChordCell& chords) {
  const auto& reading = draft.reading;
  return reading.photo.palette.empty() ? Tune{cell_motif(reading, chords.cell), "page-tune"}
                                       : Tune{colour_motif(reading.photo), "cell-note"};
}

struct LeadNote {
  int step, degree, velocity;
  Box box;
  std::string reading;
  std::string_view rule;
};

// One of -1, 0, 1, by the session's seed and the step alone.
int ornament(const Draft& draft, int step) {
  return Random(part_seed(draft.options.seed, "lead " + std::to_string(step))).below(3) - 1;
}

LeadNote focal_note(const Draft& draft, const Point& focal, int step) {
  constexpr int heights = 4;
  const auto height = static_cast<int>(std::lround((1 - focal.y) * heights));
  const int degree = height * scale_size(draft.session.key) / heights;
  return {step, degree, 112, {focal.x - 0.05, focal.y - 0.05, 0.1, 0.1}, "focal point", "focal-note"};
}

LeadNote cell_note(const Draft& draft, int step, const Tune& tune) {
  const auto& photo = draft.reading.photo;
  const std::size_t cell = strongest_cell(photo, step);
  const int height = 4 - 4 * static_cast<int>(cell / 3);
  const int degree =
      tune.motif[static_cast<std::size_t>(step / 2) % tune.motif.size()] + height + ornament(draft, step);
  const int velocity = 70 + static_cast<int>(std::lround(fullness_at(photo, step) * 6)) * 5;
  return {step, degree, velocity, cell_box(cell), "cell energy " + per_cent(photo.cells[cell]), tune.rule};
}

// Fuller columns are struck more often, in a groove that follows how restless the picture is, three steps
// apart.
bool cell_strikes(const PhotoFeatures& photo, int step) {
  const double strikes = bar_steps * (0.04 + 0.72 * fullness_at(photo, step) + 0.1 * busyness(photo));
  const int shifted = (step + 3 * static_cast<int>(restlessness(photo))) % bar_steps;
  return priority[static_cast<std::size_t>(shifted)] < strikes;
}

std::vector<LeadNote> one_bar(const Draft& draft, const ChordCell& chords) {
  const auto& photo = draft.reading.photo;
  const auto tune = tune_of(draft, chords);
  std::vector<LeadNote> notes{{0, 0, 100, cell_box(strongest_cell(photo, 0)), "the left edge", "root-first"}};
  int run = 1;
  for (int step = 1; step < bar_steps; ++step) {
    const Point* focal = focal_at(photo, step);
    const bool strikes = run < most_in_a_row && (focal || cell_strikes(photo, step));
    run = strikes ? run + 1 : 0;
    if (strikes) notes.push_back(focal ? focal_note(draft, *focal, step) : cell_note(draft, step, tune));
  }
  return notes;
}

}  // namespace

void add_foreground_lead(Draft& draft, const ChordCell& chords, int bars) {
  auto& session = draft.session;
  const Tick bar = session.meter.bar();
  const std::string pointer = track_pointer(session);
  explain_lead(draft, pointer);
  Pattern pattern{"a", bars * bar, {}, {}};
  const auto figure = one_bar(draft, chords);
  const auto roots = progression(draft, chords);
  for (int i = 0; i < bars; ++i)
    for (const LeadNote& note : figure) {
      const int root = roots[static_cast<std::size_t>(i) % 4];
      const bool strong = note.step % 4 == 0 && (i > 0 || note.step > 0);
      const int degree = strong ? chord_degree(session.key, note.degree, root) : note.degree;
      draft.explain(pointer + "/patterns/0/notes/" + std::to_string(pattern.notes.size()), note.box,
                    note.reading, note.rule);
      pattern.notes.push_back({i * bar + note.step * ticks_per_step, ticks_per_step,
                               scale_pitch(session.key, degree, lead_octave), note.velocity});
    }
  session.tracks.push_back(
      {"lead_sequence", "Foreground lead", Role::lead, 1, lead_patch(draft), {}, {std::move(pattern)}});
}

}  // namespace doodled::composing

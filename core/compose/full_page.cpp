// A page so full of figures that no camera sees them twice alike: what is where on it, and how much, not
// what each figure is.
#include "core/compose/photo_parts.hpp"

namespace doodled::composing {
namespace {

constexpr std::size_t fewest = 28;    // figures
constexpr std::size_t per_arrow = 6;  // figures, at most, of a diagram: it is read by its arrows,
constexpr std::size_t most = 60;      // and of no more figures than so many
constexpr double heavy = 0.25;        // of all that is on the page, that its top holds more than its bottom

std::array<double, 3> rows_of(const PhotoFeatures& photo) {
  const auto& c = photo.cells;
  return {c[0] + c[1] + c[2], c[3] + c[4] + c[5], c[6] + c[7] + c[8]};
}

// A fifth up where the page leans up, down where it leans down.
int fifths(const PhotoFeatures& photo) {
  const auto [top, middle, bottom] = rows_of(photo);
  const double lean = (top - bottom) / std::max(1e-6, top + middle + bottom);
  return lean > heavy ? 1 : lean < -heavy ? -1 : 0;
}

// Full pages hardly lean anywhere, but each has a row that is least written on: its middle where the page is
// open down the middle, else its beginning. Of single cells two are often nearly as empty, of rows seldom.
std::size_t gap_cell(const PhotoFeatures& photo) {
  constexpr double open = 0.95;  // of what the outer columns hold
  const auto& c = photo.cells;
  const auto rows = rows_of(photo);
  const double middle = c[1] + c[4] + c[7], outer = rows[0] + rows[1] + rows[2] - middle;
  const auto row = static_cast<std::size_t>(std::ranges::min_element(rows) - rows.begin());
  return 3 * row + (2 * middle < open * outer ? 1 : 0);
}

void choose_key(Draft& draft) {
  if (draft.takes_asked(draft.options.key, draft.session.key, "/key")) return;
  const auto& rows = draft.rules.outline_scales;
  const auto row = std::min(restlessness(draft.reading.photo), rows.size() - 1);
  const int moved = fifths(draft.reading.photo);
  draft.session.key = {(rows[row].tonic + 7 * moved + 12) % 12, rows[row].scale};
  draft.explain("/key", whole_picture,
                "the page is " + per_cent(busyness(draft.reading.photo)) + " busy, " + std::to_string(moved) +
                    " fifths up",
                "page-key");
}

// Pages are busy in much the same way: what little they differ in is taken apart.
void choose_tempo(Draft& draft) {
  if (draft.takes_asked(draft.options.tempo_bpm, draft.session.tempo_bpm, "/tempo_bpm")) return;
  const double busy = draft.rules.part("busy page", motion(draft.reading.photo));
  draft.session.tempo_bpm = std::round(draft.rules.value("drawing tempo", busy));
  draft.explain("/tempo_bpm", whole_picture, per_cent(busy) + " as busy as pages are", "page-tempo");
}

void choose_swing(Draft& draft) {
  if (draft.takes_asked(draft.options.swing, draft.session.swing, "/swing")) return;
  const double right = draft.rules.part("page heavy right", draft.reading.photo.balance);
  draft.session.swing = rounded(draft.rules.value("drawing swing", right), 1);
  draft.explain("/swing", whole_picture, "weight " + per_cent(right) + " to the right", "page-swing");
}

}  // namespace

bool is_full_page(const Reading& reading) {
  return reading.kind == PictureKind::drawing && !reading.grid && reading.shapes.size() >= fewest &&
         reading.shapes.size() > std::min(most, per_arrow * reading.arrows.size());
}

// The lamp's colour is not the page's.
Reading without_colour(Reading reading) {
  reading.photo.saturation = 0, reading.photo.hue_degrees = 0;
  reading.photo.palette.clear();
  return reading;
}

void compose_full_page(Draft& draft) {
  draft.session.mode = "doodle";
  draft.session.title = "A full page";
  choose_key(draft);
  choose_tempo(draft);
  choose_swing(draft);
  add_photo_parts(draft, {gap_cell(draft.reading.photo), "the row that is least written on", "gap-chords"});
}

}  // namespace doodled::composing

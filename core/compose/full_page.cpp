// A page so full of figures that no camera sees them twice alike: what is where on it, and how much, not
// what each figure is.
#include "core/compose/photo_parts.hpp"

namespace doodled::composing {
namespace {

constexpr std::size_t fewest = 28;  // figures

void choose_key(Draft& draft) {
  if (draft.options.key) {
    draft.session.key = *draft.options.key;
    return draft.explain("/key", whole_picture, "asked for", "asked");
  }
  const auto& c = draft.reading.photo.cells;
  const std::size_t cell = leaning_cell(draft.reading.photo);
  const int fifths = std::clamp(tilt(c[0] + c[3] + c[6], c[1] + c[4] + c[7], c[2] + c[5] + c[8]), -1, 1);
  const auto& rows = draft.rules.outline_scales;
  const OutlineScale& row = rows[std::min(cell / 3, rows.size() - 1)];
  draft.session.key = {(row.tonic + 7 * fifths + 24) % 12, row.scale};
  draft.explain("/key", cell_box(cell), "the page leans here, " + std::to_string(fifths) + " fifths",
                "page-key");
}

}  // namespace

bool is_full_page(const Reading& reading) {
  return reading.kind == PictureKind::drawing && !reading.grid && reading.shapes.size() >= fewest;
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
  choose_photo_tempo(draft);
  add_photo_parts(draft);
}

}  // namespace doodled::composing

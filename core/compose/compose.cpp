#include "core/compose/compose.hpp"

#include <algorithm>
#include <array>

#include "core/compose/draft.hpp"
#include "core/compose/picture_band.hpp"
#include "core/compose/prompt_band.hpp"
#include "core/compose/reshape.hpp"

namespace doodled {
namespace {

using namespace composing;

bool reads_as_photo(const Reading& reading, std::string_view mode) {
  if (mode == "photo") return true;
  return mode != "doodle" && mode != "lfo" && reading.kind == PictureKind::photo;
}

// Stairs jump, waves and bows are smooth, what was drawn with corners stays straight.
Interpolation interpolation_of(const LfoShape& lfo) {
  constexpr std::array<std::string_view, 4> smooth = {"wave", "arc", "spiral", "circle"};
  if (lfo.name == "staircase") return Interpolation::step;
  return std::ranges::find(smooth, lfo.name) != smooth.end() ? Interpolation::smooth : Interpolation::linear;
}

void run_lfos(Session& session, const ComposeOptions& options) {
  for (auto& lfo : session.lfos) {
    lfo.interpolation = options.lfo_interpolation.value_or(interpolation_of(lfo));
    lfo.unipolar = options.lfo_unipolar.value_or(lfo.unipolar);
    if (options.lfo_beats)
      lfo.cycle =
          std::max<Tick>(60, std::llround(*options.lfo_beats * static_cast<double>(session.meter.beat())));
    if (options.lfo_seconds) lfo.seconds = *options.lfo_seconds;
  }
}

// In mode 'lfo' the first drawn function is also what the first oscillator sounds like.
void sound_as_wavetable(Draft& draft) {
  auto& session = draft.session;
  if (session.lfos.empty() || !session.tracks.front().patch) return;
  session.tracks.front().patch->oscillators.front().wave = Wave::wavetable;
  draft.explain("/tracks/0/patch/oscillators/0/wave", whole_picture, "one cycle is the first line",
                "line-wavetable");
}

bool reads_as_page(const Reading& reading, std::string_view mode) {
  return mode == "auto" && is_full_page(reading);
}

// The picture by itself: as a photograph, a full page or a drawing.
void compose_picture(Draft& draft) {
  const auto& mode = draft.options.mode;
  const bool photo = reads_as_photo(draft.reading, mode);
  if (photo)
    compose_photo(draft);
  else if (reads_as_page(draft.reading, mode))
    compose_full_page(draft);
  else
    compose_drawing(draft);
  if (mode == "macros" || photo) add_cell_macros(draft);
  if (mode == "macros" || mode == "lfo") draft.session.mode = mode;
  if (mode == "lfo") sound_as_wavetable(draft);
  if (draft.options.scale && !draft.options.key) set_scale(draft.session, *draft.options.scale);
  if (draft.options.meter) fit_to_meter(draft.session, *draft.options.meter);
  run_lfos(draft.session, draft.options);
}

// The modes that show the picture as it is take the options that none of their rules asks for here.
void apply_options(Draft& draft) {
  if (!draft.options.parts.empty()) choose_parts(draft);
  if (draft.options.density) change_density(draft.session, *draft.options.density);
}

void finish(Session& session, const ComposeOptions& options) {
  session.seed = options.seed;
  session.swing = options.swing.value_or(session.swing);
  session.provenance = {"builtin", std::string(composer_version), options.image_sha256, {}};
}

}  // namespace

Result<Session> compose(const Reading& reading, const ComposeOptions& asked) {
  const Wish wish = wish_from(asked.prompt);
  const ComposeOptions options = with_wish(asked, wish);
  if (!needs_picture(options.mode)) {
    auto session = compose_prompt(options, wish);
    if (session) finish(*session, options);
    return session;
  }
  if (reading.kind == PictureKind::nothing)
    return Error{"nothing_found",
                 reading.advice.empty() ? "nothing was found in the picture" : reading.advice};
  const auto page =
      reads_as_page(reading, options.mode) ? std::optional(without_colour(reading)) : std::nullopt;
  Draft draft{page ? *page : reading, options, {}};
  compose_picture(draft);
  if (options.mode == "arrangement")
    arrange_picture(draft, wish);
  else if (options.mode == "mpc")
    picture_for_mpc(draft, wish);
  else
    apply_options(draft);
  explain_wish(draft.session, wish);
  finish(draft.session, options);
  return std::move(draft.session);
}

}  // namespace doodled

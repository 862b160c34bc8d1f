#include "core/compose/picture_band.hpp"

#include <algorithm>
#include <cmath>

#include "core/compose/prompt_band.hpp"
#include "core/compose/reshape.hpp"
#include "core/compose/styles.hpp"

namespace doodled::composing {
namespace {

// The widest line of the picture; of a photograph without lines its columns from left to right.
std::vector<double> contour_of(const Reading& reading) {
  const auto widest =
      std::ranges::max_element(reading.curves, {}, [](const doodled::Curve& c) { return c.box.width; });
  if (widest != reading.curves.end() && widest->samples.size() >= 2) return widest->samples;
  std::vector<double> columns;
  for (int i = 0; i < 16; ++i)
    columns.push_back(rounded(2 * energy_between(reading, i / 16.0, (i + 1) / 16.0) - 1, 3));
  return columns;
}

// A photograph's movement and a drawing's ink and corners choose the genre.
std::string genre_of(const Draft& draft) {
  if (draft.options.style) return *draft.options.style;
  const auto& photo = draft.reading.photo;
  const double tempo = draft.session.tempo_bpm;
  if (tempo < 84) return photo.texture > 0.5 ? "hip_hop" : "ambient";
  if (tempo < 104) return photo.warmth > 0.5 ? "afrobeat" : "hip_hop";
  if (tempo < 122) return photo.warmth > 0.5 ? "house" : "breakbeat";
  return photo.luminance < 0.45 ? "techno" : "house";
}

double column_of_cells(const PhotoFeatures& photo, double x) {
  const double place = std::clamp(x * 3 - 0.5, 0.0, 2.0);
  const auto left = static_cast<std::size_t>(place), right = std::min<std::size_t>(2, left + 1);
  const auto column = [&](std::size_t c) {
    return (photo.cells[c] + photo.cells[c + 3] + photo.cells[c + 6]) / 3;
  };
  const double part = place - std::floor(place);
  return column(left) * (1 - part) + column(right) * part;
}

double overlap(double a_from, double a_until, double b_from, double b_until) {
  return std::max(0.0, std::min(a_until, b_until) - std::max(a_from, b_from));
}

double drawn_between(const Reading& reading, double left, double right) {
  double drawn = 0;
  for (const auto& shape : reading.shapes) {
    const double width = std::max(0.01, shape.box.width);
    const double share = overlap(left, right, shape.box.x, shape.box.x + width) / (right - left);
    drawn += share * (0.25 + 0.5 * shape.box.height + 0.25 * shape.fill);
  }
  return std::clamp(drawn, 0.0, 1.0);
}

// Energies differ little in most pictures; the form needs them from quiet to full.
void spread_out(std::vector<double>& energies) {
  const double lowest = std::ranges::min(energies), highest = std::ranges::max(energies);
  for (double& energy : energies)
    energy = highest - lowest < 0.02 ? 0.7 : 0.15 + 0.85 * (energy - lowest) / (highest - lowest);
}

std::vector<SectionPlan> form_of(const Reading& reading, int bars) {
  const int count = sections_for(bars);
  std::vector<double> energies;
  for (int i = 0; i < count; ++i)
    energies.push_back(
        energy_between(reading, static_cast<double>(i) / count, static_cast<double>(i + 1) / count));
  spread_out(energies);
  return plan_form(bars, energies);
}

const Track* track_with(const Session& session, Role role) {
  const auto track = std::ranges::find(session.tracks, role, &Track::role);
  return track == session.tracks.end() || track->patterns.empty() || track->patterns.front().notes.empty()
             ? nullptr
             : &*track;
}

// The band's track of a role plays what the picture itself gave, in every section where it plays.
void play_given(Session& band, const Session& picture, Role role) {
  const Track* given = track_with(picture, role);
  const auto place = std::ranges::find(band.tracks, role, &Track::role);
  if (!given || place == band.tracks.end()) return;
  const auto from = static_cast<std::size_t>(given - picture.tracks.data());
  const auto to = static_cast<std::size_t>(place - band.tracks.begin());
  const std::string id = place->id;
  const int channel = place->channel;
  *place = *given;
  place->id = id;
  place->channel = channel;
  if (place->patch)
    std::erase_if(place->patch->modulation, [](const Modulation& m) { return m.source.starts_with("lfo_"); });
  for (auto& section : band.arrangement)
    for (auto& part : section.parts)
      if (part.track == id) part.pattern = place->patterns.front().id;
  const std::string old_pointer = "/tracks/" + std::to_string(from);
  for (const auto& evidence : picture.evidence) {
    const bool of_lfo = evidence.pointer.find("/modulation") != std::string::npos;
    if (of_lfo || (evidence.pointer != old_pointer && !evidence.pointer.starts_with(old_pointer + "/")))
      continue;
    band.evidence.push_back(evidence);
    band.evidence.back().pointer =
        "/tracks/" + std::to_string(to) + evidence.pointer.substr(old_pointer.size());
  }
}

// Key, tempo and title are the picture's.
void keep_frame(Session& band, const Session& picture) {
  band.title = picture.title;
  for (const auto& evidence : picture.evidence)
    if (evidence.pointer.starts_with("/key") || evidence.pointer.starts_with("/tempo"))
      band.evidence.push_back(evidence);
}

void explain_form(Draft& draft, const std::vector<SectionPlan>& form) {
  for (std::size_t i = 0; i < form.size(); ++i)
    draft.explain("/arrangement/" + std::to_string(i), form[i].box,
                  form[i].name + ": " + per_cent(form[i].energy) + " of what there is to see",
                  "picture-form");
}

void explain_parts(Draft& draft) {
  const auto& session = draft.session;
  for (std::size_t i = 0; i < session.tracks.size(); ++i) {
    const std::string pointer = "/tracks/" + std::to_string(i);
    const bool known =
        std::ranges::any_of(session.evidence, [&](const Evidence& e) { return e.pointer == pointer; });
    if (!known) draft.explain(pointer, whole_picture, "mood and movement of the picture", "picture-band");
  }
}

// The band that the options, the words and the picture ask for, in this order.
Brief asked_brief(const Draft& draft, const Wish& wish, std::vector<Role> usual) {
  Brief brief = brief_from_picture(draft);
  apply_moods(brief, wish);
  brief.chords = wish.chords;
  brief.parts = asked_parts(draft.options, wish, std::move(usual));
  return brief;
}

}  // namespace

double energy_between(const Reading& reading, double left, double right) {
  if (reading.kind != PictureKind::photo && !reading.shapes.empty())
    return drawn_between(reading, left, right);
  const auto& photo = reading.photo;
  double focal = 0;
  for (const auto& point : photo.focal_points)
    if (point.x >= left && point.x < right) focal += 0.2;
  return std::clamp(column_of_cells(photo, (left + right) / 2) + std::min(0.4, focal), 0.0, 1.0);
}

Brief brief_from_picture(const Draft& draft) {
  const auto& photo = draft.reading.photo;
  const auto& session = draft.session;
  const bool drawn = draft.reading.kind != PictureKind::photo;
  const double ink = std::clamp(std::sqrt(draft.reading.ink / 0.25), 0.0, 1.0);
  Brief brief;
  brief.key = session.key;
  brief.tempo_bpm = session.tempo_bpm;
  brief.meter = session.meter;
  brief.genre = genre_of(draft);
  brief.swing = draft.options.swing.value_or(style_of(brief.genre).swing);
  brief.brightness = drawn ? 0.3 + 0.5 * ink : photo.luminance;
  brief.density = draft.options.density.value_or(drawn ? ink : 0.3 + 0.6 * photo.texture);
  brief.space = drawn ? 1 - ink : std::max(photo.depth, 0.2);
  brief.grain = drawn ? 0.5 * ink : photo.texture;
  brief.chord_size = style_of(brief.genre).chord_size;
  brief.contour = contour_of(draft.reading);
  brief.expressive = draft.options.device != "mpc" && draft.options.device != "general_midi";
  brief.seed = draft.options.seed;
  return brief;
}

void arrange_picture(Draft& draft, const Wish& wish) {
  const Session picture = std::move(draft.session);
  draft.session = picture;
  const Brief brief = asked_brief(draft, wish, {Role::drums, Role::bass, Role::pad, Role::lead});
  const auto form = form_of(draft.reading, draft.options.bars.value_or(64));
  draft.session = play_band(brief, form);
  draft.session.mode = "arrangement";
  keep_frame(draft.session, picture);
  play_given(draft.session, picture, Role::lead);
  if (draft.reading.grid) play_given(draft.session, picture, Role::drums);
  explain_form(draft, form);
  explain_parts(draft);
}

void picture_for_mpc(Draft& draft, const Wish& wish) {
  const Session picture = std::move(draft.session);
  draft.session = picture;
  const Brief brief = asked_brief(draft, wish, {Role::drums, Role::bass, Role::chords, Role::lead});
  const int bars = draft.options.bars.value_or(4);
  draft.session = play_band(brief, {{"A", bars, 0.75, whole_picture}});
  draft.session.mode = "mpc";
  keep_frame(draft.session, picture);
  play_given(draft.session, picture, Role::lead);
  if (draft.reading.grid && track_with(picture, Role::drums))  // hats alone are no kit
    play_given(draft.session, picture, Role::drums);
  else
    add_picture_drums(draft, bars);
  add_q_links(draft);
  explain_parts(draft);
}

}  // namespace doodled::composing

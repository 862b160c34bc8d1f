// A drawing: what it is as a whole - key, tempo, title - and which parts it gets.
#include <map>

#include "core/compose/drawing_parts.hpp"

namespace doodled::composing {
namespace {

int spread(const std::array<int, 3>& rgb) { return std::ranges::max(rgb) - std::ranges::min(rgb); }

// What the pen takes least of is well below what it takes most of, however faint it is; white chalk on a
// board in lamp light has some colour, too.
bool is_coloured(const std::array<int, 3>& rgb) {
  constexpr int least = 40;
  constexpr double least_share = 0.28;  // blue-black ballpoints have up to 0.23
  return spread(rgb) >= least && spread(rgb) >= least_share * (255 - std::ranges::min(rgb));
}

// 0 red, 1 yellow, 2 green, 3 cyan, 4 blue, 5 magenta.
std::size_t pen_of(const std::array<int, 3>& rgb) {
  const double r = rgb[0], g = rgb[1], b = rgb[2], range = spread(rgb);
  const double most = std::max({r, g, b});
  const double sixth = most == r ? (g - b) / range : most == g ? 2 + (b - r) / range : 4 + (r - g) / range;
  return static_cast<std::size_t>((std::lround(sixth) + 6) % 6);
}

const Figure* largest_coloured(const Figures& figures) {
  const Figure* found = nullptr;
  for (const Figure& figure : figures.all())
    if (is_coloured(figure.shape->colour) && (!found || figure.area() > found->area())) found = &figure;
  return found;
}

const OutlineScale& scale_of(const Draft& draft, const Figures& figures) {
  const auto& rows = draft.rules.outline_scales;
  const auto row =
      std::ranges::find_if(rows, [&](const OutlineScale& r) { return figures.roundness() >= r.from; });
  return row == rows.end() ? rows.back() : *row;
}

void choose_tonic(Draft& draft, const Figures& figures) {
  constexpr std::array<const char*, 6> pens{"red", "yellow", "green", "cyan", "blue", "magenta"};
  Key& key = draft.session.key;
  if (const Figure* coloured = largest_coloured(figures)) {
    const std::size_t pen = pen_of(coloured->shape->colour);
    key.tonic = draft.rules.pen_tonics[pen];
    draft.explain("/key/tonic", figures.region(*coloured), "a " + std::string(pens[pen]) + " pen",
                  "pen-tonic");
  } else {
    key.tonic = scale_of(draft, figures).tonic;
    draft.explain("/key/tonic", figures.frame(), "a grey pen, " + per_cent(figures.roundness()) + " round",
                  "outline-tonic");
  }
}

void choose_scale(Draft& draft, const Figures& figures) {
  draft.session.key.scale = scale_of(draft, figures).scale;
  draft.explain("/key/scale", figures.frame(), per_cent(figures.roundness()) + " round", "outline-scale");
}

void choose_key(Draft& draft, const Figures& figures) {
  if (draft.takes_asked(draft.options.key, draft.session.key, "/key")) return;
  choose_tonic(draft, figures);
  choose_scale(draft, figures);
}

void choose_tempo(Draft& draft, const Figures& figures) {
  if (draft.takes_asked(draft.options.tempo_bpm, draft.session.tempo_bpm, "/tempo_bpm")) return;
  const double hurried = 0.6 * (1 - figures.wide()) + 0.3 * figures.tall() + 0.1 * figures.corners();
  draft.session.tempo_bpm =
      std::round(draft.rules.value("drawing tempo", draft.rules.part("hurried", hurried)));
  draft.explain("/tempo_bpm", figures.frame(),
                "wide " + per_cent(figures.wide()) + ", tall " + per_cent(figures.tall()) + ", corners " +
                    per_cent(figures.corners()) + " sharp",
                "lines-tempo");
}

void choose_swing(Draft& draft, const Figures& figures) {
  if (draft.takes_asked(draft.options.swing, draft.session.swing, "/swing")) return;
  const double swung = 0.4 * figures.weight() + 0.2 * figures.lift() + 0.4 * figures.flare();
  draft.session.swing = rounded(draft.rules.value("drawing swing", draft.rules.part("swung", swung)), 1);
  draft.explain("/swing", figures.frame(),
                "weight " + per_cent(figures.weight()) + " to the right, " + per_cent(figures.lift()) +
                    " to the top, height " + per_cent(figures.flare()) + " to the right",
                "weight-swing");
}

std::string title_of(const Reading& reading) {
  std::map<std::string_view, int> counts;
  for (const auto& shape : reading.shapes) ++counts[to_string(shape.shape_class)];
  std::string title;
  for (const auto& [name, count] : counts) {
    if (title.size() > 60) break;
    title += (title.empty() ? "" : ", ") + (count > 1 ? std::to_string(count) + " " : std::string()) +
             std::string(name);
  }
  return title.empty() ? "Drawing" : "Drawing: " + title;
}

// The track that carries the drawn patch, its LFOs and its cables.
void add_voice(Draft& draft, const Figures& figures, const std::string& name, Role role) {
  const std::string pointer = track_pointer(draft.session);
  const std::string id = role == Role::bass ? "bass" : "lead";
  draft.session.tracks.push_back({id, name, role, 1, drawn_patch(draft, figures, pointer), {}, {}});
  add_modulation(draft, figures, id, pointer, *draft.session.tracks.back().patch);
  draft.explain(pointer, figures.frame(), "the drawing", "drawing-lead");
}

}  // namespace

void play_in_section(Draft& draft, const Track& track) {
  draft.session.arrangement.front().parts.push_back({track.id, track.patterns.front().id});
}

void compose_drawing(Draft& draft) {
  const Figures figures(draft.reading, draft.rules);
  const int bars = draft.options.bars.value_or(default_bars(draft.reading));
  auto& session = draft.session;
  session.mode = "doodle";
  session.title = title_of(draft.reading);
  session.arrangement = {{"A", bars, {}}};
  choose_key(draft, figures);
  choose_tempo(draft, figures);
  const auto& grid = draft.reading.grid;
  if (!grid) choose_swing(draft, figures);
  if (grid && is_drum_grid(*grid)) {
    add_drum_grid(draft, *grid);
    add_voice(draft, figures, "Bass", Role::bass);
    add_kick_bass(draft, *grid);
    return;
  }
  add_voice(draft, figures, "Lead", Role::lead);
  if (grid) return add_pitch_grid(draft, *grid);
  add_lead_pattern(draft, figures, bars);
  add_bass(draft, figures, bars);
  add_pad(draft, figures, bars);
  add_hats(draft, figures, bars);
}

}  // namespace doodled::composing

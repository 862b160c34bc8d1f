// A drawing: patch and modulation. Its notes are in drawing_notes.cpp.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/compose/draft.hpp"
#include "core/compose/drawing_notes.hpp"

namespace doodled::composing {
namespace {

// What a shape class means; one row a class, in the order of the enum. See config/prompts/rules.md.
struct Meaning {
  Wave wave;
  bool angular;
  Parameter drawn_target;  // what the shape moves when it is read as an LFO
  Parameter arrow_target;  // what an arrow that ends on it changes
};

constexpr std::array<Meaning, 18> meanings{{
    {Wave::sine, false, Parameter::cutoff, Parameter::cutoff},       // circle
    {Wave::sine, false, Parameter::cutoff, Parameter::cutoff},       // ellipse
    {Wave::saw, true, Parameter::resonance, Parameter::resonance},   // triangle
    {Wave::square, true, Parameter::level, Parameter::level},        // square
    {Wave::square, true, Parameter::level, Parameter::level},        // rectangle
    {Wave::square, true, Parameter::pan, Parameter::pan},            // diamond
    {Wave::triangle, true, Parameter::detune, Parameter::detune},    // polygon
    {Wave::saw, true, Parameter::drive, Parameter::drive},           // star
    {Wave::triangle, false, Parameter::cutoff, Parameter::pitch},    // line
    {Wave::triangle, false, Parameter::level, Parameter::level},     // arc
    {Wave::sine, false, Parameter::cutoff, Parameter::pitch},        // wave
    {Wave::saw, true, Parameter::resonance, Parameter::pitch},       // zigzag
    {Wave::square, true, Parameter::wave_mix, Parameter::wave_mix},  // staircase
    {Wave::sine, false, Parameter::pan, Parameter::pan},             // spiral
    {Wave::saw, true, Parameter::cutoff, Parameter::cutoff},         // arrow
    {Wave::triangle, false, Parameter::level, Parameter::attack},    // dot
    {Wave::noise, true, Parameter::noise, Parameter::noise},         // hatching
    {Wave::triangle, false, Parameter::cutoff, Parameter::cutoff},   // other
}};

const Meaning& meaning(const Shape& shape) { return meanings[static_cast<std::size_t>(shape.shape_class)]; }

double area(const Shape& shape) { return std::max(0.0005, shape.box.width * shape.box.height); }

std::string named(const Shape& shape) {
  return std::string(to_string(shape.shape_class)) + ", " + per_cent(shape.confidence);
}

// Share of the drawn area whose shapes have corners, 0..1.
double angularity(const Reading& reading) {
  double angular = 0, all = 0;
  for (const auto& shape : reading.shapes) {
    all += area(shape);
    if (meaning(shape).angular) angular += area(shape);
  }
  return all > 0 ? angular / all : 0.5;
}

// How dark the drawing is: a quarter of the page in ink counts as full.
double density(const Reading& reading) { return std::clamp(std::sqrt(reading.ink / 0.25), 0.0, 1.0); }

double shading(const Reading& reading) {
  double shaded = 0;
  for (const auto& shape : reading.shapes)
    shaded = std::max(
        shaded, shape.shape_class == ShapeClass::hatching ? 0.8 : shape.fill * (area(shape) > 0.005 ? 1 : 0));
  return std::clamp(shaded, 0.0, 1.0);
}

// The waves of the largest shapes, each once, at most three; level by area.
void choose_oscillators(Draft& draft, Patch& patch) {
  std::vector<std::size_t> order(draft.reading.shapes.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](std::size_t i) { return area(draft.reading.shapes[i]); });
  std::set<Wave> used;
  for (const auto i : order) {
    const auto& shape = draft.reading.shapes[i];
    if (patch.oscillators.size() == 3) break;
    if (shape.shape_class == ShapeClass::arrow || !used.insert(meaning(shape).wave).second) continue;
    const double level = patch.oscillators.empty()
                             ? 1
                             : rounded(std::sqrt(area(shape) / area(draft.reading.shapes[order.front()])), 2);
    const int number = static_cast<int>(patch.oscillators.size());
    patch.oscillators.push_back({meaning(shape).wave, number * 7.0, std::clamp(level, 0.1, 1.0), 0});
    draft.explain("/tracks/0/patch/oscillators/" + std::to_string(number), shape.box, named(shape),
                  "shape-wave");
  }
  if (patch.oscillators.empty()) patch.oscillators.push_back({Wave::triangle, 0, 1, 0});
}

void choose_filter(Draft& draft, Patch& patch) {
  const double dark = density(draft.reading), corners = angularity(draft.reading);
  patch.filter = {FilterType::lowpass, std::round(mix_ratio(400, 12000, 0.7 * dark + 0.3 * corners)),
                  rounded(mix(0.1, 0.75, corners), 2)};
  draft.explain("/tracks/0/patch/filter/cutoff_hz", whole_picture,
                "ink covers " + per_cent(draft.reading.ink) + " of the page", "density-cutoff");
  draft.explain("/tracks/0/patch/filter/resonance", whole_picture,
                per_cent(corners) + " of the drawing has corners", "corners-resonance");
  patch.drive = rounded(mix(0, 0.8, shading(draft.reading)), 2);
  patch.noise = rounded(mix(0, 0.3, std::max(0.0, shading(draft.reading) - 0.4) / 0.6), 2);
  draft.explain("/tracks/0/patch/drive", whole_picture, "shaded " + per_cent(shading(draft.reading)),
                "shading-drive");
}

// The widest drawn line read as loudness over time: its peak gives the attack, its middle the sustain, its
// end the release.
void choose_envelope(Draft& draft, Patch& patch) {
  const auto& curves = draft.reading.curves;
  const auto widest =
      std::ranges::max_element(curves, {}, [](const doodled::Curve& c) { return c.box.width; });
  if (widest == curves.end() || widest->samples.empty()) {
    const double corners = angularity(draft.reading);
    patch.envelope = {std::round(mix_ratio(180, 3, corners)), std::round(mix_ratio(600, 120, corners)),
                      rounded(mix(0.85, 0.5, corners), 2), std::round(mix_ratio(900, 120, corners))};
    draft.explain("/tracks/0/patch/envelope", whole_picture,
                  per_cent(corners) + " of the drawing has corners", "corners-envelope");
    return;
  }
  const auto& samples = widest->samples;
  const auto size = static_cast<double>(samples.size());
  const auto peak = static_cast<double>(std::ranges::max_element(samples) - samples.begin()) / size;
  const double middle = samples[samples.size() / 2], last = samples.back();
  patch.envelope = {std::round(mix_ratio(2, 800, peak)), std::round(mix_ratio(60, 1200, 1 - peak)),
                    rounded(std::clamp((middle + 1) / 2, 0.1, 1.0), 2),
                    std::round(mix_ratio(60, 2000, (last + 1) / 2))};
  draft.explain("/tracks/0/patch/envelope", widest->box, "peak at " + per_cent(peak) + " of the line",
                "line-envelope");
}

// 'lfo_1', 'lfo_2', ...; the key is the index of the shape that was read as a function.
std::map<int, std::string> add_lfos(Draft& draft) {
  std::map<int, std::string> ids;
  auto& lfos = draft.session.lfos;
  for (const auto& curve : draft.reading.curves) {
    if (lfos.size() == 8) break;
    const auto shape = curve.shape >= 0
                           ? std::optional(draft.reading.shapes.at(static_cast<std::size_t>(curve.shape)))
                           : std::nullopt;
    const std::string id = "lfo_" + std::to_string(lfos.size() + 1);
    LfoShape lfo{id,
                 shape ? std::string(to_string(shape->shape_class)) : "line",
                 {},
                 draft.session.meter.bar(),
                 "lead",
                 shape ? meaning(*shape).drawn_target : Parameter::cutoff,
                 rounded(mix(0.15, 0.7, curve.box.height), 2)};
    for (const double sample : curve.samples)
      lfo.samples.push_back(rounded(std::clamp(sample, -1.0, 1.0), 4));
    draft.explain("/lfos/" + std::to_string(lfos.size()), curve.box,
                  "line of " + std::to_string(curve.samples.size()) + " points", "line-lfo");
    lfos.push_back(std::move(lfo));
    if (curve.shape >= 0) ids.emplace(curve.shape, id);
  }
  return ids;
}

std::string source_of(const Reading& reading, int index, const std::map<int, std::string>& lfo_ids) {
  if (const auto lfo = lfo_ids.find(index); lfo != lfo_ids.end()) return lfo->second;
  const auto shape_class = reading.shapes[static_cast<std::size_t>(index)].shape_class;
  if (shape_class == ShapeClass::dot) return "velocity";
  if (shape_class == ShapeClass::hatching) return "noise";
  return "envelope";
}

void add_modulation(Draft& draft, Patch& patch, const std::map<int, std::string>& lfo_ids) {
  const auto& reading = draft.reading;
  for (const auto& arrow : reading.arrows) {
    if (arrow.from < 0 || arrow.to < 0 || patch.modulation.size() == 64) continue;
    const auto& from = reading.shapes[static_cast<std::size_t>(arrow.from)];
    const auto& to = reading.shapes[static_cast<std::size_t>(arrow.to)];
    const std::string source = source_of(reading, arrow.from, lfo_ids);
    const Parameter destination = meaning(to).arrow_target;
    const double depth = rounded(std::clamp(arrow.depth * 2, 0.05, 1.0), 2);
    patch.modulation.push_back({source, destination, depth});
    const auto lfo = std::ranges::find(draft.session.lfos, source, &LfoShape::id);
    if (lfo != draft.session.lfos.end()) lfo->parameter = destination, lfo->depth = depth;
    const Box box = arrow.shape >= 0 ? reading.shapes[static_cast<std::size_t>(arrow.shape)].box : to.box;
    draft.explain("/tracks/0/patch/modulation/" + std::to_string(patch.modulation.size() - 1), box,
                  "arrow from " + std::string(to_string(from.shape_class)) + " to " +
                      std::string(to_string(to.shape_class)),
                  "arrow-modulation");
  }
}

// Pens with colour give the tonic by hue; black and grey pens by how much of the drawing has corners.
Key choose_key(const Reading& reading, const ComposeOptions& options) {
  if (options.key) return *options.key;
  constexpr std::array<int, 4> tonics = {0, 9, 4, 2};  // C A E D: open strings and easy keys
  const double corners = angularity(reading);
  const double saturation = reading.photo.saturation;
  const int tonic = saturation > 0.08 ? tonic_of_hue(reading.photo.hue_degrees)
                                      : tonics[static_cast<std::size_t>(std::min(3.0, corners * 4))];
  if (corners > 0.66) return {tonic, "phrygian"};
  if (corners > 0.33) return {tonic, "minor_pentatonic"};
  return {tonic, "major_pentatonic"};
}

double choose_tempo(const Reading& reading, const ComposeOptions& options) {
  if (options.tempo_bpm) return *options.tempo_bpm;
  const double busy = std::min(1.0, static_cast<double>(reading.shapes.size()) / 12);
  return std::round(mix(76, 138, 0.6 * angularity(reading) + 0.4 * busy));
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

}  // namespace

void compose_drawing(Draft& draft) {
  auto& session = draft.session;
  session.mode = "doodle";
  session.title = title_of(draft.reading);
  session.key = choose_key(draft.reading, draft.options);
  session.tempo_bpm = choose_tempo(draft.reading, draft.options);
  session.tracks.push_back({"lead", "Lead", Role::lead, 1, Patch{}, {}, {}});
  draft.explain("/key", whole_picture, per_cent(angularity(draft.reading)) + " of the drawing has corners",
                "corners-scale");
  draft.explain("/tempo_bpm", whole_picture, std::to_string(draft.reading.shapes.size()) + " shapes",
                "shapes-tempo");
  draft.explain("/tracks/0", whole_picture, "the drawing", "drawing-lead");
  Patch patch;
  patch.name = "Drawn";
  choose_oscillators(draft, patch);
  choose_filter(draft, patch);
  choose_envelope(draft, patch);
  const auto lfo_ids = add_lfos(draft);
  add_modulation(draft, patch, lfo_ids);
  session.tracks.front().patch = std::move(patch);
  add_drawn_pattern(draft);
}

}  // namespace doodled::composing

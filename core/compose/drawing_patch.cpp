// The sound of a drawing.
#include <algorithm>
#include <map>
#include <numeric>
#include <span>

#include "core/compose/drawing_parts.hpp"

namespace doodled::composing {
namespace {

// All figures of one wave together.
struct Voice {
  Wave wave;
  double strength = 0;   // root of the sum of squared extents; later as a share of the strongest voice
  double sharpness = 0;  // mean of the figures, by their squared extents
  const Figure* largest = nullptr;
  bool rough = false;  // what an uneven hand adds
};

std::vector<Voice> voices_of(const Draft& draft, const Figures& figures) {
  std::map<Wave, Voice> voices;
  for (const Figure& figure : figures.all()) {
    const Wave wave = draft.rules.figure(figure.shape->shape_class).wave;
    Voice& voice = voices.try_emplace(wave, Voice{wave}).first->second;
    const double before = voice.strength * voice.strength, more = figure.extent() * figure.extent();
    voice.sharpness = (before * voice.sharpness + more * figure.sharpness) / std::max(1e-12, before + more);
    voice.strength = std::sqrt(before + more);
    if (!voice.largest || figure.extent() > voice.largest->extent()) voice.largest = &figure;
  }
  std::vector<Voice> all;
  double most = 1e-6;
  for (const auto& [wave, voice] : voices) all.push_back(voice), most = std::max(most, voice.strength);
  for (Voice& voice : all) voice.strength /= most;
  return all;
}

// What corners add to a line's wave; its levels go from soft to sharp without a step.
void add_saw(Draft& draft, const Voice& line, std::vector<Voice>& voices) {
  const double strength = line.strength * draft.rules.value("line saw", line.sharpness);
  const auto saw = std::ranges::find(voices, Wave::saw, &Voice::wave);
  if (saw == voices.end())
    voices.push_back({Wave::saw, strength, 0, line.largest});
  else
    saw->strength = std::max(saw->strength, strength);
}

// What an uneven hand adds to a wave that is alone; its level goes from clean to rough without a step.
void add_rough(Draft& draft, const Figures& figures, std::vector<Voice>& voices) {
  const auto rough = draft.rules.rough.find(voices.front().wave);
  if (rough == draft.rules.rough.end()) return;
  const double strength = draft.rules.value("rough wave", figures.uneven());
  voices.push_back({rough->second, strength, 0, voices.front().largest, true});
}

// Small figures add no wave: another photograph often shows them otherwise. The softest comes first, so that
// of two figures of one size none is ahead by a hair.
std::vector<Voice> heard_voices(Draft& draft, const Figures& figures) {
  constexpr double heard = 0.6;
  auto voices = voices_of(draft, figures);
  std::erase_if(voices, [](const Voice& voice) { return voice.strength < heard; });
  if (const auto line = std::ranges::find(voices, Wave::triangle, &Voice::wave); line != voices.end())
    add_saw(draft, Voice(*line), voices);
  std::ranges::sort(voices, {}, &Voice::wave);
  voices.resize(std::min<std::size_t>(voices.size(), 3));
  if (voices.size() == 1) add_rough(draft, figures, voices);
  return voices;
}

void choose_oscillators(Draft& draft, const Figures& figures, const std::string& track, Patch& patch) {
  for (const Voice& voice : heard_voices(draft, figures)) {
    const auto number = patch.oscillators.size();
    const double detune = draft.rules.value("drawing detune", figures.uneven());
    // 0 - detune, as the negative of nothing is told as "-0".
    patch.oscillators.push_back(
        {voice.wave, rounded(number % 2 ? 7 + detune : 0 - detune, 1), rounded(voice.strength, 2), 0});
    draft.explain(track + "/patch/oscillators/" + std::to_string(number), figures.region(*voice.largest),
                  voice.rough ? "uneven " + per_cent(figures.uneven()) : named(*voice.largest->shape),
                  voice.rough ? "hand-rough" : "shape-wave");
  }
  if (!patch.oscillators.empty()) return;
  patch.oscillators.push_back({Wave::triangle, 0, 1, 0});
  draft.explain(track + "/patch/oscillators/0", whole_picture, "no figure", "shape-wave");
}

void choose_filter(Draft& draft, const Figures& figures, const std::string& track, Patch& patch) {
  const double open = 0.4 * figures.density() + 0.4 * figures.corners() + 0.2 * figures.lift();
  patch.filter = {FilterType::lowpass, std::round(draft.rules.value("drawing cutoff", open)),
                  rounded(draft.rules.value("drawing resonance", figures.corners()), 2)};
  draft.explain(track + "/patch/filter/type", figures.frame(), "a drawing", "density-cutoff");
  draft.explain(track + "/patch/filter/cutoff_hz", figures.frame(),
                "ink " + per_cent(figures.density()) + ", corners " + per_cent(figures.corners()) +
                    ", weight " + per_cent(figures.lift()) + " to the top",
                "density-cutoff");
  draft.explain(track + "/patch/filter/resonance", figures.frame(),
                "corners " + per_cent(figures.corners()) + " sharp", "corners-resonance");
}

const Figure* most_shaded(const Figures& figures) {
  const auto found = std::ranges::max_element(figures.all(), {}, &Figure::shade);
  return found == figures.all().end() || found->shade() <= 0 ? nullptr : &*found;
}

void choose_dirt(Draft& draft, const Figures& figures, const std::string& track, Patch& patch) {
  const double dark = std::max(figures.shading(), 0.35 * figures.density());
  patch.drive = rounded(draft.rules.value("drawing drive", dark), 2);
  patch.noise = rounded(draft.rules.value("drawing noise", (figures.shading() - 0.4) / 0.6), 2);
  const Figure* shaded = most_shaded(figures);
  const auto region = shaded ? figures.region(*shaded) : figures.frame();
  draft.explain(track + "/patch/drive", region,
                "shaded " + per_cent(figures.shading()) + ", ink " + per_cent(figures.density()),
                "shading-drive");
  draft.explain(track + "/patch/noise", region, "shaded " + per_cent(figures.shading()), "shading-drive");
}

// How many more figures there are of the class that is drawn most often.
int repeats(const Figures& figures) {
  std::map<ShapeClass, int> counts;
  int most = 1;
  for (const Figure& figure : figures.all()) most = std::max(most, ++counts[figure.shape->shape_class]);
  return most - 1;
}

void choose_space(Draft& draft, const Figures& figures, const std::string& track, Patch& patch) {
  const double empty = 1 - figures.width() * figures.height();
  patch.reverb = rounded(draft.rules.value("drawing reverb", empty), 2);
  patch.delay = rounded(draft.rules.value("drawing delay", repeats(figures) / 5.0), 2);
  draft.explain(track + "/patch/reverb", figures.frame(),
                per_cent(empty) + " of the page is around the drawing", "space-reverb");
  draft.explain(track + "/patch/delay", figures.frame(),
                std::to_string(repeats(figures)) + " repeated figures", "repeat-delay");
}

double mean(std::span<const double> values) {
  return values.empty()
             ? 0
             : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// A line's heights above its own lowest point, 0..1, from left to right.
std::vector<double> levels_of(const Figure& line) {
  constexpr int count = 48;
  std::vector<double> levels;
  for (int i = 0; i < count; ++i) {
    const double from = line.left + line.width() * i / count, to = line.left + line.width() * (i + 1) / count;
    levels.push_back(
        std::clamp((line.bottom - line.upper(from, to)) / std::max(line.height(), 0.04), 0.0, 1.0));
  }
  return levels;
}

// Where the weight of the line lies, 0 left .. 1 right. The flatter it is, the nearer to its middle: which
// end of a level line is a hair higher says nothing.
double centre_of(const std::vector<double>& levels) {
  const double flat = 1 - std::ranges::max(levels);
  double sum = 0, moment = 0;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    sum += levels[i] + flat;
    moment += (levels[i] + flat) * (static_cast<double>(i) + 0.5) / static_cast<double>(levels.size());
  }
  return moment / sum;
}

// Means over parts of the line, so that it does not matter which of two peaks is a hair higher.
void envelope_of_line(Draft& draft, const Figures& figures, const std::string& track, const Figure& line,
                      Patch& patch) {
  const auto levels = levels_of(line);
  const std::span<const double> all(levels);
  const double centre = centre_of(levels), late = std::clamp((centre - 0.2) / 0.6, 0.0, 1.0);
  patch.envelope = {std::round(draft.rules.value("line attack", late)),
                    std::round(draft.rules.value("line decay", 1 - late)),
                    rounded(draft.rules.value("line sustain", mean(all)), 2),
                    std::round(draft.rules.value("line release", mean(all.last(all.size() / 4))))};
  draft.explain(track + "/patch/envelope", figures.region(line), "its weight lies at " + per_cent(centre),
                "line-envelope");
}

void envelope_of_corners(Draft& draft, const Figures& figures, const std::string& track, Patch& patch) {
  const double pluck = 0.7 * figures.corners() + 0.3 * (1 - figures.high());
  patch.envelope = {std::round(draft.rules.value("corners attack", pluck)),
                    std::round(draft.rules.value("corners decay", pluck)),
                    rounded(draft.rules.value("corners sustain", pluck), 2),
                    std::round(draft.rules.value("corners release", pluck))};
  draft.explain(track + "/patch/envelope", figures.frame(),
                "corners " + per_cent(figures.corners()) + " sharp, high " + per_cent(figures.high()),
                "corners-envelope");
}

// The widest line that can be read as a function, if it is half as wide as the drawing.
const Figure* widest_line(const Figures& figures) {
  const Figure* widest = nullptr;
  for (const auto& curve : figures.reading().curves)
    for (const Figure& figure : figures.all())
      if (figure.index == curve.shape && figure.width() >= 0.5 &&
          (!widest || figure.width() > widest->width()))
        widest = &figure;
  return widest;
}

void choose_envelope(Draft& draft, const Figures& figures, const std::string& track, Patch& patch) {
  if (const Figure* line = widest_line(figures))
    envelope_of_line(draft, figures, track, *line, patch);
  else
    envelope_of_corners(draft, figures, track, patch);
}

}  // namespace

Patch drawn_patch(Draft& draft, const Figures& figures, const std::string& track) {
  Patch patch;
  patch.name = "Drawn";
  choose_oscillators(draft, figures, track, patch);
  choose_filter(draft, figures, track, patch);
  choose_dirt(draft, figures, track, patch);
  choose_space(draft, figures, track, patch);
  choose_envelope(draft, figures, track, patch);
  return patch;
}

}  // namespace doodled::composing

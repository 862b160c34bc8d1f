// What an MPC has and a band has not: pads read from the rows of a picture, and Q-Links.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/compose/picture_band.hpp"
#include "core/music/generate/drums.hpp"
#include "core/music/generate/rhythm.hpp"
#include "core/music/meter.hpp"

namespace doodled::composing {
namespace {

using namespace generate;

// The ground of the picture is the kick, its middle the snare, its top the hats.
struct PadRow {
  std::size_t row;  // of the nine cells, from the top
  int pitch;
  std::string_view pad, name;
  double least, most;  // strikes a bar of sixteen steps
};
constexpr std::array<PadRow, 4> pad_rows = {{{2, kick, "A01", "kick", 2, 6},
                                             {1, snare, "A02", "snare", 1, 4},
                                             {0, closed_hat, "A03", "closed_hat", 4, 14},
                                             {0, open_hat, "A04", "open_hat", 1, 3}}};

double row_energy(const Reading& reading, std::size_t row) {
  const auto& cells = reading.photo.cells;
  return (cells[row * 3] + cells[row * 3 + 1] + cells[row * 3 + 2]) / 3;
}

std::size_t fullest_column(const Reading& reading, std::size_t row) {
  const auto first = reading.photo.cells.begin() + static_cast<std::ptrdiff_t>(row * 3);
  return static_cast<std::size_t>(std::max_element(first, first + 3) - first);
}

// Kicks start on the bar line, snares on the second beat; hats turn with the fullest cell of their row.
int rotation_of(const PadRow& pad, const Reading& reading, const Meter& meter) {
  const int beat = static_cast<int>(meter.beat() / meter.step());
  if (pad.pitch == kick) return 0;
  if (pad.pitch == snare) return beat;
  return static_cast<int>(fullest_column(reading, pad.row)) + (pad.pitch == open_hat ? beat / 2 : 0);
}

std::vector<Note> strikes_of(const PadRow& pad, const Draft& draft, int bars) {
  const Meter& meter = draft.session.meter;
  const double energy = row_energy(draft.reading, pad.row);
  const double scale = meter.steps() / 16.0;
  const int pulses =
      std::max(1, static_cast<int>(std::lround((pad.least + (pad.most - pad.least) * energy) * scale)));
  const auto rhythm = euclid(meter.steps(), pulses, rotation_of(pad, draft.reading, meter));
  std::vector<Note> notes;
  for (int step = 0; step < bars * meter.steps(); ++step) {
    const int inside = step % meter.steps();
    if (!rhythm[static_cast<std::size_t>(inside)]) continue;
    const int velocity = 72 + static_cast<int>(std::lround(24 * metric_weight(meter, inside) + 24 * energy));
    notes.push_back({step * meter.step(), meter.step() / 2, pad.pitch, std::min(127, velocity)});
  }
  return notes;
}

}  // namespace

void add_picture_drums(Draft& draft, int bars) {
  auto& session = draft.session;
  const auto track = std::ranges::find(session.tracks, Role::drums, &Track::role);
  if (track == session.tracks.end()) return;
  const std::string pointer = "/tracks/" + std::to_string(track - session.tracks.begin());
  auto& pattern = track->patterns.front();
  const int pattern_bars = std::min(bars, static_cast<int>(pattern.length / session.meter.bar()));
  pattern.notes.clear();
  track->name = "Drum program";
  track->pads.clear();
  for (const auto& pad : pad_rows) {
    const Box row{0, static_cast<double>(pad.row) / 3, 1, 1.0 / 3};
    draft.explain(pointer + "/pads/" + std::to_string(track->pads.size()), row,
                  "energy " + per_cent(row_energy(draft.reading, pad.row)), "rows-pads");
    track->pads.push_back({std::string(pad.pad), std::string(pad.name), pad.pitch});
    auto notes = strikes_of(pad, draft, pattern_bars);
    pattern.notes.insert(pattern.notes.end(), notes.begin(), notes.end());
  }
  std::ranges::stable_sort(pattern.notes, {}, [](const Note& n) { return std::pair(n.start, n.pitch); });
}

void add_q_links(Draft& draft) {
  struct QLink {
    std::string_view name;
    int cc;
    Parameter parameter;
    double value;
  };
  auto& session = draft.session;
  const auto track = std::ranges::find_if(session.tracks, [](const Track& t) { return t.patch.has_value(); });
  if (track == session.tracks.end()) return;
  const auto& photo = draft.reading.photo;
  const std::array<QLink, 4> links = {
      {{"Filter cutoff", 74, Parameter::cutoff, to_unit(Parameter::cutoff, track->patch->filter.cutoff_hz)},
       {"Resonance", 71, Parameter::resonance, track->patch->filter.resonance},
       {"Wave mix", 20, Parameter::wave_mix, photo.texture},
       {"Reverb", 91, Parameter::reverb, track->patch->reverb}}};
  for (const auto& link : links) {
    const std::string pointer = "/macros/" + std::to_string(session.macros.size());
    session.macros.push_back({"macro_" + std::to_string(session.macros.size() + 1),
                              std::string(link.name),
                              "q_link",
                              0,
                              rounded(std::clamp(link.value, 0.0, 1.0)),
                              link.cc,
                              track->id,
                              {}});
    draft.explain(pointer, whole_picture, std::string(info(link.parameter).name) + " of " + track->name,
                  "q-links");
  }
}

}  // namespace doodled::composing

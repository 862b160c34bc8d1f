#include "core/compose/band_patches.hpp"

#include <cmath>

#include "core/compose/draft.hpp"

namespace doodled::composing {
namespace {

double blend(double low, double high, double part) { return low + (high - low) * part; }
double blend_ratio(double low, double high, double part) { return low * std::pow(high / low, part); }

Patch bass_patch(const Brief& brief) {
  Patch patch;
  patch.oscillators = {{brief.grain > 0.5 ? Wave::saw : Wave::square, 0, 1, -1}, {Wave::sine, 0, 0.8, -2}};
  patch.filter = {FilterType::lowpass, std::round(blend_ratio(180, 2400, brief.brightness)), 0.2};
  patch.envelope = {4, 160, 0.7, 90};
  patch.drive = rounded(0.15 + 0.4 * brief.grain, 2);
  return patch;
}

Patch pad_sound(const Brief& brief) {
  Patch patch;
  patch.oscillators = {{brief.brightness > 0.5 ? Wave::saw : Wave::triangle, -7, 0.9, 0},
                       {Wave::saw, 7, 0.6, 0}};
  patch.filter = {FilterType::lowpass, std::round(blend_ratio(350, 9000, brief.brightness)), 0.15};
  patch.envelope = {std::round(blend_ratio(60, 1200, brief.space)), 500, 0.8,
                    std::round(blend_ratio(400, 4000, brief.space))};
  patch.reverb = rounded(blend(0.2, 0.85, brief.space), 2);
  return patch;
}

Patch chords_patch(const Brief& brief) {
  Patch patch;
  patch.oscillators = {{Wave::saw, -5, 0.8, 0}, {Wave::square, 5, 0.5, 0}};
  patch.filter = {FilterType::lowpass, std::round(blend_ratio(500, 9000, brief.brightness)), 0.25};
  patch.envelope = {3, 220, 0.35, 180};
  patch.reverb = rounded(0.5 * brief.space, 2);
  patch.delay = rounded(0.3 * brief.space, 2);
  return patch;
}

Patch lead_sound(const Brief& brief) {
  Patch patch;
  patch.oscillators = {{brief.brightness > 0.6   ? Wave::saw
                        : brief.brightness > 0.3 ? Wave::square
                                                 : Wave::triangle,
                        0, 1, 0}};
  patch.filter = {FilterType::lowpass, std::round(blend_ratio(900, 14000, brief.brightness)), 0.3};
  patch.envelope = {8, 180, 0.6, 220};
  patch.delay = rounded(blend(0.05, 0.5, brief.space), 2);
  patch.reverb = rounded(0.4 * brief.space, 2);
  return patch;
}

Patch arpeggio_patch(const Brief& brief) {
  Patch patch;
  patch.oscillators = {{Wave::square, 0, 1, 0}, {Wave::saw, 4, 0.4, 1}};
  patch.filter = {FilterType::lowpass, std::round(blend_ratio(700, 11000, brief.brightness)), 0.45};
  patch.envelope = {2, 110, 0.1, 90};
  patch.delay = rounded(0.15 + 0.4 * brief.space, 2);
  return patch;
}

Patch texture_patch(const Brief& brief) {
  Patch patch;
  patch.oscillators = {{Wave::noise, 0, rounded(blend(0.15, 0.8, brief.grain), 2), 0}};
  patch.noise = rounded(blend(0.2, 1, brief.grain), 2);
  patch.filter = {FilterType::bandpass, std::round(blend_ratio(500, 7000, brief.brightness)), 0.35};
  patch.envelope = {900, 400, 0.7, 1500};
  patch.reverb = rounded(blend(0.3, 0.9, brief.space), 2);
  patch.modulation = {{"lfo_1", Parameter::cutoff, 0.5}};
  return patch;
}

}  // namespace

Patch patch_for(Role role, const Brief& brief) {
  switch (role) {
    case Role::bass:
      return bass_patch(brief);
    case Role::pad:
      return pad_sound(brief);
    case Role::chords:
      return chords_patch(brief);
    case Role::arpeggio:
      return arpeggio_patch(brief);
    case Role::texture:
      return texture_patch(brief);
    default:
      return lead_sound(brief);
  }
}

}  // namespace doodled::composing

// What must stay when one page is photographed twice.
#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "tests/bench/composition/distance.hpp"

namespace doodled::bench {
namespace {

using Place = std::tuple<std::string, Tick, int, Tick>;

std::map<Place, int> places(const Session& session, int& count) {
  std::map<Place, int> notes;
  for (const auto& track : session.tracks)
    for (const auto& pattern : track.patterns)
      for (const auto& note : pattern.notes)
        ++notes[{track.id + "/" + pattern.id, note.start, note.pitch, note.duration}], ++count;
  return notes;
}

// A quarter of the parameter's range, so that a value at the edge of a class is not two classes by a hair.
bool apart(Parameter parameter, double a, double b) {
  return std::abs(to_unit(parameter, a) - to_unit(parameter, b)) > 0.125;
}

std::string values_apart(const Patch& a, const Patch& b) {
  if (apart(Parameter::cutoff, a.filter.cutoff_hz, b.filter.cutoff_hz)) return "cutoff";
  if (apart(Parameter::resonance, a.filter.resonance, b.filter.resonance)) return "resonance";
  if (apart(Parameter::attack, a.envelope.attack_ms, b.envelope.attack_ms)) return "attack";
  if (apart(Parameter::decay, a.envelope.decay_ms, b.envelope.decay_ms)) return "decay";
  if (apart(Parameter::sustain, a.envelope.sustain, b.envelope.sustain)) return "sustain";
  if (apart(Parameter::release, a.envelope.release_ms, b.envelope.release_ms)) return "release";
  if (apart(Parameter::drive, a.drive, b.drive)) return "drive";
  if (apart(Parameter::noise, a.noise, b.noise)) return "noise";
  if (apart(Parameter::reverb, a.reverb, b.reverb)) return "reverb";
  if (apart(Parameter::delay, a.delay, b.delay)) return "delay";
  return {};
}

std::string patch_apart(const Patch& a, const Patch& b) {
  const auto wave = [](const Oscillator& x, const Oscillator& y) {
    return x.wave == y.wave && x.octave == y.octave;
  };
  const auto route = [](const Modulation& x, const Modulation& y) {
    return x.source == y.source && x.destination == y.destination;
  };
  if (!std::ranges::equal(a.oscillators, b.oscillators, wave)) return "oscillators";
  if (a.filter.type != b.filter.type) return "filter type";
  if (!std::ranges::equal(a.modulation, b.modulation, route)) return "modulation";
  return values_apart(a, b);
}

}  // namespace

double same_notes(const Session& a, const Session& b) {
  int count_a = 0, count_b = 0, same = 0;
  const auto one = places(a, count_a), other = places(b, count_b);
  for (const auto& [place, count] : one)
    if (const auto match = other.find(place); match != other.end()) same += std::min(count, match->second);
  const int longer = std::max(count_a, count_b);
  return longer > 0 ? static_cast<double>(same) / longer : 1;
}

std::string patch_difference(const Session& a, const Session& b) {
  if (a.tracks.size() != b.tracks.size()) return "number of tracks";
  if (!(a.key == b.key)) return "key";
  for (std::size_t i = 0; i < a.tracks.size(); ++i) {
    const Track &one = a.tracks[i], &other = b.tracks[i];
    if (one.role != other.role || one.patch.has_value() != other.patch.has_value()) return one.id + ": role";
    if (!one.patch) continue;
    if (auto apart_in = patch_apart(*one.patch, *other.patch); !apart_in.empty())
      return one.id + ": " + apart_in;
  }
  return {};
}

}  // namespace doodled::bench

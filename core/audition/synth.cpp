#include "core/audition/synth.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/audition/envelope.hpp"
#include "core/audition/filter.hpp"
#include "core/audition/oscillator.hpp"
#include "core/audition/space.hpp"
#include "core/base/random.hpp"
#include "core/music/lfo.hpp"

namespace doodled::audition {
namespace {

constexpr std::size_t block = 32;  // samples between two looks at the parameters
constexpr std::size_t most_voices = 24;
constexpr double voice_gain = 0.2;

// What all parameters are at one time, 0..1; those that nobody sets rest where they change nothing.
class Controls {
 public:
  Controls() {
    values_.fill(0);
    at(Parameter::level) = 0.8;
    at(Parameter::pan) = at(Parameter::pitch) = at(Parameter::wave_mix) = 0.5;
    at(Parameter::detune) = 0.5;
  }
  double& at(Parameter parameter) { return values_[static_cast<std::size_t>(parameter)]; }
  double unit(Parameter parameter) const { return values_[static_cast<std::size_t>(parameter)]; }
  // In the parameter's unit, moved by `by` on the 0..1 scale.
  double value(Parameter parameter, double by = 0) const {
    return from_unit(parameter, std::clamp(unit(parameter) + by, 0.0, 1.0));
  }

 private:
  std::array<double, parameter_count> values_{};
};

// How far the matrix moves each parameter; one set for the whole track, one more for each voice.
class Shifts {
 public:
  void add(Parameter parameter, double amount) { values_[static_cast<std::size_t>(parameter)] += amount; }
  double operator[](Parameter parameter) const { return values_[static_cast<std::size_t>(parameter)]; }

 private:
  std::array<double, parameter_count> values_{};
};

// What one key does while it sounds; pressure and timbre rest in the middle of their effect.
struct KeyState {
  double bend = 0;  // semitones
  double pressure = 0.5, timbre = 0.5;
};

struct Voice {
  KeyState key;
  int pitch = 60;
  double velocity = 1;  // 0..1
  bool held = true;
  AdsrEnvelope envelope;
  StateVariableFilter filter;
  std::array<double, 4> phases{};
};

class PatchPlayer {
 public:
  PatchPlayer(const Session& session, const Timeline& timeline, std::size_t index)
      : session_(session),
        timeline_(timeline),
        index_(index),
        patch_(*session.tracks[index].patch),
        samples_a_tick_(tick_ns(timeline.tempo_bpm) / 1e9 * sample_rate),
        random_(part_seed(session.seed, session.tracks[index].id)),
        echo_(static_cast<std::size_t>(0.75 * ticks_per_quarter * samples_a_tick_)) {
    for (const auto& oscillator : patch_.oscillators) tables_.push_back(table_of(oscillator.wave));
  }

  void play(std::vector<float>& mix, const std::stop_token& stop) {
    for (std::size_t at = 0; at < mix.size() / 2 && !stop.stop_requested(); at += block) {
      take_events(at);
      play_block(mix, at, std::min(block, mix.size() / 2 - at));
    }
  }

 private:
  // A drawn wave is the first curve that the session drew for this track, else the first of all.
  WaveTable table_of(Wave wave) const {
    if (wave != Wave::wavetable || session_.lfos.empty())
      return WaveTable(audition::partials_of(wave == Wave::wavetable ? Wave::saw : wave));
    const auto own = std::ranges::find(session_.lfos, session_.tracks[index_].id, &LfoShape::track);
    const auto& curve = own != session_.lfos.end() ? *own : session_.lfos.front();
    const auto cycle = resampled_cycle(curve.samples, 2048);
    return WaveTable(doodled::partials_of(std::vector<double>(cycle.begin(), cycle.end())));
  }

  void take_events(std::size_t sample) {
    const double until = static_cast<double>(sample + block);
    for (; next_ < timeline_.events.size(); ++next_) {
      const auto& event = timeline_.events[next_];
      if (static_cast<double>(event.tick) * samples_a_tick_ >= until) return;
      if (event.track != index_) continue;
      if (const auto* on = std::get_if<NoteOn>(&event.body))
        begin(*on);
      else if (const auto* off = std::get_if<NoteOff>(&event.body))
        end(off->pitch);
      else if (const auto* moved = std::get_if<NoteExpression>(&event.body))
        express(*moved);
      else if (const auto* change = std::get_if<ParameterChange>(&event.body))
        controls_.at(change->parameter) = change->value;
    }
  }

  void begin(const NoteOn& note) {
    if (voices_.size() == most_voices) voices_.erase(voices_.begin());
    Voice voice;
    voice.pitch = note.pitch;
    voice.velocity = note.velocity / 127.0;
    voice.key = std::exchange(coming_[note.pitch & 127], {});
    for (auto& phase : voice.phases) phase = random_.unit();
    voices_.push_back(voice);
  }

  // Expression at the tick of a note-on comes before it, and is for the note that comes.
  void express(const NoteExpression& change) {
    const auto voice =
        std::ranges::find_if(voices_, [&](const Voice& v) { return v.held && v.pitch == change.pitch; });
    auto& key = voice == voices_.end() ? coming_[change.pitch & 127] : voice->key;
    if (change.dimension == Dimension::bend) key.bend = change.value;
    if (change.dimension == Dimension::pressure) key.pressure = change.value;
    if (change.dimension == Dimension::timbre) key.timbre = change.value;
  }

  void end(int pitch) {
    for (auto& voice : voices_)
      if (voice.pitch == pitch && voice.held) {
        voice.held = false;
        return voice.envelope.release();
      }
  }

  // -1..1, of an LFO that only goes up 0..2.
  double source_value(const std::string& source, double seconds) {
    if (source == "noise") return white();
    const auto lfo = std::ranges::find(session_.lfos, source, &LfoShape::id);
    if (lfo == session_.lfos.end()) return 0;
    const double value = lfo_at(*lfo, seconds / lfo_seconds(*lfo, timeline_.tempo_bpm));
    return lfo->unipolar ? value + 1 : value;
  }

  Shifts track_shifts(std::size_t sample) {
    Shifts shifts;
    const double seconds = static_cast<double>(sample) / sample_rate;
    for (const auto& cable : patch_.modulation)
      if (cable.source != "envelope" && cable.source != "velocity")
        shifts.add(cable.destination, cable.depth * source_value(cable.source, seconds) / 2);
    return shifts;
  }

  void add_voice_shifts(const Voice& voice, Shifts& shifts) const {
    shifts.add(Parameter::cutoff, (voice.key.timbre - 0.5) / 2);
    for (const auto& cable : patch_.modulation) {
      if (cable.source == "envelope") shifts.add(cable.destination, cable.depth * voice.envelope.level());
      if (cable.source == "velocity") shifts.add(cable.destination, cable.depth * (voice.velocity - 0.5));
    }
  }

  void play_block(std::vector<float>& mix, std::size_t at, std::size_t count) {
    const Shifts shared = track_shifts(at);
    std::array<float, block> mono{};
    for (auto& voice : voices_) {
      Shifts shifts = shared;
      add_voice_shifts(voice, shifts);
      play_voice(voice, shifts, {mono.data(), count});
    }
    std::erase_if(voices_, [](const Voice& voice) { return voice.envelope.is_over(); });
    add_to(mix, at, {mono.data(), count}, shared);
  }

  double frequency_of(const Voice& voice, std::size_t oscillator, const Shifts& shifts) const {
    const auto& settings = patch_.oscillators[oscillator];
    double cents = settings.detune_cents;
    if (oscillator == 0) cents = controls_.value(Parameter::detune, shifts[Parameter::detune]);
    const double semitones = voice.pitch + voice.key.bend - 69 + 12 * settings.octave + cents / 100 +
                             controls_.value(Parameter::pitch, shifts[Parameter::pitch]);
    return 440 * std::exp2(semitones / 12);
  }

  // The mix fades from the first oscillator to the others; in the middle all have their own level.
  double level_of(std::size_t oscillator, double mix) const {
    const double share = oscillator == 0 ? std::min(1.0, 2 - 2 * mix) : std::min(1.0, 2 * mix);
    return patch_.oscillators[oscillator].level * (patch_.oscillators.size() == 1 ? 1 : share);
  }

  struct Tone {
    double step, frequency, level;
    bool noise;
  };

  std::array<Tone, 4> tones_of(const Voice& voice, const Shifts& shifts) const {
    std::array<Tone, 4> tones{};
    const double mix =
        std::clamp(controls_.unit(Parameter::wave_mix) + shifts[Parameter::wave_mix], 0.0, 1.0);
    for (std::size_t i = 0; i < std::min<std::size_t>(4, patch_.oscillators.size()); ++i) {
      const double frequency = frequency_of(voice, i, shifts);
      tones[i] = {frequency / sample_rate, frequency, level_of(i, mix),
                  patch_.oscillators[i].wave == Wave::noise};
    }
    return tones;
  }

  void play_voice(Voice& voice, const Shifts& shifts, std::span<float> out) {
    using P = Parameter;
    const auto value = [&](P parameter) { return controls_.value(parameter, shifts[parameter]); };
    voice.filter.tune(value(P::cutoff), value(P::resonance), sample_rate);
    const EnvelopeRates rates(value(P::attack), value(P::decay), value(P::sustain), value(P::release),
                              sample_rate);
    const auto tones = tones_of(voice, shifts);
    const double noise = value(P::noise), drive = 1 + 8 * value(P::drive);
    const double gain = voice_gain * voice.velocity * (0.5 + voice.key.pressure);
    for (auto& sample : out) {
      double sum = noise * white();
      for (std::size_t i = 0; i < tones.size(); ++i)
        if (tones[i].level > 0) sum += tones[i].level * oscillate(voice.phases[i], tones[i], i);
      const double filtered = voice.filter(sum, patch_.filter.type);
      const double driven = drive > 1 ? std::tanh(drive * filtered) / std::tanh(drive) : filtered;
      sample += static_cast<float>(gain * driven * voice.envelope.next(rates));
    }
  }

  double oscillate(double& phase, const Tone& tone, std::size_t oscillator) {
    if (tone.noise) return white();
    const double value = tables_[oscillator].at(phase, tone.frequency);
    phase += tone.step;
    phase -= std::floor(phase);
    return value;
  }

  double white() { return 2 * random_.unit() - 1; }

  void add_to(std::vector<float>& mix, std::size_t at, std::span<const float> mono, const Shifts& shifts) {
    using P = Parameter;
    const auto value = [&](P p) { return static_cast<float>(controls_.value(p, shifts[p])); };
    const float level = value(P::level), pan = value(P::pan), wet = value(P::reverb), echo = value(P::delay);
    const float left = level * std::sqrt((1 - pan) / 2), right = level * std::sqrt((1 + pan) / 2);
    for (std::size_t i = 0; i < mono.size(); ++i) {
      const auto repeated = echo_({echo * mono[i], 0});
      const auto room = reverb_(wet * mono[i]);
      mix[2 * (at + i)] += left * (mono[i] + repeated.left + room.left);
      mix[2 * (at + i) + 1] += right * (mono[i] + repeated.right + room.right);
    }
  }

  const Session& session_;
  const Timeline& timeline_;
  const std::size_t index_;
  const Patch& patch_;
  const double samples_a_tick_;
  Random random_;
  std::vector<WaveTable> tables_;
  Controls controls_;
  std::vector<Voice> voices_;           // oldest first
  std::array<KeyState, 128> coming_{};  // of notes that are about to start
  std::size_t next_ = 0;                // event
  Echo echo_;
  Reverb reverb_;
};

}  // namespace

void play_patch(const Session& session, const Timeline& timeline, std::size_t index, std::vector<float>& mix,
                const std::stop_token& stop) {
  PatchPlayer(session, timeline, index).play(mix, stop);
}

}  // namespace doodled::audition

#include "drivers/mpc/plans.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/play/profile_shelf.hpp"

namespace doodled::mpc {
namespace {

using P = Parameter;

constexpr std::array tube_synth = std::to_array<PlannedControl>({{P::cutoff, "Filter Cutoff"},
                                                                 {P::resonance, "Filter Resonance"},
                                                                 {P::attack, "Amp Env Attack"},
                                                                 {P::decay, "Amp Env Decay"},
                                                                 {P::sustain, "Amp Env Sustain"},
                                                                 {P::release, "Amp Env Release"},
                                                                 {P::drive, "Tube Drive"},
                                                                 {P::noise, "Noise Level"},
                                                                 {P::detune, "Osc 2 Fine"},
                                                                 {P::wave_mix, "Osc Mix"},
                                                                 {P::lfo_rate, "LFO 1 Rate"},
                                                                 {P::lfo_depth, "LFO 1 Depth"},
                                                                 {P::reverb, "Reverb Mix"},
                                                                 {P::delay, "Delay Mix"},
                                                                 {P::macro_1, "Filter Env Amount"},
                                                                 {P::macro_2, "Filter Key Track"}});
constexpr std::array hype = std::to_array<PlannedControl>({{P::cutoff, "Filter Cutoff"},
                                                           {P::resonance, "Filter Resonance"},
                                                           {P::attack, "Attack"},
                                                           {P::release, "Release"},
                                                           {P::wave_mix, "Morph"},
                                                           {P::detune, "Detune"},
                                                           {P::drive, "Drive"},
                                                           {P::reverb, "Reverb"},
                                                           {P::delay, "Delay"},
                                                           {P::lfo_rate, "Mod Rate"},
                                                           {P::lfo_depth, "Mod Depth"},
                                                           {P::macro_1, "Macro 1"},
                                                           {P::macro_2, "Macro 2"},
                                                           {P::macro_3, "Macro 3"},
                                                           {P::macro_4, "Macro 4"}});
constexpr std::array mellotron = std::to_array<PlannedControl>({{P::wave_mix, "A/B Mix"},
                                                                {P::cutoff, "Tone"},
                                                                {P::attack, "Attack"},
                                                                {P::release, "Release"},
                                                                {P::detune, "Pitch"},
                                                                {P::noise, "Tape Noise"},
                                                                {P::drive, "Saturation"},
                                                                {P::lfo_rate, "Flutter Rate"},
                                                                {P::lfo_depth, "Flutter Depth"},
                                                                {P::reverb, "Reverb"},
                                                                {P::level, "Volume"}});
constexpr std::array bassline = std::to_array<PlannedControl>({{P::cutoff, "Cutoff"},
                                                               {P::resonance, "Resonance"},
                                                               {P::decay, "Decay"},
                                                               {P::drive, "Distortion"},
                                                               {P::wave_mix, "Waveform"},
                                                               {P::macro_1, "Env Mod"},
                                                               {P::macro_2, "Accent"},
                                                               {P::macro_3, "Slide Time"},
                                                               {P::delay, "Delay"},
                                                               {P::level, "Volume"}});
constexpr std::array electric = std::to_array<PlannedControl>({{P::cutoff, "Tone"},
                                                               {P::drive, "Drive"},
                                                               {P::release, "Release"},
                                                               {P::lfo_rate, "Tremolo Rate"},
                                                               {P::lfo_depth, "Tremolo Depth"},
                                                               {P::macro_1, "Bell"},
                                                               {P::macro_2, "Chorus"},
                                                               {P::macro_3, "Phaser"},
                                                               {P::reverb, "Reverb"},
                                                               {P::delay, "Delay"}});
constexpr std::array drum_synth = std::to_array<PlannedControl>({{P::cutoff, "Filter"},
                                                                 {P::decay, "Decay"},
                                                                 {P::attack, "Attack"},
                                                                 {P::drive, "Drive"},
                                                                 {P::noise, "Noise"},
                                                                 {P::detune, "Tune"},
                                                                 {P::wave_mix, "Tone"},
                                                                 {P::macro_1, "Pitch Env"},
                                                                 {P::reverb, "Reverb"}});
constexpr std::array solina = std::to_array<PlannedControl>({{P::attack, "Crescendo"},
                                                             {P::release, "Sustain Length"},
                                                             {P::cutoff, "Tone"},
                                                             {P::lfo_rate, "Ensemble Rate"},
                                                             {P::lfo_depth, "Ensemble Depth"},
                                                             {P::macro_1, "Phaser"},
                                                             {P::macro_2, "Bass Volume"},
                                                             {P::reverb, "Reverb"},
                                                             {P::level, "Volume"}});
constexpr std::array odyssey = std::to_array<PlannedControl>({{P::cutoff, "VCF Freq"},
                                                              {P::resonance, "VCF Resonance"},
                                                              {P::attack, "ADSR Attack"},
                                                              {P::decay, "ADSR Decay"},
                                                              {P::sustain, "ADSR Sustain"},
                                                              {P::release, "ADSR Release"},
                                                              {P::noise, "Noise Level"},
                                                              {P::detune, "VCO 2 Fine"},
                                                              {P::wave_mix, "VCO 2 Level"},
                                                              {P::lfo_rate, "LFO Freq"},
                                                              {P::drive, "Drive"},
                                                              {P::macro_1, "HPF Cutoff"},
                                                              {P::macro_2, "Pulse Width"}});
constexpr std::array fabric = std::to_array<PlannedControl>({{P::cutoff, "Filter Cutoff"},
                                                             {P::resonance, "Filter Resonance"},
                                                             {P::attack, "Attack"},
                                                             {P::decay, "Decay"},
                                                             {P::sustain, "Sustain"},
                                                             {P::release, "Release"},
                                                             {P::wave_mix, "Layer Mix"},
                                                             {P::reverb, "Reverb"},
                                                             {P::delay, "Delay"},
                                                             {P::macro_1, "Macro 1"},
                                                             {P::macro_2, "Macro 2"},
                                                             {P::macro_3, "Macro 3"},
                                                             {P::macro_4, "Macro 4"}});
constexpr std::array jura = std::to_array<PlannedControl>({{P::cutoff, "VCF Freq"},
                                                           {P::resonance, "VCF Res"},
                                                           {P::attack, "Env A"},
                                                           {P::decay, "Env D"},
                                                           {P::sustain, "Env S"},
                                                           {P::release, "Env R"},
                                                           {P::noise, "Noise"},
                                                           {P::wave_mix, "Sub Level"},
                                                           {P::lfo_rate, "LFO Rate"},
                                                           {P::lfo_depth, "VCF LFO"},
                                                           {P::macro_1, "VCF Env"},
                                                           {P::macro_2, "HPF"},
                                                           {P::macro_3, "PWM"}});
constexpr std::array opx_4 = std::to_array<PlannedControl>({{P::cutoff, "Filter Cutoff"},
                                                            {P::resonance, "Filter Resonance"},
                                                            {P::attack, "Amp Attack"},
                                                            {P::release, "Amp Release"},
                                                            {P::wave_mix, "FM Amount"},
                                                            {P::detune, "Unison Detune"},
                                                            {P::lfo_rate, "LFO 1 Rate"},
                                                            {P::lfo_depth, "LFO 1 Depth"},
                                                            {P::reverb, "Reverb"},
                                                            {P::delay, "Delay"},
                                                            {P::macro_1, "Op 1 Level"},
                                                            {P::macro_2, "Op 2 Level"},
                                                            {P::macro_3, "Op 3 Level"},
                                                            {P::macro_4, "Op 4 Level"}});

constexpr std::array plans = std::to_array<PluginPlan>({{"TubeSynth", tube_synth},
                                                        {"Hype", hype},
                                                        {"Mellotron", mellotron},
                                                        {"Bassline", bassline},
                                                        {"Electric", electric},
                                                        {"DrumSynth", drum_synth},
                                                        {"Solina", solina},
                                                        {"Odyssey", odyssey},
                                                        {"Fabric", fabric},
                                                        {"Jura", jura},
                                                        {"OPx-4", opx_4}});

std::string plain(std::string_view name) {
  std::string all;
  for (const char c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      all += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return all;
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size() + 1, width), ' ');
  return text;
}

}  // namespace

std::span<const PluginPlan> plugin_plans() { return plans; }

const PluginPlan* find_plan(std::string_view plugin) {
  const auto wanted = plain(plugin);
  const auto found =
      std::ranges::find_if(plans, [&](const PluginPlan& plan) { return plain(plan.plugin) == wanted; });
  return found == plans.end() ? nullptr : &*found;
}

std::string to_text(const PluginPlan& plan, const DeviceProfile& profile) {
  std::string text =
      std::string(plan.plugin) +
      ": a suggestion. The MPC has no fixed controllers; teach it these by MIDI Learn (`doodled teach`).\n"
      "Names of controls are likely ones and were not seen on a unit.\n\n";
  for (const auto& [parameter, control] : plan.controls)
    text += padded(std::string(info(parameter).name), 12) +
            padded(describe(profile.controllers[static_cast<std::size_t>(parameter)]), 18) +
            std::string(control) + "\n";
  return text;
}

}  // namespace doodled::mpc

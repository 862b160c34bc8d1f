// Tracks, patterns and arrangement of a band.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/compose/band_harmony.hpp"
#include "core/compose/band_parts.hpp"
#include "core/compose/band_patches.hpp"
#include "core/compose/brief.hpp"
#include "core/compose/draft.hpp"
#include "core/music/generate/drums.hpp"

namespace doodled::composing {
namespace {

constexpr int longest_phrase = 8;  // bars; longer sections repeat their phrase

struct PartInfo {
  Role role;
  std::string_view id, name;
  double enters;  // the energy from which on it plays
};
constexpr PartInfo part_infos[] = {{Role::pad, "pad", "Pad", 0},
                                   {Role::texture, "texture", "Texture", 0},
                                   {Role::chords, "chords", "Chords", 0.2},
                                   {Role::bass, "bass", "Sub bass", 0.3},
                                   {Role::drums, "drums", "Drums", 0.35},
                                   {Role::arpeggio, "arpeggio", "Arpeggio", 0.45},
                                   {Role::lead, "lead", "Lead", 0.5}};

const PartInfo& info_of(Role role) { return *std::ranges::find(part_infos, role, &PartInfo::role); }

class Band {
 public:
  Band(const Brief& brief, const std::vector<SectionPlan>& form)
      : brief_(brief), form_(form), chords_(progression_of(brief)) {
    for (const auto& section : form_) {
      loudest_ = std::max(loudest_, section.energy);
      bars_ += section.bars;
    }
  }

  Session play() {
    session_.key = brief_.key;
    session_.tempo_bpm = brief_.tempo_bpm;
    session_.meter = brief_.meter;
    session_.swing = brief_.swing;
    for (const auto& section : form_) session_.arrangement.push_back({section.name, section.bars, {}, {}});
    for (const Role role : brief_.parts) add_track(role);
    for (auto& section : session_.arrangement) add_chords(section);
    return std::move(session_);
  }

 private:
  void add_track(Role role) {
    const auto& part = info_of(role);
    const int channel = role == Role::drums     ? 10
                        : melodic_channel_ == 9 ? (melodic_channel_ += 2) - 1
                                                : melodic_channel_++;
    Track track{std::string(part.id), std::string(part.name), role, channel, std::nullopt, {}, {}};
    if (role != Role::drums) track.patch = patch_for(role, brief_);
    if (role == Role::texture) add_texture_lfo(track.id);
    int bars_before = 0;
    for (std::size_t i = 0; i < form_.size(); bars_before += form_[i++].bars) {
      if (!plays(part, form_[i])) continue;
      const auto& pattern = pattern_for(track, i, bars_before);
      session_.arrangement[i].parts.push_back({track.id, pattern});
    }
    if (role == Role::drums) track.pads = kit(track);
    session_.tracks.push_back(std::move(track));
  }

  // The fullest sections have everybody; a section is never left empty.
  bool plays(const PartInfo& part, const SectionPlan& section) const {
    if (section.energy >= std::min(part.enters, loudest_)) return true;
    const auto first =
        std::ranges::min_element(brief_.parts, {}, [](Role role) { return info_of(role).enters; });
    return part.role == *first;
  }

  // Sections of one name and length share a pattern, unless a fill leads out of one of them.
  std::string pattern_for(Track& track, std::size_t section, int bars_before) {
    const auto& plan = form_[section];
    const int bars = std::min(plan.bars, longest_phrase);
    const bool fill = track.role == Role::drums && section + 1 < form_.size() &&
                      form_[section + 1].energy > plan.energy + 0.05;
    const std::string id = "s" + std::to_string(section + 1);
    const double all = std::max(1, bars_);
    const Phrase phrase{
        brief_, chords_, bars, plan.energy, fill, bars_before / all, (bars_before + plan.bars) / all};
    const std::string seed_name = std::string(info_of(track.role).id) + " " + family(plan.name);
    Pattern pattern{id,
                    bars * brief_.meter.bar(),
                    notes_of(track.role, phrase, Random(part_seed(brief_.seed, seed_name))),
                    {}};
    if (track.role == Role::pad || track.role == Role::chords)
      pattern.automation.push_back(sweep(section, pattern.length));
    const auto same = std::ranges::find_if(track.patterns, [&](const Pattern& p) {
      return p.length == pattern.length && p.notes == pattern.notes && same_lanes(p, pattern);
    });
    if (same != track.patterns.end()) return same->id;
    track.patterns.push_back(std::move(pattern));
    return id;
  }

  // 'Drop 2' grows from the seed of 'Drop'.
  static std::string family(const std::string& name) { return name.substr(0, name.find(' ')); }

  static bool same_lanes(const Pattern& a, const Pattern& b) {
    return std::ranges::equal(a.automation, b.automation, [](const Automation& x, const Automation& y) {
      return std::ranges::equal(x.points, y.points, [](const AutomationPoint& p, const AutomationPoint& q) {
        return p.tick == q.tick && p.value == q.value;
      });
    });
  }

  // The filter opens towards a fuller section and closes towards an emptier one.
  Automation sweep(std::size_t section, Tick length) const {
    const double rest = to_unit(Parameter::cutoff, patch_for(Role::pad, brief_).filter.cutoff_hz);
    const double energy = form_[section].energy;
    const double next = section + 1 < form_.size() ? form_[section + 1].energy : energy;
    const auto value = [&](double e) { return rounded(std::clamp(rest + (e - 0.5) * 0.3, 0.0, 1.0), 3); };
    return {Parameter::cutoff,
            Interpolation::smooth,
            {{0, value(energy)}, {length - 1, value((energy + next) / 2)}}};
  }

  void add_texture_lfo(const std::string& track) {
    LfoShape lfo{"lfo_1", "Drift", brief_.contour, brief_.meter.bar() * 4, track, Parameter::cutoff, 0.5};
    if (lfo.samples.size() < 2) {
      lfo.samples.clear();
      for (int i = 0; i < 64; ++i) lfo.samples.push_back(rounded(std::sin(2 * std::numbers::pi * i / 64), 4));
    }
    lfo.interpolation = Interpolation::smooth;
    session_.lfos.push_back(std::move(lfo));
  }

  static std::vector<Pad> kit(const Track& track) {
    std::vector<Note> all;
    for (const auto& pattern : track.patterns)
      all.insert(all.end(), pattern.notes.begin(), pattern.notes.end());
    return generate::kit_of(all);
  }

  void add_chords(Section& section) const {
    const int bars = std::min(section.bars, static_cast<int>(longest_phrase));
    for (int bar = 0; bar < section.bars; ++bar) {
      const auto& chord = chords_[static_cast<std::size_t>(bar % bars) % chords_.size()];
      auto name = chord_name(chord);
      if (name.empty() || (!section.chords.empty() && section.chords.back().symbol == name)) continue;
      section.chords.push_back({bar * brief_.meter.bar(), std::move(name)});
    }
  }

  const Brief& brief_;
  const std::vector<SectionPlan>& form_;
  std::vector<Chord> chords_;
  double loudest_ = 0;
  int bars_ = 0, melodic_channel_ = 1;
  Session session_;
};

}  // namespace

Session play_band(const Brief& brief, const std::vector<SectionPlan>& form) {
  return Band(brief, form).play();
}

}  // namespace doodled::composing

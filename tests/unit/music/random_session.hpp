// Random valid sessions for property tests: same seed, same session. Each passes the schema and the rules
// without a repair (accept_test.cpp tries ten thousand), and over many seeds every
// member takes values other than its default.
#pragma once
#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "core/base/random.hpp"
#include "core/music/session.hpp"

namespace doodled::testing {

struct RandomSessionLimits {
  int tracks = 4, patterns = 3, bars = 4, notes = 24, sections = 4;  // at most, at least one of each
};

class RandomSession {
 public:
  explicit RandomSession(std::uint64_t seed, RandomSessionLimits limits = {})
      : seed_(seed), random_(part_seed(seed, "random session")), limits_(limits) {}

  Session make() {
    Session session;
    session.title = "Random " + std::to_string(seed_);
    session.mode = pick(std::array<std::string, 8>{"doodle", "lfo", "photo", "macros", "mpc", "arrangement",
                                                   "prompt", "document"});
    session.seed = random_.next() >> 11;
    session.tempo_bpm = chance(0.5) ? between(20, 400) : between(20000, 400000) / 1000.0;
    session.meter = {between(1, 15), 1 << between(1, 4)};
    session.key = key();
    if (chance(0.4)) session.swing = between(50, 75);
    if (chance(0.2)) session.tuning = tuning();
    const int tracks = between(1, limits_.tracks);
    for (int t = 0; t < tracks; ++t) session.tracks.push_back(track(session, t));
    for (int i = between(0, 3); i > 0; --i) session.lfos.push_back(lfo(session, i));
    add_modulation(session);
    for (int i = between(0, 4); i > 0; --i) session.macros.push_back(macro(session, i));
    const int sections = between(1, limits_.sections);
    for (int i = 0; i < sections; ++i) session.arrangement.push_back(section(session, i));
    for (int i = between(0, 3); i > 0; --i) session.evidence.push_back(evidence(session));
    if (chance(0.3)) session.locks = {"/tracks/0", "/tempo_bpm"};
    session.provenance = {"builtin", "1", {}, {}, chance(0.2) ? "parent" : ""};
    return session;
  }

 private:
  int between(int low, int high) { return low + random_.below(high - low + 1); }
  bool chance(double probability) { return random_.unit() < probability; }
  double unit() { return between(0, 1000) / 1000.0; }
  double signed_unit() { return between(-1000, 1000) / 1000.0; }
  template <class T, std::size_t N>
  T pick(const std::array<T, N>& values) {
    return values[static_cast<std::size_t>(random_.below(static_cast<int>(N)))];
  }
  template <class T>
  const T& pick(const std::vector<T>& values) {
    return values[static_cast<std::size_t>(random_.below(static_cast<int>(values.size())))];
  }
  Parameter parameter() { return static_cast<Parameter>(random_.below(parameter_count)); }
  Interpolation interpolation() { return static_cast<Interpolation>(random_.below(3)); }

  Key key() {
    if (chance(0.1)) return {between(0, 11), "mine", {0, 2, 3, 7, 10}};
    const auto scales = all_scales();
    return {
        between(0, 11),
        std::string(scales[static_cast<std::size_t>(random_.below(static_cast<int>(scales.size())))].name),
        {}};
  }

  Tuning tuning() {
    Tuning tuning{"Random", {}, between(48, 72)};
    const int size = chance(0.6) ? 12 : between(5, 31);
    for (int i = 1; i <= size; ++i) tuning.cents.push_back(1200.0 * i / size + between(-20, 20));
    tuning.cents.back() = 1200;
    return tuning;
  }

  Patch patch() {
    Patch patch;
    patch.name = "Patch";
    for (int i = between(1, 4); i > 0; --i)
      patch.oscillators.push_back(
          {static_cast<Wave>(random_.below(6)), between(-50, 50) * 1.0, unit(), between(-3, 3)});
    patch.noise = unit();
    patch.filter = {static_cast<FilterType>(random_.below(4)), between(20, 20000) * 1.0, unit()};
    patch.envelope = {between(0, 20000) * 1.0, between(0, 2000) * 1.0, unit(), between(0, 20000) * 1.0};
    patch.drive = unit(), patch.reverb = unit(), patch.delay = unit();
    return patch;
  }

  Track track(const Session& session, int index) {
    const auto role = static_cast<Role>(random_.below(7));
    Track track{"track_" + std::to_string(index + 1),
                "Track " + std::to_string(index + 1),
                role,
                index % 16 + 1,
                std::nullopt,
                {},
                {}};
    if (chance(0.6)) track.patch = patch();
    if (role == Role::drums) track.pads = {{"A01", "kick", 36}, {"A02", "snare", 38}, {"B16", "hat", 42}};
    const int patterns = between(1, limits_.patterns);
    for (int p = 0; p < patterns; ++p) track.patterns.push_back(pattern(session, role, p));
    return track;
  }

  Pattern pattern(const Session& session, Role role, int index) {
    Pattern pattern{"p" + std::to_string(index + 1), session.meter.bar() * between(1, limits_.bars), {}, {}};
    std::map<int, Tick> free_from;  // pitch -> where its last note ended
    Tick at = 0;
    for (int n = between(0, limits_.notes); n > 0 && at < pattern.length; --n) {
      Note note = this->note(session, role, at, pattern.length);
      if (free_from[note.pitch] <= at) {
        free_from[note.pitch] = at + note.duration;
        pattern.notes.push_back(std::move(note));
      }
      if (chance(0.7)) at += pick(std::array<Tick, 6>{60, 120, 160, 240, 480, 960});
    }
    std::ranges::stable_sort(pattern.notes, {}, [](const Note& n) { return std::pair(n.start, n.pitch); });
    for (int i = between(0, 2); i > 0; --i) add_automation(pattern);
    return pattern;
  }

  Note note(const Session& session, Role role, Tick at, Tick length) {
    Note note;
    note.start = at;
    note.duration = std::min<Tick>(length - at, pick(std::array<Tick, 6>{1, 60, 180, 240, 961, 3840}));
    note.pitch = role == Role::drums ? between(35, 59) : nearest_in_key(between(0, 127), session.key);
    note.velocity = between(1, 127);
    if (chance(0.2)) note.probability = unit();
    if (chance(0.1)) note.ratchet = between(1, most_ratchets);
    if (chance(0.1)) note.nudge = between(-480, 480);
    note.tied = chance(0.1);
    if (chance(0.2)) note.expression = expression();
    return note;
  }

  std::vector<Expression> expression() {
    std::vector<Expression> curves;
    for (const auto dimension : {Dimension::bend, Dimension::pressure, Dimension::timbre}) {
      if (chance(0.5)) continue;
      Expression curve{dimension, {}};
      const int points = between(1, 5);
      for (int i = 0; i < points; ++i)
        curve.points.push_back({std::min(1.0, i * 0.25 + between(0, 240) / 1000.0),
                                dimension == Dimension::bend ? between(-4800, 4800) / 100.0 : unit()});
      curves.push_back(std::move(curve));
    }
    return curves;
  }

  void add_automation(Pattern& pattern) {
    Automation lane{parameter(), interpolation(), {}};
    if (std::ranges::find(pattern.automation, lane.parameter, &Automation::parameter) !=
        pattern.automation.end())
      return;
    Tick tick = 0;
    for (int i = between(1, 6); i > 0 && tick < pattern.length; --i, tick += between(1, 2000))
      lane.points.push_back({tick, unit()});
    pattern.automation.push_back(std::move(lane));
  }

  LfoShape lfo(const Session& session, int number) {
    LfoShape lfo{"lfo_" + std::to_string(number), "Shape",     {},    between(60, 20000),
                 pick(session.tracks).id,         parameter(), unit()};
    for (int i = between(2, 64); i > 0; --i) lfo.samples.push_back(signed_unit());
    if (chance(0.3)) lfo.seconds = between(10, 20000) / 1000.0;
    lfo.interpolation = interpolation();
    lfo.unipolar = chance(0.3);
    return lfo;
  }

  void add_modulation(Session& session) {
    for (auto& track : session.tracks) {
      if (!track.patch || chance(0.5)) continue;
      track.patch->modulation.push_back({"envelope", parameter(), signed_unit()});
      if (!session.lfos.empty())
        track.patch->modulation.push_back({pick(session.lfos).id, parameter(), signed_unit()});
    }
  }

  Macro macro(const Session& session, int number) {
    Macro macro{"macro_" + std::to_string(number),
                "Macro",
                "filter_effects",
                between(0, 9),
                unit(),
                std::nullopt,
                {},
                {}};
    if (chance(0.3)) macro.cc = between(0, 119);
    if (chance(0.5)) macro.track = pick(session.tracks).id;
    if (chance(0.7)) macro.targets.push_back({pick(session.tracks).id, parameter(), signed_unit()});
    return macro;
  }

  Section section(const Session& session, int index) {
    Section section{std::string(1, static_cast<char>('A' + index)), between(1, limits_.bars), {}, {}};
    for (const auto& track : session.tracks)
      if (chance(0.8)) section.parts.push_back({track.id, pick(track.patterns).id});
    if (chance(0.3))
      section.chords = {{0, "Em9"},
                        {session.meter.bar() / 2, pick(std::array<std::string, 2>{"C/G", "Am7"})}};
    return section;
  }

  Evidence evidence(const Session& session) {
    Evidence evidence{"/tracks/0", std::nullopt, {}, "circle, 93 %", "drawing-lead"};
    if (chance(0.5)) evidence.box = Box{0.25, 0.5, unit() / 2, unit() / 2};
    if (chance(0.5)) evidence.polygon = {{0, 0}, {unit(), 0.5}, {1, 1}};
    if (chance(0.5))
      evidence.pointer = "/tracks/" + std::to_string(random_.below(static_cast<int>(session.tracks.size())));
    return evidence;
  }

  std::uint64_t seed_;
  Random random_;
  RandomSessionLimits limits_;
};

inline Session random_session(std::uint64_t seed, RandomSessionLimits limits = {}) {
  return RandomSession(seed, limits).make();
}

}  // namespace doodled::testing

// The session: the validated musical result of one interpretation. Immutable once stored; a change makes a
// new one with a parent. `schemas/session.schema.json` describes its JSON form; session_json.cpp is the only
// file that knows the field names.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/image/reading.hpp"
#include "core/music/parameters.hpp"
#include "core/music/pitch.hpp"
#include "core/music/time.hpp"

namespace doodled {

inline constexpr std::string_view session_format = "doodled.session";
inline constexpr int session_version = 1;

enum class Wave { sine, triangle, saw, square, noise, wavetable };
enum class FilterType { lowpass, highpass, bandpass, notch };
enum class Role { lead, bass, pad, chords, drums, texture, arpeggio };
enum class Interpolation { linear, step };

struct Oscillator {
  Wave wave = Wave::saw;
  double detune_cents = 0;  // -50..50
  double level = 1;         // 0..1
  int octave = 0;           // -3..3
};

struct Filter {
  FilterType type = FilterType::lowpass;
  double cutoff_hz = 20000;  // 20..20000
  double resonance = 0;      // 0..1
};

struct Envelope {
  double attack_ms = 5, decay_ms = 100, sustain = 0.8, release_ms = 200;  // 0..20000 ms; sustain 0..1
};

// One cable of the modulation matrix. `source` is an LFO's id, 'envelope', 'velocity' or 'noise'.
struct Modulation {
  std::string source;
  Parameter destination = Parameter::cutoff;
  double depth = 0;  // -1..1
};

struct Patch {
  std::string name;
  std::vector<Oscillator> oscillators;  // 1..4
  double noise = 0;                     // 0..1
  Filter filter;
  Envelope envelope;
  double drive = 0, reverb = 0, delay = 0;  // 0..1
  std::vector<Modulation> modulation;
};

struct Note {
  Tick start = 0;      // from the start of the pattern
  Tick duration = 1;   // >= 1
  int pitch = 60;      // 0..127; on a drum track the General MIDI drum note
  int velocity = 100;  // 1..127
  bool operator==(const Note&) const = default;
};

struct AutomationPoint {
  Tick tick = 0;
  double value = 0;  // 0..1, see to_unit()
};

struct Automation {
  Parameter parameter = Parameter::cutoff;
  Interpolation interpolation = Interpolation::linear;
  std::vector<AutomationPoint> points;  // ascending ticks
};

struct Pattern {
  std::string id;
  Tick length = 3840;
  std::vector<Note> notes;  // ascending start, then pitch
  std::vector<Automation> automation;
};

// A pad of a drum kit: which pad plays which role, and the note that stands for it on a drum track.
struct Pad {
  std::string pad;   // 'A01'..'H16'
  std::string role;  // 'kick', 'snare', 'closed_hat', ... or the words of the picture
  int pitch = 36;
};

struct Track {
  std::string id;
  std::string name;
  Role role = Role::lead;
  int channel = 1;  // 1..16
  std::optional<Patch> patch;
  std::vector<Pad> pads;
  std::vector<Pattern> patterns;
};

// A drawn function. One cycle of `samples` lasts `cycle` ticks and moves `parameter` of `track` around its
// value.
struct LfoShape {
  std::string id;
  std::string name;
  std::vector<double> samples;  // 2..4096 values, -1..1; 64 when drawn
  Tick cycle = 3840;
  std::string track;  // a track's id
  Parameter parameter = Parameter::cutoff;
  double depth = 0.5;  // 0..1
};

struct MacroTarget {
  std::string track;
  Parameter parameter = Parameter::cutoff;
  double amount = 1;  // -1..1
};

struct Macro {
  std::string id;  // 'macro_1'..'macro_9'
  std::string name;
  std::string group;      // 'filter_effects', 'oscillator', 'amp_lfo', 'q_link'
  int cell = 0;           // 1..9 of the picture, row by row; 0: none
  double value = 0;       // 0..1
  std::optional<int> cc;  // a controller asked for by name, 0..119
  std::string track;      // for a controller: the track whose channel carries it
  std::vector<MacroTarget> targets;
};

struct SectionPart {
  std::string track, pattern;  // ids
};

struct Section {
  std::string name;
  int bars = 1;
  std::vector<SectionPart> parts;  // a pattern shorter than the section repeats
};

// Which region of the picture led to which part of the session, by which rule.
struct Evidence {
  std::string pointer;  // JSON Pointer into the session document
  std::optional<Box> box;
  std::vector<Point> polygon;
  std::string reading;  // 'circle, 93 %'
  std::string rule;     // a rule's name in docs/rules.md
};

struct Provenance {
  std::string interpreter;  // 'builtin', 'document', an interpreter's id
  std::string interpreter_version;
  std::string image_sha256;  // or empty
  std::vector<std::string> transforms;
};

struct Session {
  std::string title;
  std::string mode = "doodle";
  std::uint64_t seed = 0;  // below 2^53, so that every JSON reader keeps it
  double tempo_bpm = 120;
  Meter meter;
  Key key;
  double swing = 50;  // per cent of a pair of sixteenths, 50 straight .. 75
  std::vector<Track> tracks;
  std::vector<LfoShape> lfos;
  std::vector<Macro> macros;
  std::vector<Section> arrangement;  // never empty in a stored session
  std::vector<Evidence> evidence;
  Provenance provenance;
};

Json to_json(const Session& session);
// Expects a document that passed the schema; a value out of range is still an Error, never a wrapped number.
Result<Session> session_from_json(const Json& document);

std::string_view to_string(Wave wave);
std::string_view to_string(FilterType type);
std::string_view to_string(Role role);
std::optional<Wave> wave_from(std::string_view name);
std::optional<FilterType> filter_type_from(std::string_view name);
std::optional<Role> role_from(std::string_view name);

}  // namespace doodled

// The session: the validated musical result of one interpretation. Immutable once stored; a change makes a
// new one with a parent. `schemas/session.schema.json` describes its JSON form; session_to_json.cpp and
// session_from_json.cpp are the only files that know the field names. Members that have their default are
// not written where they came after the first version, so that old documents keep their bytes and hashes.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/image/reading.hpp"
#include "core/music/note.hpp"
#include "core/music/parameters.hpp"
#include "core/music/pitch.hpp"
#include "core/music/time.hpp"
#include "core/music/tuning.hpp"

namespace doodled {

inline constexpr std::string_view session_format = "doodled.session";
inline constexpr int session_version = 1;

enum class Wave { sine, triangle, saw, square, noise, wavetable };
enum class FilterType { lowpass, highpass, bandpass, notch };
enum class Role { lead, bass, pad, chords, drums, texture, arpeggio };
enum class Interpolation { linear, step, smooth };

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

// A drawn function. One cycle of `samples` lasts `cycle` ticks, or `seconds` where that is given, and moves
// `parameter` of `track` around its value, or upwards from it when unipolar.
struct LfoShape {
  std::string id;
  std::string name;
  std::vector<double> samples;  // 2..4096 values, -1..1; 64 when drawn
  Tick cycle = 3840;
  std::string track;  // a track's id
  Parameter parameter = Parameter::cutoff;
  double depth = 0.5;  // 0..1
  double seconds = 0;  // 0: the cycle follows the tempo; else 0.01..3600
  Interpolation interpolation = Interpolation::linear;
  bool unipolar = false;
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

// From its tick of the section on, until the next one.
struct ChordMark {
  Tick tick = 0;
  std::string symbol;  // what chord_from_name reads
  bool operator==(const ChordMark&) const = default;
};

struct Section {
  std::string name;
  int bars = 1;
  std::vector<SectionPart> parts;      // a pattern shorter than the section repeats
  std::vector<ChordMark> chords = {};  // the harmony, ascending ticks; may be empty
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
  std::string parent = {};  // id of the session that this one was made from, or empty
};

struct Session {
  std::string title;
  std::string mode = "doodle";
  std::uint64_t seed = 0;  // below 2^53, so that every JSON reader keeps it
  double tempo_bpm = 120;
  Meter meter;
  Key key;
  double swing = 50;  // per cent of a pair of sixteenths, 50 straight .. 75
  std::optional<Tuning> tuning;
  std::vector<Track> tracks;
  std::vector<LfoShape> lfos;
  std::vector<Macro> macros;
  std::vector<Section> arrangement;  // never empty in a stored session
  std::vector<Evidence> evidence;
  std::vector<std::string> locks;  // JSON Pointers into the document: what steering must leave as it is
  Provenance provenance;
};

Json to_json(const Session& session);
// Expects a document that passed the schema; a value out of range is still an Error, never a wrapped number.
Result<Session> session_from_json(const Json& document);

std::string_view to_string(Wave wave);
std::string_view to_string(FilterType type);
std::string_view to_string(Role role);
std::string_view to_string(Interpolation interpolation);
std::optional<Wave> wave_from(std::string_view name);
std::optional<FilterType> filter_type_from(std::string_view name);
std::optional<Role> role_from(std::string_view name);
std::optional<Interpolation> interpolation_from(std::string_view name);

}  // namespace doodled

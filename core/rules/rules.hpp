// Musical rules that a schema cannot express, as data. Each passes, repairs or rejects, and says so in a
// verdict that a musician can read.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/music/session.hpp"
#include "core/rules/pointers.hpp"

namespace doodled {

enum class VerdictStatus { pass, repaired, rejected };

struct Verdict {
  std::string rule;
  VerdictStatus status = VerdictStatus::pass;
  // Into the document as it was when the rule came to it; empty for a pass.
  std::string pointer;
  std::string message;
  std::string old_value, new_value;  // JSON text, for a repair
};

Json to_json(const Verdict& verdict);

class Verdicts {
 public:
  Verdicts(std::vector<Verdict>& list, std::string_view rule, MiddleC middle_c)
      : list_(list), rule_(rule), middle_c_(middle_c) {}
  void repaired(std::string pointer, std::string message, const Json& old_value, const Json& new_value);
  void rejected(std::string pointer, std::string message);
  // A pitch's name as the messages give it.
  std::string named(int pitch) const { return pitch_name(pitch, middle_c_); }

 private:
  std::vector<Verdict>& list_;
  std::string_view rule_;
  MiddleC middle_c_;
};

// What the rules go by. rule_rows in rules.cpp says for each which rule uses it and what it may be.
struct RuleValues {
  int max_bars = 4096;
  int max_notes = 200'000;
  int lowest = 21, highest = 108, bass_highest = 67;
  int in_a_row = 3;
  int leap = 12;
  int bass_voices = 1, lead_voices = 4, voices = 8;
  int notes_a_bar = 64;
  int softest = 10, loudest = 127;
};

// What a device can play; from its profile.
struct DeviceLimits {
  std::string name;
  int lowest = 0, highest = 127;  // of melodic tracks
  int polyphony = 128;            // notes of one melodic track at once
};

struct RuleOptions {
  RuleValues values;
  std::vector<std::string> off;  // names of rules of taste that are left out
  bool taste = true;             // whether rules of taste apply at all
  std::optional<DeviceLimits> device;
  MiddleC middle_c = MiddleC::c4;  // how messages name pitches
  PointerSet kept;                 // nothing in these places is repaired
};

struct RuleParameter {
  std::string_view name;
  std::string_view summary;
  int minimum, maximum;
  int RuleValues::*value;
};

struct Rule {
  std::string_view name;
  std::string_view summary;
  // Applies to what an interpreter or a variation made, not to a document that somebody wrote so on purpose.
  bool taste;
  std::span<const RuleParameter> parameters;
  void (*apply)(Session& session, const RuleOptions& options, Verdicts& verdicts);
};

std::span<const Rule> all_rules();
const Rule* find_rule(std::string_view name);

// Applies the rules in order, repairing `session` in place. A rule with nothing to say leaves one pass.
std::vector<Verdict> apply_rules(Session& session, const RuleOptions& options);
bool any_rejected(const std::vector<Verdict>& verdicts);

// Every rule with what it does and the value of each parameter.
Json rules_json(const RuleOptions& options);

}  // namespace doodled

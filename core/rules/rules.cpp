#include "core/rules/rules.hpp"

#include <nlohmann/json.hpp>

#include "core/base/enum_names.hpp"
#include "core/rules/rule_functions.hpp"

namespace doodled {
namespace {

constexpr EnumNames<VerdictStatus, 3> status_names{{"pass", "repaired", "rejected"}};

using V = RuleValues;
constexpr RuleParameter size_values[] = {{"max_notes", "notes of a session", 1, 5'000'000, &V::max_notes}};
constexpr RuleParameter length_values[] = {
    {"max_bars", "bars of 4/4 of a session", 1, 100'000, &V::max_bars}};
constexpr RuleParameter range_values[] = {
    {"lowest", "lowest MIDI note of a melodic track", 0, 60, &V::lowest},
    {"highest", "highest MIDI note of a melodic track", 67, 127, &V::highest},
    {"bass_highest", "highest MIDI note of a bass", 48, 127, &V::bass_highest}};
constexpr RuleParameter row_values[] = {{"in_a_row", "steps struck in a row on a lead", 1, 64, &V::in_a_row}};
constexpr RuleParameter density_values[] = {
    {"notes_a_bar", "notes of one track in one bar", 1, 4096, &V::notes_a_bar}};
constexpr RuleParameter polyphony_values[] = {
    {"bass_voices", "notes at once on a bass", 1, 128, &V::bass_voices},
    {"lead_voices", "notes at once on a lead", 1, 128, &V::lead_voices},
    {"voices", "notes at once on every other melodic track", 1, 128, &V::voices}};
constexpr RuleParameter leap_values[] = {
    {"leap", "semitones between two notes of a single line", 6, 127, &V::leap}};
constexpr RuleParameter velocity_values[] = {{"softest", "lowest velocity", 1, 127, &V::softest},
                                             {"loudest", "highest velocity", 1, 127, &V::loudest}};

// In the order they are applied: what cannot be repaired, where notes lie, which notes they are, how many,
// how loud. Later ones do not break what earlier ones have repaired.
constexpr Rule rules_table[] = {
    {"finite",
     "numbers are numbers, times are not negative, the tempo is 20 to 400",
     false,
     {},
     rules::finite},
    {"size", "a session has so many notes at most", false, size_values, rules::size},
    {"length", "a session has so many bars at most", false, length_values, rules::length},
    {"unique-ids", "every id is used once in its list", false, {}, rules::unique_ids},
    {"references", "tracks, patterns and sources that are named exist", false, {}, rules::references},
    {"bar-alignment", "a pattern lasts whole bars, or a whole part of one", true, {}, rules::bar_alignment},
    {"inside-pattern",
     "a note lies inside its pattern; one that rings over is cut",
     false,
     {},
     rules::inside_pattern},
    {"scale",
     "melodic notes are in the session's key; others move to the nearest",
     true,
     {},
     rules::in_scale},
    {"root-on-step-0",
     "what the first bass, else the first lead, strikes on step 0 is the root",
     true,
     {},
     rules::root_on_step_0},
    {"range", "melodic notes lie in their role's range; others move by octaves", true, range_values,
     rules::in_range},
    {"device",
     "melodic notes and voices are within what the device named can play",
     false,
     {},
     rules::device},
    {"equal-pitch-overlap",
     "one pitch of a track sounds once at a time",
     false,
     {},
     rules::equal_pitch_overlap},
    {"in-a-row", "a lead strikes at most so many steps in a row, then rests", true, row_values,
     rules::in_a_row},
    {"density", "a bar of a track has so many notes at most; the quietest go", true, density_values,
     rules::density},
    {"polyphony", "a track sounds so many notes at once at most; the oldest give way", true, polyphony_values,
     rules::polyphony},
    {"leap", "a single line of a lead or a bass leaps no further; others move by octaves", true, leap_values,
     rules::leap},
    {"velocity", "no note is softer or louder than wished", true, velocity_values, rules::velocity},
};

bool applies(const Rule& rule, const RuleOptions& options) {
  return !rule.taste || (options.taste && std::ranges::find(options.off, rule.name) == options.off.end());
}

Json parameters_json(const Rule& rule, const RuleValues& values) {
  Json list = Json::array();
  for (const auto& parameter : rule.parameters)
    list.push_back({{"name", parameter.name},
                    {"summary", parameter.summary},
                    {"minimum", parameter.minimum},
                    {"maximum", parameter.maximum},
                    {"value", values.*parameter.value}});
  return list;
}

}  // namespace

void Verdicts::repaired(std::string pointer, std::string message, const Json& old_value,
                        const Json& new_value) {
  list_.push_back({std::string(rule_), VerdictStatus::repaired, std::move(pointer), std::move(message),
                   to_text(old_value), to_text(new_value)});
}

void Verdicts::rejected(std::string pointer, std::string message) {
  list_.push_back(
      {std::string(rule_), VerdictStatus::rejected, std::move(pointer), std::move(message), {}, {}});
}

Json to_json(const Verdict& verdict) {
  Json json{{"rule", verdict.rule}, {"status", status_names.name(verdict.status)}};
  if (verdict.status == VerdictStatus::pass) return json;
  json["pointer"] = verdict.pointer;
  json["message"] = verdict.message;
  if (verdict.status == VerdictStatus::repaired) {
    json["old"] = Json::parse(verdict.old_value);
    json["new"] = Json::parse(verdict.new_value);
  }
  return json;
}

std::span<const Rule> all_rules() { return rules_table; }

const Rule* find_rule(std::string_view name) {
  const auto rule = std::ranges::find(rules_table, name, &Rule::name);
  return rule == std::end(rules_table) ? nullptr : &*rule;
}

std::vector<Verdict> apply_rules(Session& session, const RuleOptions& options) {
  std::vector<Verdict> verdicts;
  for (const auto& rule : rules_table) {
    if (!applies(rule, options)) continue;
    const auto before = verdicts.size();
    Verdicts sink(verdicts, rule.name, options.middle_c);
    rule.apply(session, options, sink);
    if (verdicts.size() == before)
      verdicts.push_back({std::string(rule.name), VerdictStatus::pass, {}, {}, {}, {}});
  }
  return verdicts;
}

bool any_rejected(const std::vector<Verdict>& verdicts) {
  return std::ranges::any_of(verdicts, [](const Verdict& v) { return v.status == VerdictStatus::rejected; });
}

Json rules_json(const RuleOptions& options) {
  Json list = Json::array();
  for (const auto& rule : rules_table)
    list.push_back({{"name", rule.name},
                    {"summary", rule.summary},
                    {"taste", rule.taste},
                    {"on", applies(rule, options)},
                    {"parameters", parameters_json(rule, options.values)}});
  return list;
}

}  // namespace doodled

// Musical rules that a schema cannot express. Each passes, repairs or rejects, and says so in a verdict.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/music/session.hpp"

namespace doodled {

enum class VerdictStatus { pass, repaired, rejected };

struct Verdict {
  std::string rule;
  VerdictStatus status = VerdictStatus::pass;
  std::string pointer;  // empty for a pass
  std::string message;
  std::string old_value, new_value;  // JSON text, for a repair
};

Json to_json(const Verdict& verdict);

class Verdicts {
 public:
  explicit Verdicts(std::vector<Verdict>& list, std::string_view rule) : list_(list), rule_(rule) {}
  void repaired(std::string pointer, std::string message, const Json& old_value, const Json& new_value);
  void rejected(std::string pointer, std::string message);

 private:
  std::vector<Verdict>& list_;
  std::string_view rule_;
};

struct Rule {
  std::string_view name;
  std::string_view summary;
  bool taste;  // true: applies to what an interpreter made, not to a document that somebody wrote so on
               // purpose
  void (*apply)(Session& session, Verdicts& verdicts);
};

std::span<const Rule> all_rules();

// Applies the rules in order, repairing `session` in place. A rule with nothing to say leaves one pass.
std::vector<Verdict> apply_rules(Session& session, bool with_taste);
bool any_rejected(const std::vector<Verdict>& verdicts);

}  // namespace doodled

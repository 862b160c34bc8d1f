#include "core/interpret/accept.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/interpret/forms.hpp"
#include "core/interpret/schema.hpp"

namespace doodled {
namespace {

Error rejected(const std::vector<Verdict>& verdicts) {
  Error error{"session_rejected", "the document breaks rules that can't be repaired", {}};
  constexpr std::size_t most_problems = 100;
  for (const auto& verdict : verdicts)
    if (verdict.status == VerdictStatus::rejected && error.problems.size() < most_problems)
      error.problems.push_back({verdict.pointer, verdict.message + " (rule " + verdict.rule + ")"});
  return error;
}

Json report(const std::vector<Verdict>& verdicts) {
  Json list = Json::array();
  for (const auto& verdict : verdicts) list.push_back(to_json(verdict));
  return {{"verdicts", std::move(list)}};
}

struct Judged {
  Session session;
  std::vector<Verdict> verdicts;
};

Result<Judged> judged(Session session, const RuleOptions& rules) {
  Judged result{std::move(session), {}};
  result.verdicts = apply_rules(result.session, rules);
  if (any_rejected(result.verdicts)) return rejected(result.verdicts);
  return result;
}

bool any_repaired(const std::vector<Verdict>& verdicts) {
  return std::ranges::any_of(verdicts, [](const Verdict& v) { return v.status == VerdictStatus::repaired; });
}

Result<Accepted> written(Judged judged) {
  Json document = to_json(judged.session);
  auto problems = session_violations(document);
  if (!problems.empty())
    return Error{"schema_violation", "the session does not fit its schema", std::move(problems)};
  return Accepted{std::move(judged.session), std::move(document), report(judged.verdicts)};
}

Result<Session> session_of(const Json& document, MiddleC middle_c) {
  if (!document.is_object()) return Error{"unknown_document", "a session document is a JSON object"};
  if (!document.contains("format")) return session_from_form(document, middle_c);
  auto problems = session_violations(document);
  if (!problems.empty())
    return Error{"schema_violation", "the document does not fit the session schema", std::move(problems)};
  return session_from_json(document);
}

Result<Judged> judged_document(const Json& document, MiddleC middle_c, const RuleOptions& rules) {
  auto session = session_of(document, middle_c);
  if (!session) return session.error();
  if (session->provenance.interpreter.empty()) session->provenance.interpreter = "document";
  return judged(std::move(*session), rules);
}

}  // namespace

Result<Accepted> accept(Session session, const RuleOptions& rules) {
  auto result = judged(std::move(session), rules);
  return result ? written(std::move(*result)) : result.error();
}

Result<Accepted> accept_document(const Json& document, MiddleC middle_c, const RuleOptions& rules) {
  auto result = judged_document(document, middle_c, rules);
  return result ? written(std::move(*result)) : result.error();
}

Result<Json> check_document(const Json& document, MiddleC middle_c, const RuleOptions& rules) {
  auto result = judged_document(document, middle_c, rules);
  if (!result) return result.error();
  if (document.contains("format") && !any_repaired(result->verdicts)) return report(result->verdicts);
  auto accepted = written(std::move(*result));
  if (!accepted) return accepted.error();
  return std::move(accepted->report);
}

}  // namespace doodled

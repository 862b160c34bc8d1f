#include "core/interpret/accept.hpp"

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

Result<Accepted> judge(Session session, const RuleOptions& rules) {
  const auto verdicts = apply_rules(session, rules);
  if (any_rejected(verdicts)) return rejected(verdicts);
  Json document = to_json(session);
  auto problems = session_violations(document);
  if (!problems.empty())
    return Error{"schema_violation", "the session does not fit its schema", std::move(problems)};
  return Accepted{std::move(session), std::move(document), report(verdicts)};
}

Result<Session> session_of(const Json& document, MiddleC middle_c) {
  if (!document.is_object()) return Error{"unknown_document", "a session document is a JSON object"};
  if (!document.contains("format")) return session_from_form(document, middle_c);
  auto problems = session_violations(document);
  if (!problems.empty())
    return Error{"schema_violation", "the document does not fit the session schema", std::move(problems)};
  return session_from_json(document);
}

}  // namespace

Result<Accepted> accept(Session session, const RuleOptions& rules) {
  return judge(std::move(session), rules);
}

Result<Accepted> accept_document(const Json& document, MiddleC middle_c, const RuleOptions& rules) {
  auto session = session_of(document, middle_c);
  if (!session) return session.error();
  if (session->provenance.interpreter.empty()) session->provenance.interpreter = "document";
  return judge(std::move(*session), rules);
}

}  // namespace doodled

#include "core/import/import.hpp"

#include "core/import/smf_session.hpp"

namespace doodled {
namespace {

Result<Json> document_of_midi(Bytes file, const std::string& title) {
  const auto smf = read_smf(file);
  if (!smf) return smf.error();
  const auto session = session_from_smf(*smf, title);
  if (!session) return session.error();
  return to_json(*session);
}

Result<Accepted> accepted(const Result<Json>& document, const RuleOptions& rules,
                          MiddleC middle_c = MiddleC::c4) {
  if (!document) return document.error();
  return accept_document(*document, middle_c, rules);
}

}  // namespace

Result<Json> document_of_file(Bytes file, const std::string& title) {
  if (looks_like_midi(file)) return document_of_midi(file, title);
  return parse_json({reinterpret_cast<const char*>(file.data()), file.size()});
}

Result<Accepted> accept_midi(Bytes file, const std::string& title, const RuleOptions& rules) {
  return accepted(document_of_midi(file, title), rules);
}

Result<Accepted> accept_file(Bytes file, const std::string& title, const RuleOptions& rules,
                             MiddleC middle_c) {
  return accepted(document_of_file(file, title), rules, middle_c);
}

}  // namespace doodled

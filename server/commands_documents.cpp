// Commands that turn session documents into something else.
#include <iostream>

#include <nlohmann/json.hpp>

#include "core/interpret/accept.hpp"
#include "core/play/arrange.hpp"
#include "core/play/device_limits.hpp"
#include "core/play/smf.hpp"
#include "server/bundled_profiles.hpp"
#include "server/commands.hpp"
#include "server/documents.hpp"
#include "server/files.hpp"

namespace doodled::commands {
namespace {

Result<RuleOptions> check_options(const Settings& settings, const CheckOptions& options) {
  RuleOptions rules = rule_options(settings);
  rules.taste = options.taste;
  if (options.profile.empty()) return rules;
  const auto profiles = bundled_profiles();
  const auto profile = profiles.find(options.profile);
  if (profile == profiles.end())
    return Error{"unknown_profile", "there is no profile \"" + options.profile + "\"", {}};
  rules.device = limits_of(profile->second);
  return rules;
}

}  // namespace

int compile(const Settings& settings, const CompileOptions& options) {
  const auto session = named_session(settings, options.document);
  if (!session) return report(session.error());
  std::cout << to_text(arrange(*session));
  return done;
}

int render(const Settings& settings, const CompileOptions& options) {
  const auto session = named_session(settings, options.document);
  if (!session) return report(session.error());
  SmfOptions smf;
  smf.format = options.smf_format;
  if (const auto written = write_file(options.output, to_smf(arrange(*session), smf)); !written)
    return report(written.error());
  return done;
}

int check(const Settings& settings, const CheckOptions& options) {
  const auto rules = check_options(settings, options);
  if (!rules) return report(rules.error(), misused);
  const auto document = named_document(settings, options.document);
  if (!document) return report(document.error());
  const auto accepted = accept_document(*document, MiddleC::c4, *rules);
  if (!accepted) return report(accepted.error());
  std::cout << to_text(accepted->report, 2) << "\n";
  return done;
}

}  // namespace doodled::commands

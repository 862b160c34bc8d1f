#include "server/doctor/finding.hpp"

namespace doodled::doctor {

using State = Finding::State;

Findings look_at_webhooks(const Settings& settings) {
  Findings findings;
  for (const auto& hook : configured_webhooks(settings.webhooks, process_environment()))
    findings.push_back({hook.unusable ? State::bad : State::good, "webhook " + hook.id,
                        hook.unusable ? hook.unusable->message
                                      : "signs " + std::to_string(hook.events.size()) +
                                            " kinds of messages to " + hook.place});
  return findings;
}

}  // namespace doodled::doctor

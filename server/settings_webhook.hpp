// The settings of one [[webhook]].
#pragma once
#include <string>
#include <vector>

#include "core/webhooks/webhooks.hpp"
#include "server/settings_interpreter.hpp"

namespace doodled {

struct WebhookEntry {
  std::string id;
  KeySource secret;
  WebhookSettings hook;  // without the secret
};

// Complains of every mistake with its key and line.
WebhookEntry webhook_settings(TableReader& table);

// With their secrets. One whose secret can't be had or used is there too, and says so.
std::vector<WebhookSettings> configured_webhooks(const std::vector<WebhookEntry>& entries,
                                                 const std::vector<std::string>& environment);

// Every key of [[webhook]] explained, for the settings file.
std::string webhook_reference();

}  // namespace doodled

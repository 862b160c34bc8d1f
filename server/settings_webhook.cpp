#include "server/settings_webhook.hpp"

#include <limits>

#include "core/interpret/net/url.hpp"
#include "core/webhooks/signature.hpp"

namespace doodled {
namespace {

using std::chrono::milliseconds;

milliseconds seconds(TableReader& table, const std::string& key, double smallest, double largest,
                     double fallback) {
  return milliseconds(static_cast<std::int64_t>(table.number(key, smallest, largest, fallback) * 1000));
}

// What is told is signed, not hidden: in the clear it stays in private networks. A query may hold what only
// the receiver knows, and so may a path; neither is shown.
void read_address(TableReader& table, WebhookSettings& hook) {
  hook.url = table.text("url", true);
  const bool allow_http = table.flag("allow_http", false);
  if (hook.url.empty()) return;
  const auto place = url_place(hook.url.substr(0, hook.url.find('?')));
  if (!place) return table.complain("url", "must be an http or https address without user name and fragment");
  hook.place = place->scheme + "://" + place->host;
  if (place->scheme == "http" && !is_private_address(place->host) && !place->host.ends_with(".local") &&
      !allow_http)
    table.complain("url", "must begin with https:// unless allow_http = true, or it is a private address");
}

void read_times(TableReader& table, WebhookSettings& hook) {
  const auto timeout = seconds(table, "timeout", 0.1, 300, 10);
  hook.limits = {timeout, timeout, timeout, timeout, std::int64_t{1} << 20, table.text("ca_file", false)};
  hook.backoff.first = seconds(table, "retry_wait", 0.05, 3600, 1);
  hook.backoff.longest = seconds(table, "longest_wait", 0.05, 86'400, 300);
  hook.backoff.longest_wish = std::chrono::hours(1);
  hook.backoff.tries = std::numeric_limits<int>::max();
  hook.give_up = seconds(table, "give_up_hours", 0.0005, 24 * 30, 24) * 3600;
}

}  // namespace

WebhookEntry webhook_settings(TableReader& table) {
  WebhookEntry entry;
  entry.id = entry.hook.id = table.id();
  read_address(table, entry.hook);
  entry.hook.events = table.some_of("events", webhook_events);
  entry.secret = read_key_source(table, "secret");
  if (!entry.secret.given())
    table.complain("secret_env",
                   "is missing: a webhook is signed; name its secret with secret_env, secret_file "
                   "or secret_credential");
  read_times(table, entry.hook);
  table.refuse_rest();
  return entry;
}

std::vector<WebhookSettings> configured_webhooks(const std::vector<WebhookEntry>& entries,
                                                 const std::vector<std::string>& environment) {
  std::vector<WebhookSettings> hooks;
  for (const auto& entry : entries) {
    auto& hook = hooks.emplace_back(entry.hook);
    auto secret = read_key(entry.secret, environment);
    if (!secret)
      hook.unusable = secret.error();
    else if (!signing_key(*secret))
      hook.unusable = Error{"key_missing", "the secret begins with whsec_, but no base64 follows"};
    else
      hook.secret = std::move(*secret);
  }
  return hooks;
}

std::string webhook_reference() {
  return R"(
# Who is told what happens here: one table each. Each message is a POST of JSON, signed by the convention
# "Standard Webhooks", and sent until it is answered with a 2xx.
#   [[webhook]]
#   id = "house"                 # 1 to 32 of a-z, 0-9, _ and -
#   url = "http://192.168.1.5:8123/api/webhook/doodled"  # https, unless the address is private
#   events = ["job.done", "job.failed", "job.cancelled", "session.created", "play.started", "play.finished", "device.changed"]
#   secret_env = "DOODLED_HOUSE" # the environment variable that holds the secret (whsec_... or any text), or
#   secret_file = "/path"        # the file that does, or
#   secret_credential = "name"   # LoadCredential=name:/path of the systemd unit
#   allow_http = false           # http:// to hosts outside of private networks
#   ca_file = "/path"            # PEM of the authority that signs the receiver's certificate; without it: those of the system
#   timeout = 10.0               # seconds for one attempt
#   retry_wait = 1.0             # seconds before the second attempt; doubled each time, less up to a quarter by chance,
#   longest_wait = 300.0         # up to this; Retry-After of the receiver counts instead, up to an hour
#   give_up_hours = 24.0         # a message that nobody has taken by then is dropped, and the log says so
)";
}

}  // namespace doodled

// Tokens, from the box's own console: asks the running daemon.
#include <cstdio>

#include <nlohmann/json.hpp>

#include "core/base/clock.hpp"
#include "server/commands.hpp"
#include "server/daemon_client.hpp"

namespace doodled::commands {
namespace {

// One command's way to the daemon.
struct Line {
  SystemClock clock;
  CurlTransport transport{clock};
  DaemonClient daemon;

  explicit Line(const Settings& settings) : daemon(transport, settings) {}
};

std::string text(const Json& json, const char* name) { return json.at(name).get<std::string>(); }

std::string text_or(const Json& json, const char* name, const char* fallback) {
  return json.at(name).is_null() ? fallback : text(json, name);
}

void print_token(const Json& token) {
  std::printf("%s  %-6s  %-6s  %-24s  %-15s  %s\n", text(token, "id").c_str(), text(token, "kind").c_str(),
              text(token, "scope").c_str(), text_or(token, "last_used_at", "never used").c_str(),
              text_or(token, "last_address", "-").c_str(), text(token, "name").c_str());
}

}  // namespace

int list_tokens(const Settings& settings) {
  Line line(settings);
  const auto tokens = line.daemon.ask("GET", "/api/v1/tokens");
  if (!tokens) return report(tokens.error());
  for (const auto& token : tokens->at("items")) print_token(token);
  return done;
}

int new_token(const Settings& settings, const TokenOptions& options) {
  Line line(settings);
  const Json wish{{"name", options.name}, {"scope", options.scope}};
  const auto token = line.daemon.ask("POST", "/api/v1/tokens", to_text(wish));
  if (!token) return report(token.error());
  std::printf("%s\n", text(*token, "secret").c_str());
  std::fprintf(stderr, "Keep it: it is not shown again. Send it as \"Authorization: Bearer ...\".\n");
  return done;
}

int revoke_tokens(const Settings& settings, const std::vector<std::string>& ids) {
  Line line(settings);
  for (const auto& id : ids)
    if (const auto gone = line.daemon.ask("DELETE", "/api/v1/tokens/" + id); !gone)
      return report(gone.error());
  return done;
}

}  // namespace doodled::commands

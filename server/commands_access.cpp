// Who may reach the box, from its own console: asks the running daemon.
#include <cstdio>
#include <thread>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "core/base/clock.hpp"
#include "server/commands.hpp"
#include "server/daemon_client.hpp"
#include "server/qr/qr_code.hpp"

namespace doodled::commands {
namespace {

using namespace std::chrono_literals;

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

void show(const Json& invitation) {
  const auto url = text(invitation, "url");
  if (invitation.at("reachable") == true) {
    std::printf("\n%s\n", QrCode(url).half_blocks(::isatty(STDOUT_FILENO) == 1).c_str());
    std::printf("Scan this with the phone, or open %s there and type\n\n    %s\n\n",
                url.substr(0, url.find("/#")).c_str(), text(invitation, "code").c_str());
  } else {
    std::printf(
        "The daemon listens to this machine only: no phone can reach it. In the settings, say\n"
        "    [server]\n    listen = \"0.0.0.0:8080\"\nand start it again. The code for now: %s\n",
        text(invitation, "code").c_str());
  }
  std::printf("Good for one device (%s), until %s. Waiting for it; Ctrl-C stops waiting.\n",
              text(invitation, "scope").c_str(), text(invitation, "expires_at").c_str());
  std::fflush(stdout);
}

void print_token(const Json& token) {
  std::printf("%s  %-6s  %-6s  %-24s  %-15s  %s\n", text(token, "id").c_str(), text(token, "kind").c_str(),
              text(token, "scope").c_str(), text_or(token, "last_used_at", "never used").c_str(),
              text_or(token, "last_address", "-").c_str(), text(token, "name").c_str());
}

}  // namespace

int pair(const Settings& settings, const PairOptions& options) {
  Line line(settings);
  Json wish{{"scope", options.scope}};
  if (options.minutes > 0) wish["minutes"] = options.minutes;
  const auto invitation = line.daemon.ask("POST", "/api/v1/pairing", to_text(wish));
  if (!invitation) return report(invitation.error());
  show(*invitation);
  const auto path = "/api/v1/pairing/" + text(*invitation, "id");
  for (;;) {
    const auto now = line.daemon.ask("GET", path);
    if (!now) return report(now.error());
    if (now->at("state") == "used") {
      std::printf("Paired: %s\n", text(now->at("token"), "name").c_str());
      return done;
    }
    if (now->at("state") != "open") return report({"nobody_came", "nobody used the code in time", {}});
    std::this_thread::sleep_for(500ms);
  }
}

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

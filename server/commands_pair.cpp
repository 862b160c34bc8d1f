// Letting a device in from the box's own console: asks the running daemon.
#include <cstdio>
#include <thread>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "core/base/clock.hpp"
#include "server/commands.hpp"
#include "server/console_question.hpp"
#include "server/daemon_client.hpp"
#include "server/qr/qr_code.hpp"

namespace doodled::commands {
namespace {

using namespace std::chrono_literals;

constexpr auto turn = 500ms;

std::string text(const Json& json, const char* name) { return json.at(name).get<std::string>(); }

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

// The name last: it is whatever the device says.
std::string question_about(const Json& invitation) {
  const auto& claimant = invitation.at("claimant");
  return "A device at " + text(claimant, "address") + " wants in (" + text(invitation, "scope") +
         ") and calls itself \"" + text(claimant, "name") + "\". Let it in?";
}

bool has_ended(const Json& invitation) {
  const auto state = text(invitation, "state");
  return state != "open" && state != "waiting" && state != "confirmed";
}

int tell_end(const Json& invitation) {
  const auto state = text(invitation, "state");
  if (state == "refused")
    return report({"refused", text(invitation.at("claimant"), "name") + " was not let in", {}});
  if (state == "expired") return report({"nobody_came", "nobody was let in in time", {}});
  std::printf("Paired: %s\n", text(invitation.at("token"), "name").c_str());
  return done;
}

// Once for each claim, in turns: the answer may come from the page as well.
class Answering {
 public:
  Answering(DaemonClient& daemon, std::string path) : daemon_(daemon), path_(std::move(path)) {}

  Result<void> take_turn(const Json& invitation) {
    if (text(invitation, "state") != "waiting") {
      question_.reset();
      std::this_thread::sleep_for(turn);
      return {};
    }
    if (!question_) question_.emplace(question_about(invitation));
    const auto yes = question_->wait(turn);
    tell_when_unanswerable();
    return yes ? say(*yes) : Result<void>{};
  }

 private:
  void tell_when_unanswerable() {
    if (told_ || !question_->unanswerable()) return;
    told_ = true;
    std::fprintf(stderr, "There is no console to answer on: answer on the page, or use --yes.\n");
  }

  Result<void> say(bool yes) {
    const auto said = daemon_.ask("POST", path_ + (yes ? "/confirm" : "/refuse"));
    if (said || said.error().code == "nobody_waits") return {};
    return said.error();
  }

  DaemonClient& daemon_;
  std::string path_;
  std::optional<ConsoleQuestion> question_;
  bool told_ = false;
};

}  // namespace

int pair(const Settings& settings, const PairOptions& options) {
  const SystemClock clock;
  CurlTransport transport(clock);
  DaemonClient daemon(transport, settings);
  Json wish{{"scope", options.scope}, {"confirm", !options.yes}};
  if (options.minutes > 0) wish["minutes"] = options.minutes;
  const auto invitation = daemon.ask("POST", "/api/v1/pairing", to_text(wish));
  if (!invitation) return report(invitation.error());
  show(*invitation);
  const auto path = "/api/v1/pairing/" + text(*invitation, "id");
  Answering answering(daemon, path);
  for (;;) {
    const auto now = daemon.ask("GET", path);
    if (!now) return report(now.error());
    if (has_ended(*now)) return tell_end(*now);
    if (const auto taken = answering.take_turn(*now); !taken) return report(taken.error());
  }
}

}  // namespace doodled::commands

#include <csignal>
#include <cstdio>
#include <optional>

#include "core/base/log.hpp"
#include "server/commands.hpp"
#include "server/notify.hpp"
#include "server/privileges.hpp"
#include "server/watchdog.hpp"

namespace doodled::commands {
namespace {

// Blocked before any thread starts, so that all inherit it and sigwait() alone sees them.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

// A mistake in the settings changes nothing and is only said.
void reload(App& app) {
  const auto done = app.reload();
  if (done) return;
  log::error("server", "the settings can't be used; the devices stay as they are: " + done.error().message);
  for (const auto& problem : done.error().problems)
    log::error("server", problem.message, {{"at", problem.pointer}});
}

int refused(const Error& error) { return report(error, error.code == "invalid_settings" ? misused : failed); }

}  // namespace

int report(const Error& error, int exit_code) {
  std::fprintf(stderr, "doodled: %s\n", error.message.c_str());
  for (const auto& problem : error.problems)
    std::fprintf(stderr, "  %s: %s\n", problem.pointer.c_str(), problem.message.c_str());
  return exit_code;
}

int serve(const Settings& settings, ServeOptions options) {
  const sigset_t signals = block_signals();
  auto listening = drop_privileges(settings, inherited_socket());
  if (!listening) return refused(listening.error());
  options.listening_socket = *listening;
  auto app = App::start(settings, options);
  if (!app) return refused(app.error());
  std::printf("listening on %s\n", (*app)->url().c_str());
  std::fflush(stdout);
  notify_ready();
  std::optional<Watchdog> watchdog(std::in_place, watchdog_period(),
                                   [&](std::chrono::microseconds within) { return (*app)->answers(within); });
  std::fputs((*app)->first_stories().c_str(), stdout);
  std::fflush(stdout);
  int signal = 0;
  while (sigwait(&signals, &signal) == 0 && signal == SIGHUP) reload(**app);
  watchdog.reset();
  notify_stopping();
  log::info("server", "stopping");
  app->reset();
  return done;
}

}  // namespace doodled::commands

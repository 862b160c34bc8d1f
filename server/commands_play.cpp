// Commands about devices and what was played.
#include <csignal>
#include <cstdio>
#include <thread>

#include "core/perform/performer.hpp"
#include "core/play/device_rack.hpp"
#include "core/store/directory_lock.hpp"
#include "core/store/store.hpp"
#include "server/command_rack.hpp"
#include "server/commands.hpp"

namespace doodled::commands {
namespace {

using namespace std::chrono_literals;

volatile std::sig_atomic_t interrupted = 0;

// Prints where it is, until the play is over or somebody presses Ctrl-C.
void watch(DeviceRack& rack, const std::string& play_id) {
  std::signal(SIGINT, [](int) { interrupted = 1; });
  std::signal(SIGTERM, [](int) { interrupted = 1; });
  for (auto state = rack.play_state(play_id); state && !is_over(state->status);
       state = rack.play_state(play_id)) {
    if (interrupted) rack.stop(play_id);
    std::this_thread::sleep_for(20ms);
  }
}

}  // namespace

int replay(const Settings& settings, const ReplayOptions& options) {
  auto lock = DirectoryLock::acquire(settings.store.data_dir);
  if (!lock)
    return report({lock.error().code,
                   lock.error().message + "; ask the daemon instead: POST /api/v1/sessions/" +
                       options.session_id + "/play",
                   {}});
  const SystemClock clock;
  Store store(settings.store.data_dir);
  Performer performer(store, clock);
  auto rack = rack_of(settings, &performer);
  if (!rack) return report(rack.error(), misused);
  performer.use(**rack);
  wait_until_open(**rack);
  const auto play = performer.play({options.session_id, options.devices, options.loops, Quantise::none, {}});
  if (!play) return report(play.error());
  watch(**rack, play->id);
  const auto state = (*rack)->play_state(play->id);
  rack->reset();
  std::printf("%s: %llu packets sent, %llu events dropped\n", play->id.c_str(),
              static_cast<unsigned long long>(state ? state->packets_sent : 0),
              static_cast<unsigned long long>(state ? state->events_dropped : 0));
  return state && state->events_dropped == 0 ? done : failed;
}

int audit(const Settings& settings) {
  if (!std::filesystem::exists(settings.store.data_dir / "doodled.sqlite3"))
    return report({"no_store", "there is no store in " + settings.store.data_dir.string(), {}});
  Store store(settings.store.data_dir);
  const auto result = doodled::audit(store.database, store.blobs);
  if (result.fault)
    return report({"audit_failed",
                   "row " + std::to_string(result.fault->position) + " (" + result.fault->kind + " " +
                       result.fault->subject + ") does not fit: " + result.fault->reason,
                   {}});
  std::printf("%lld rows fit, %lld sessions, %lld pictures checked, %lld forgotten; head %s\n",
              static_cast<long long>(result.rows), static_cast<long long>(result.sessions),
              static_cast<long long>(result.pictures_checked),
              static_cast<long long>(result.pictures_forgotten), result.head.c_str());
  return done;
}

}  // namespace doodled::commands

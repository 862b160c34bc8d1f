// The rack of devices, the inputs that lead and turn it, and the stage that surfaces show.
#include <nlohmann/json.hpp>

#include "core/actions/input_action.hpp"
#include "core/base/log.hpp"
#include "drivers/registry.hpp"
#include "server/api/types.hpp"
#include "server/app_options.hpp"
#include "server/app_parts.hpp"
#include "server/bundled_profiles.hpp"

namespace doodled {

// The actions come before the inputs that use them, and set the tempo through the sync that they start.
Result<void> App::Parts::open_inputs(const Settings& settings) {
  std::vector<std::string> midi;
  for (const auto& input : settings.inputs)
    if (input.kind == "midi") midi.push_back(input.id);
  sync = std::make_unique<Sync>(*rack, clock, std::move(midi), sync_hooks());
  known_sync.store(sync.get());
  actions = std::make_unique<Actions>(action_services(rule_options(settings)));
  auto opened = Inputs::open(settings, *actions, *sync, bus, clock);
  if (!opened) return opened.error();
  inputs = std::move(*opened);
  return sync->use(settings.transport.sync);
}

Result<void> App::Parts::make_rack(const Settings& settings) {
  RackConfig config;
  config.devices = settings.devices;
  use_profiles(all_profiles(settings.profiles.folder));
  config.profiles = profiles()->profiles();
  config.drivers = all_drivers();
  config.listener = rack_listener();
  config.heard = [this](const std::string& device, const DeviceInput& input) { do_input(device, input); };
  config.log = &performer;
  config.clock = &clock;
  config.realtime = settings.play.realtime;
  auto made = DeviceRack::make(std::move(config));
  if (!made) return made.error();
  rack = std::move(*made);
  performer.use(*rack);
  rack->set_tempo(settings.transport.tempo);
  if (auto opened = open_inputs(settings); !opened) return opened.error();
  hands.store(actions.get());
  controls.store(&inputs->hands());
  set_stage();
  return {};
}

// Those that the last end of the process has interrupted, where that was asked for.
void App::Parts::resume_plays() {
  auto interrupted = store.plays.take_resumable();
  if (!interrupted.empty())
    resumer = std::make_unique<Resumer>(performer, *rack, clock, std::move(interrupted));
}

// On a device's thread: what takes its time goes to the actions' own.
void App::Parts::do_input(const std::string& device, const DeviceInput& input) {
  if (auto* bound = controls.load(); bound != nullptr && input.kind == DeviceInput::Kind::message)
    return bound->heard_midi(device, {input.bytes.data(), std::min<std::size_t>(input.size, 3)});
  auto* acting = hands.load();
  if (acting == nullptr) return;
  const auto action = action_of(input, [&](int number) { return acting->macro(number).value; });
  if (action) acting->post(action->name, action->call);
}

void App::Parts::set_stage() {
  stage = std::make_unique<Stage>(store, *rack, *actions, reader);
  to_stage = bus.subscribe([this](const Event& event) {
    if (event.topic == "sessions") stage->sessions_changed();
    if (event.topic == "plays" || event.topic == "actions") stage->changed();
  });
}

void App::Parts::use_profiles(ProfileShelf loaded) {
  auto shared = std::make_shared<const ProfileShelf>(std::move(loaded));
  const std::lock_guard guard(shelf_mutex);
  shelf = std::move(shared);
}

std::shared_ptr<const ProfileShelf> App::Parts::profiles() const {
  const std::lock_guard guard(shelf_mutex);
  return shelf;
}

// One that can't be used changes nothing, neither here nor for the devices.
void App::Parts::renew_certificate(const Settings& settings) {
  if (!services->tls || !settings.tls.enabled) return;
  const auto files = tls_files(settings, clock.wall_ms());
  const auto used = files ? server->use_certificate(*files) : Result<void>(files.error());
  if (used) return;
  for (const auto& problem : used.error().problems)
    log::error("server", "the certificate stays as it was: " + problem.message, {{"at", problem.pointer}});
}

Result<ReloadedDevices> App::Parts::reload() {
  if (!load_settings) return Error{"not_implemented", "the settings can't be read again", {}};
  const auto settings = load_settings();
  if (!settings) return settings.error();
  auto loaded = all_profiles(settings->profiles.folder);
  auto report = rack->reconfigure(settings->devices, loaded.profiles());
  if (!report) return report;
  use_profiles(std::move(loaded));
  if (upkeep) upkeep->wake();
  renew_certificate(*settings);
  const auto told = api::reloaded_json(*report);
  log::info("play", "devices reloaded", {{"devices", to_text(told)}});
  bus.publish("devices", "devices.reloaded", told);
  return report;
}

}  // namespace doodled

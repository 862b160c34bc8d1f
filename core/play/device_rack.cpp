#include "core/play/device_rack.hpp"

#include <cmath>

#include <nlohmann/json.hpp>

#include "core/play/device_rack_body.hpp"
#include "core/play/find_driver.hpp"
#include "core/play/play_checks.hpp"
#include "core/play/stream_limits.hpp"

namespace doodled {
namespace {

constexpr std::size_t max_devices = 32;

const Clock& system_clock() {
  static const SystemClock clock;
  return clock;
}

Error invalid(std::size_t index, const std::string& key, const std::string& message) {
  const std::string pointer = "/device/" + std::to_string(index) + (key.empty() ? "" : "/" + key);
  return {"invalid_device", message, {{pointer, message}}};
}

Error unknown_device(const std::string& id, const std::string& pointer = "id") {
  const std::string message = "there is no device \"" + id + "\"";
  return {"unknown_device", message, {{pointer, message}}};
}

// The problem of a driver's own key moves under the device.
Error under(std::size_t index, Error error) {
  for (auto& problem : error.problems) {
    const bool slash = !problem.pointer.empty() && problem.pointer.front() == '/';
    problem.pointer = "/device/" + std::to_string(index) + (slash ? "" : "/") + problem.pointer;
  }
  if (error.problems.empty()) return invalid(index, "", error.message);
  return error;
}

std::optional<Error> check_settings(const RackConfig& config, std::size_t index) {
  const auto& settings = config.devices[index];
  constexpr std::string_view id_characters = "abcdefghijklmnopqrstuvwxyz0123456789_-";
  if (settings.id.empty() || settings.id.size() > 32 ||
      settings.id.find_first_not_of(id_characters) != std::string::npos)
    return invalid(index, "id", "an id is 1 to 32 characters out of a-z, 0-9, _ and -");
  for (std::size_t other = 0; other < index; ++other)
    if (config.devices[other].id == settings.id)
      return invalid(index, "id", "two devices are called \"" + settings.id + "\"");
  if (!(std::abs(settings.latency_ms) <= 500))
    return invalid(index, "latency_ms", "latency_ms must be -500 to 500");
  if (settings.stream_hz && !(*settings.stream_hz >= 0 && *settings.stream_hz <= 1000))
    return invalid(index, "stream_hz", "stream_hz must be 0 to 1000");
  if (find_driver(config.drivers, settings.driver) == nullptr)
    return invalid(index, "driver", "there is no driver \"" + settings.driver + "\"");
  return std::nullopt;
}

Result<DeviceSetup> make_setup(const RackConfig& config, std::size_t index) {
  if (auto error = check_settings(config, index)) return *error;
  DeviceSetup setup;
  setup.settings = config.devices[index];
  const DriverPlugin& plugin = *find_driver(config.drivers, setup.settings.driver);
  if (setup.settings.profile.empty()) setup.settings.profile = plugin.default_profile;
  const auto profile = config.profiles.find(setup.settings.profile);
  if (profile == config.profiles.end())
    return invalid(index, "profile", "there is no profile \"" + setup.settings.profile + "\"");
  auto driver = plugin.create(setup.settings, profile->second);
  if (!driver) return under(index, driver.error());
  setup.driver = std::move(*driver);
  setup.profile = to_text(to_json(profile->second));
  setup.capabilities = offered(plugin, profile->second);
  setup.streams = stream_limits(setup.settings, setup.capabilities, profile->second);
  return setup;
}

Result<std::vector<DeviceSetup>> make_setups(RackConfig& config) {
  if (config.devices.size() > max_devices) return Error{"invalid_device", "more than 32 devices", {}};
  config.profiles.try_emplace("generic", generic_profile());
  std::vector<DeviceSetup> setups;
  for (std::size_t i = 0; i < config.devices.size(); ++i) {
    auto setup = make_setup(config, i);
    if (!setup) return setup.error();
    setups.push_back(std::move(*setup));
  }
  return setups;
}

std::shared_ptr<const Timeline> test_timeline() {
  Timeline timeline;
  timeline.title = "test tone";
  timeline.meter = {1, 4};
  timeline.length = timeline.meter.bar();
  timeline.tracks.push_back({.id = "test", .name = "Test", .role = Role::lead, .channel = 1, .pads = {}});
  const Tick duration = ticks_from_ms(400, timeline.tempo_bpm);
  timeline.events.push_back({0, 0, note_on(60, 100, duration)});
  timeline.events.push_back({duration, 0, NoteOff{60}});
  return std::make_shared<const Timeline>(std::move(timeline));
}

}  // namespace

Result<std::unique_ptr<DeviceRack>> DeviceRack::make(RackConfig config) {
  const Clock& clock = config.clock != nullptr ? *config.clock : system_clock();
  auto setups = make_setups(config);
  if (!setups) return setups.error();
  const auto drivers = config.drivers;
  auto body = std::make_unique<Body>(std::move(config), std::move(*setups), clock);
  auto rack = std::unique_ptr<DeviceRack>(new DeviceRack(std::move(body)));
  rack->drivers_ = drivers;
  return rack;
}

Result<ReloadedDevices> DeviceRack::reconfigure(std::vector<DeviceSettings> devices,
                                                std::map<std::string, DeviceProfile> profiles) {
  RackConfig config;
  config.devices = std::move(devices);
  config.profiles = std::move(profiles);
  config.drivers = drivers_;
  auto setups = make_setups(config);
  if (!setups) return setups.error();
  return body_->reconfigure(std::move(*setups));
}

DeviceRack::DeviceRack(std::unique_ptr<Body> body) : body_(std::move(body)) {}
DeviceRack::~DeviceRack() = default;

std::vector<DeviceState> DeviceRack::devices() const { return body_->devices(); }

Result<DeviceState> DeviceRack::device(const std::string& id) const {
  for (auto& state : body_->devices())
    if (state.id == id) return std::move(state);
  return unknown_device(id);
}

Result<void> DeviceRack::set_enabled(const std::string& id, bool enabled) {
  const auto runner = body_->find_device(id);
  if (runner == nullptr) return unknown_device(id);
  runner->set_enabled(enabled);
  return {};
}

Result<void> DeviceRack::panic(const std::string& id) {
  const auto runner = body_->find_device(id);
  if (runner == nullptr) return unknown_device(id);
  body_->leave_all(*runner);
  runner->panic();
  return {};
}

void DeviceRack::panic_all() {
  for (const auto& state : devices()) (void)panic(state.id);
}

Result<PlayState> DeviceRack::test(const std::string& id) { return rehearse(id, test_timeline()); }

Result<PlayState> DeviceRack::rehearse(const std::string& id, std::shared_ptr<const Timeline> timeline) {
  static std::atomic<std::uint64_t> count{0};
  const auto runner = body_->find_device(id);
  if (runner == nullptr) return unknown_device(id);
  if (auto error = check_timeline(timeline.get())) return *error;
  if (body_->is_busy(*runner))
    return Error{
        "device_busy", "something plays on \"" + id + "\"", {{"id", "is busy; stop what plays there"}}};
  PlayRequest request;
  request.id = "test-" + id + "-" + std::to_string(++count);
  request.timeline = std::move(timeline);
  request.devices = {id};
  return body_->play(std::move(request), false);
}

Result<PlayState> DeviceRack::play(PlayRequest request) {
  if (auto error = check_request(request)) return *error;
  for (std::size_t i = 0; i < request.devices.size(); ++i)
    if (body_->find_device(request.devices[i]) == nullptr)
      return unknown_device(request.devices[i], "/devices/" + std::to_string(i));
  return body_->play(std::move(request), true);
}

Result<PlayState> DeviceRack::swap(const std::string& play_id, std::shared_ptr<const Timeline> timeline,
                                   Quantise boundary) {
  if (auto error = check_timeline(timeline.get())) return *error;
  return body_->swap(play_id, std::move(timeline), boundary);
}

Result<PlayState> DeviceRack::swap_at(const std::string& play_id, std::shared_ptr<const Timeline> timeline,
                                      Tick at) {
  if (auto error = check_timeline(timeline.get())) return *error;
  return body_->swap_at(play_id, std::move(timeline), at);
}

Result<PlayState> DeviceRack::stop(const std::string& play_id) { return body_->stop(play_id); }
Result<void> DeviceRack::touch(const std::string& play_id, std::span<const Touch> touches) {
  return body_->touch(play_id, touches);
}
std::string DeviceRack::sounding() const { return body_->sounding(); }
void DeviceRack::stop_all() { body_->stop_all(); }
std::vector<PlayState> DeviceRack::plays() const { return body_->plays(); }
Result<PlayState> DeviceRack::play_state(const std::string& play_id) const {
  return body_->play_state(play_id);
}

void DeviceRack::follow(const LeadingLine& leader) { body_->follow(leader); }
void DeviceRack::lead() { body_->lead(); }
void DeviceRack::show(std::shared_ptr<const Scene> scene) { body_->show(std::move(scene)); }

TransportState DeviceRack::transport() const { return body_->transport(); }

Result<TransportState> DeviceRack::set_tempo(double tempo_bpm) {
  if (auto error = check_tempo(tempo_bpm)) return *error;
  body_->set_tempo(tempo_bpm);
  auto state = transport();
  state.tempo_bpm = tempo_bpm;
  return state;
}

}  // namespace doodled

// An Ableton Push 2 or 3: the sound goes to Live or to the external socket, pads and display show what plays.
#include "core/play/driver_keys.hpp"
#include "drivers/midi/midi_driver.hpp"
#include "drivers/midi/port_keys.hpp"
#include "drivers/push/push_keys.hpp"
#include "drivers/push/scene_host.hpp"
#include "drivers/push/setup.hpp"

namespace doodled {
namespace {

using namespace push;

// Where only the display is wanted.
class NoPort final : public SurfacePort {
 public:
  std::optional<Model> open() override { return std::nullopt; }
  void close() noexcept override {}
  bool alive() const noexcept override { return false; }
  bool send(Bytes) noexcept override { return false; }
  std::vector<Message> heard() override { return {}; }
  std::string describe() const override { return "not used"; }
};

class PushDriver final : public MidiDriver {
 public:
  explicit PushDriver(PushKeys keys)
      : MidiDriver(midi::make_rtmidi_out(keys.sound), keys.profile), keys_(std::move(keys)) {}

  void attach(DriverHost& host) override {
    MidiDriver::attach(host);
    host_ = &host;
    if (keys_.surface || keys_.display) scene_ = std::make_unique<SceneHost>(host);
  }

  // The surface is there whether the sound has a port or not; its thread starts with the first try.
  void open() override {
    if (scene_) {
      want_for(between_tries);
      if (!surface_) start_surface();
    }
    MidiDriver::open();
    want_for(Nanoseconds::max());
  }

  void close() noexcept override {
    MidiDriver::close();
    want_for(left_ ? Nanoseconds::zero() : between_tries);
    left_ = false;
  }

  void encode(const TimelineEvent& event, Packets& packets) noexcept override {
    if (scene_) scene_->came_to(event.tick);
    MidiDriver::encode(event, packets);
  }

  Nanoseconds service(Nanoseconds now, Packets& packets) noexcept override {
    if (surface_) surface_->wake();
    return MidiDriver::service(now, packets);
  }

  // Disabled or going: dark within moments, on the surface's own thread.
  void encode_farewell(Packets& packets) noexcept override {
    MidiDriver::encode_farewell(packets);
    left_ = true;
    want_for(Nanoseconds::zero());
    if (surface_) surface_->wake();
  }

  std::string describe() const override {
    std::string words = "sound: " + MidiDriver::describe();
    if (!surface_) return words;
    const auto state = surface_->state();
    words += "; surface " + std::string(to_string(state.status)) + ": " + state.detail;
    return keys_.display ? words + "; " + state.display.detail : words;
  }

 private:
  // More than the longest pause of a runner between two tries to open.
  static constexpr Nanoseconds between_tries = std::chrono::seconds(15);

  void want_for(Nanoseconds time) noexcept {
    if (!scene_) return;
    const bool for_ever = time == Nanoseconds::max();
    scene_->want_until(for_ever ? time : host_->now() + time);
  }

  void start_surface() {
    const auto& clock = system_clock();
    auto display =
        keys_.display ? std::make_unique<Display>(make_libusb_sink(), clock, keys_.display_options) : nullptr;
    const auto port = [&keys = keys_](Bell& bell) -> std::unique_ptr<SurfacePort> {
      if (!keys.surface) return std::make_unique<NoPort>();
      return make_surface_port(keys.surface_port, bell);
    };
    surface_ = std::make_unique<Surface>(port, std::move(display), *scene_, clock, keys_.surface_options,
                                         "push lights");
  }

  static const Clock& system_clock() {
    static const SystemClock clock;
    return clock;
  }

  const PushKeys keys_;
  DriverHost* host_ = nullptr;
  bool left_ = false;  // the device was told goodbye, and its port will be closed
  std::unique_ptr<SceneHost> scene_;
  std::unique_ptr<Surface> surface_;  // last: its thread uses what is above
};

Result<std::unique_ptr<Driver>> create(const DeviceSettings& settings, const DeviceProfile& profile) {
  auto keys = read_push_keys(settings, profile);
  if (!keys) return keys.error();
  return std::unique_ptr<Driver>(std::make_unique<PushDriver>(std::move(*keys)));
}

}  // namespace

extern const DriverPlugin push_plugin{
    .name = "push",
    .summary = "an Ableton Push 2 or 3: sound to Live or its external port; pads, encoders and display",
    .default_profile = "live_mpe",
    .capabilities = {Capability::notes, Capability::mpe, Capability::cc, Capability::sysex, Capability::pads,
                     Capability::display, Capability::input},
    .create = &create,
    .setup = push::setup_steps()};

}  // namespace doodled

// OSC over UDP to a Max for Live device or any other listener.
#include <array>

#include "core/play/driver.hpp"
#include "core/play/driver_keys.hpp"
#include "drivers/osc/bundle.hpp"
#include "drivers/osc/encoder.hpp"
#include "drivers/osc/udp_sender.hpp"

namespace doodled {
namespace {

class OscDriver final : public Driver {
 public:
  OscDriver(std::string host, int port, bool compat, DeviceProfile profile)
      : sender_(std::move(host), port), encoder_(compat, std::move(profile)) {}

  void open() override { sender_.open(); }
  void close() noexcept override { sender_.close(); }
  void prepare(const Timeline& timeline) override { encoder_.prepare(timeline); }
  void encode(const TimelineEvent& event, Packets& packets) noexcept override {
    encoder_.encode(event, packets);
  }
  void encode_stream(std::span<const TimelineEvent> events, Packets& packets) noexcept override {
    messages_.clear();
    for (const auto& event : events) encoder_.encode(event, messages_);
    osc_out::add_bundled(messages_, osc_out::largest_datagram, packets);
  }
  void encode_panic(Packets& packets) noexcept override {
    encoder_.encode({0, 0, TransportChange{false, 0}}, packets);
  }
  void send(Bytes packet) override { sender_.send(packet); }
  std::string describe() const override { return sender_.describe(); }

 private:
  osc_out::UdpSender sender_;
  osc_out::Encoder encoder_;
  Packets messages_;
};

Result<std::unique_ptr<Driver>> create(const DeviceSettings& settings, const DeviceProfile& profile) {
  DriverKeys keys(settings);
  auto host = keys.text("host", "127.0.0.1");
  const int port = keys.integer("port", 9000, 1, 65535);
  const bool compat = keys.flag("compat", settings.id == "max");
  if (host.empty()) keys.complain("host", "host must not be empty");
  if (auto error = keys.error()) return *error;
  return std::unique_ptr<Driver>(std::make_unique<OscDriver>(std::move(host), port, compat, profile));
}

constexpr std::array<SetupStep, 2> setup{
    {{"Receiver",
      "Have it listen on UDP `port` (9000) of the machine that `host` names, and let its firewall pass that "
      "port. The test button of the page, POST /api/v1/devices/ID/test, sends a note.",
      true},
     {"Addresses",
      "/doodled/note ,iiiii with tick, track, pitch, velocity and duration; /doodled/param/NAME with 0..1. A "
      "profile gives parameters addresses of your own; drivers/README.md has all.",
      true}}};

}  // namespace

extern const DriverPlugin osc_plugin{.name = "osc",
                                     .summary = "OSC over UDP: notes, parameters and transport as numbers",
                                     .default_profile = "generic",
                                     .capabilities = {Capability::notes, Capability::mpe, Capability::osc},
                                     .create = &create,
                                     .setup = setup};

}  // namespace doodled

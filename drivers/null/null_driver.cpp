// A device that accepts everything and makes no sound; for demonstrations and measurements.
#include "core/play/driver.hpp"
#include "core/play/driver_keys.hpp"

namespace doodled {
namespace {

class NullDriver final : public Driver {
 public:
  void open() override {}
  void close() noexcept override {}
  void prepare(const Timeline&) override {}
  // One packet an event, so that the play log shows when each came: its tick in eight bytes, highest first.
  void encode(const TimelineEvent& event, Packets& packets) noexcept override {
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
      bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(event.tick) >> (56 - 8 * i));
    packets.add(bytes);
  }
  void encode_panic(Packets&) noexcept override {}
  void send(Bytes) override {}
  std::string describe() const override { return "nowhere"; }
};

Result<std::unique_ptr<Driver>> create(const DeviceSettings& settings, const DeviceProfile&) {
  if (auto error = DriverKeys(settings).error()) return *error;
  return std::unique_ptr<Driver>(std::make_unique<NullDriver>());
}

}  // namespace

extern const DriverPlugin null_plugin{.name = "null",
                                      .summary = "accepts everything in real time and makes no sound",
                                      .default_profile = "generic",
                                      .capabilities = {Capability::notes},
                                      .create = &create};

}  // namespace doodled

// Notes and controllers by the device's profile to a MIDI port, found by name or opened as a virtual one. The
// drivers of MIDI devices are made of it.
#pragma once
#include "core/play/driver_host.hpp"
#include "drivers/midi/clock_bytes.hpp"
#include "drivers/midi/encoder.hpp"
#include "drivers/midi/midi_out.hpp"

namespace doodled {

class MidiDriver : public Driver {
 public:
  MidiDriver(std::unique_ptr<midi::MidiOut> out, DeviceProfile profile)
      : out_(std::move(out)), encoder_(std::move(profile)) {}

  void attach(DriverHost& host) override {
    host_ = &host;
    out_->on_change([&host] { host.wake(); });
  }
  void open() override {
    encoder_.forget_programs();
    encoder_.sysex().clear();
    out_->open();
  }
  void close() noexcept override { out_->close(); }
  bool alive() const noexcept override { return out_->alive(); }
  void prepare(const Timeline& timeline) override { encoder_.prepare(timeline); }
  void encode(const TimelineEvent& event, Packets& packets) noexcept override {
    encoder_.encode(event, packets);
    if (host_ != nullptr && !encoder_.sysex().empty()) host_->wake();
  }
  void encode_clock(const ClockMessage& message, Packets& packets) noexcept override {
    midi::add_clock(message, packets);
  }
  // SysEx that had to wait. It is in no log: what it is depends on the time that its device needs.
  Nanoseconds service(Nanoseconds now, Packets& packets) noexcept override {
    return encoder_.sysex().waits() ? encoder_.sysex().release(now, packets) : Nanoseconds::max();
  }
  void encode_panic(Packets& packets) noexcept override { encoder_.encode_panic(packets); }
  void send(Bytes packet) override { out_->send(packet); }
  std::string describe() const override { return out_->describe(); }

 private:
  const std::unique_ptr<midi::MidiOut> out_;
  midi::Encoder encoder_;
  DriverHost* host_ = nullptr;
};

}  // namespace doodled

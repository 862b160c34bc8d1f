#include <chrono>
#include <memory>
#include <thread>

#include <unistd.h>

#include "drivers/midi/connection.hpp"
#include "drivers/midi/rtmidi_ports.hpp"

namespace doodled::midi {
namespace {

// Longer than JACK's longest usual period, 4096 frames at 44.1 kHz.
constexpr std::chrono::milliseconds last_period{100};

class RtMidiOutPort final : public MidiOut {
 public:
  explicit RtMidiOutPort(PortWish wish) : connection_(std::move(wish)) {}

  void open() override {
    close();
    const auto api = connection_.begin();
    try {
      out_ = std::make_unique<RtMidiOut>(rtmidi_api(api), connection_.wish().client_name);
      out_->setErrorCallback(&note_error, &last_error_);
      last_error_.clear();
      connect();
    } catch (const RtMidiError& failure) {
      throw DeviceError(failure.getMessage());
    }
    if (!last_error_.empty()) throw DeviceError(last_error_);
  }

  // libjack crashes when a client of a dead server is closed, so such a one is left behind. RtMidi takes a
  // port away in the period that carries its last message, before who listens has read it: a note would hang.
  void close() noexcept override {
    if (out_ && connection_.api() == Api::jack) {
      if (connection_.system_gone())
        (void)out_.release();
      else
        std::this_thread::sleep_for(last_period);
    }
    out_.reset();
    connection_.end();
  }

  bool alive() const noexcept override { return connection_.alive(); }
  void on_change(std::function<void()> changed) override { connection_.on_change(std::move(changed)); }

  void send(Bytes message) override {
    if (!out_ || connection_.system_gone()) throw DeviceMissing("the sound system has gone");
    out_->sendMessage(message.data(), message.size());
    if (!last_error_.empty()) throw DeviceError(std::exchange(last_error_, {}));
  }

  std::string describe() const override { return connection_.describe(); }

 private:
  void connect() {
    if (connection_.wish().pattern.empty()) return out_->openVirtualPort(connection_.wish().virtual_name);
    const auto index = connection_.choose(port_names(*out_));
    out_->openPort(index, "out");
  }

  Connection connection_;
  std::string last_error_;
  std::unique_ptr<RtMidiOut> out_;
};

template <class Port>
void add_alsa_ports(std::vector<std::string>& names) {
  try {
    Port port(RtMidi::LINUX_ALSA, "doodled-watch");
    port.setErrorCallback([](RtMidiError::Type, const std::string&, void*) {});
    for (auto& name : port_names(port)) names.push_back(std::move(name));
  } catch (const RtMidiError&) {
  }
}

}  // namespace

bool alsa_usable() { return access("/dev/snd/seq", R_OK | W_OK) == 0; }

std::vector<std::string> alsa_ports() {
  std::vector<std::string> names;
  add_alsa_ports<RtMidiOut>(names);
  add_alsa_ports<RtMidiIn>(names);
  return names;
}

std::unique_ptr<MidiOut> make_rtmidi_out(PortWish wish) {
  return std::make_unique<RtMidiOutPort>(std::move(wish));
}

}  // namespace doodled::midi

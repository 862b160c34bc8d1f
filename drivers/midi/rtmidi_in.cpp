#include <memory>

#include "drivers/midi/connection.hpp"
#include "drivers/midi/midi_in.hpp"
#include "drivers/midi/rtmidi_ports.hpp"

namespace doodled::midi {
namespace {

class RtMidiInPort final : public MidiIn {
 public:
  RtMidiInPort(PortWish wish, Receive receive) : connection_(std::move(wish)), receive_(std::move(receive)) {}

  void open() override {
    close();
    const auto api = connection_.begin();
    try {
      in_ = std::make_unique<RtMidiIn>(rtmidi_api(api), connection_.wish().client_name);
      in_->setErrorCallback(&note_error, &last_error_);
      last_error_.clear();
      in_->ignoreTypes(false, false, true);
      in_->setCallback(&take, this);
      connect();
    } catch (const RtMidiError& failure) {
      throw DeviceError(failure.getMessage());
    }
    if (!last_error_.empty()) throw DeviceError(last_error_);
  }

  // As for an output: a client of a dead JACK server is left behind. Nothing calls it any more.
  void close() noexcept override {
    if (in_ && connection_.api() == Api::jack && connection_.system_gone()) (void)in_.release();
    in_.reset();
    connection_.end();
  }

  bool alive() const noexcept override { return connection_.alive(); }
  void on_change(std::function<void()> changed) override { connection_.on_change(std::move(changed)); }
  std::string describe() const override { return connection_.describe(); }

 private:
  static void take(double, std::vector<unsigned char>* message, void* port) {
    if (message != nullptr && !message->empty())
      static_cast<RtMidiInPort*>(port)->receive_({message->data(), message->size()});
  }

  void connect() {
    if (connection_.wish().pattern.empty()) return in_->openVirtualPort(connection_.wish().virtual_name);
    const auto index = connection_.choose(port_names(*in_));
    in_->openPort(index, "in");
  }

  Connection connection_;
  const Receive receive_;
  std::string last_error_;
  std::unique_ptr<RtMidiIn> in_;
};

}  // namespace

std::unique_ptr<MidiIn> make_rtmidi_in(PortWish wish, Receive receive) {
  return std::make_unique<RtMidiInPort>(std::move(wish), std::move(receive));
}

}  // namespace doodled::midi

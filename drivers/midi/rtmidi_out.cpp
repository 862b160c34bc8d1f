#include <memory>

#include <RtMidi.h>
#include <unistd.h>

#include "drivers/midi/midi_out.hpp"
#include "drivers/midi/port_name.hpp"
#include "drivers/midi/port_watch.hpp"

namespace doodled::midi {
namespace {

std::vector<std::string> port_names(RtMidiOut& out) {
  std::vector<std::string> names;
  const unsigned count = out.getPortCount();
  for (unsigned i = 0; i < count; ++i) names.push_back(out.getPortName(i));
  return names;
}

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "" : ", ") + stable_name(name);
  return all.empty() ? "none at all" : all;
}

// The name of a port of ours would match its own device's pattern.
bool is_ours(const std::string& name) { return name.rfind("doodled", 0) == 0; }

class RtMidiPort final : public MidiOut {
 public:
  explicit RtMidiPort(PortWish wish) : wish_(std::move(wish)) {}

  void open() override {
    close();
    choose_api();
    try {
      out_ = std::make_unique<RtMidiOut>(api_ == Api::alsa ? RtMidi::LINUX_ALSA : RtMidi::UNIX_JACK,
                                         wish_.client_name);
      out_->setErrorCallback(&note_error, &last_error_);
      last_error_.clear();
      connect();
    } catch (const RtMidiError& failure) {
      throw DeviceError(failure.getMessage());
    }
    if (!last_error_.empty()) throw DeviceError(last_error_);
  }

  // libjack crashes when a client of a dead server is closed, so such a one is left behind.
  void close() noexcept override {
    if (out_ && api_ == Api::jack && watch_->epoch() != epoch_) (void)out_.release();
    out_.reset();
    opened_port_.clear();
  }

  bool alive() const noexcept override {
    if (!watch_ || watch_->epoch() != epoch_) return false;
    return opened_port_.empty() || watch_->has(opened_port_);
  }

  void send(Bytes message) override {
    if (!out_ || watch_->epoch() != epoch_) throw DeviceMissing("the sound system has gone");
    out_->sendMessage(message.data(), message.size());
    if (!last_error_.empty()) throw DeviceError(std::exchange(last_error_, {}));
  }

  std::string describe() const override {
    const std::string kind = api_ == Api::alsa ? "ALSA" : "JACK";
    if (opened_port_.empty()) return kind + " virtual port " + wish_.client_name + ":" + wish_.virtual_name;
    return kind + " port " + stable_name(opened_port_);
  }

 private:
  // RtMidi prints or throws what no callback takes.
  static void note_error(RtMidiError::Type type, const std::string& text, void* place) {
    if (type != RtMidiError::WARNING && type != RtMidiError::DEBUG_WARNING)
      *static_cast<std::string*>(place) = text;
  }

  void choose_api() {
    const bool alsa = wish_.api != Api::jack && alsa_usable();
    if (!alsa && wish_.api == Api::alsa) throw DeviceMissing("ALSA's /dev/snd/seq is not usable");
    api_ = alsa ? Api::alsa : Api::jack;
    if (!watch_ || watched_ != api_) watch_ = PortWatch::of(api_);
    watched_ = api_;
    epoch_ = watch_->epoch();
    if (epoch_ != 0) return;
    throw DeviceMissing(wish_.api == Api::jack ? "no JACK server answers"
                                               : "no sound system: /dev/snd/seq is not usable and no JACK "
                                                 "server answers");
  }

  void connect() {
    if (wish_.pattern.empty()) {
      out_->openVirtualPort(wish_.virtual_name);
      return;
    }
    const auto names = port_names(*out_);
    for (unsigned i = 0; i < names.size(); ++i)
      if (!is_ours(names[i]) && name_matches(names[i], wish_.pattern)) {
        out_->openPort(i, "out");
        opened_port_ = names[i];
        return;
      }
    out_.reset();
    throw DeviceMissing("no MIDI port matches \"" + wish_.pattern + "\"; there are: " + joined(names));
  }

  const PortWish wish_;
  Api api_ = Api::alsa, watched_ = Api::automatic;
  std::shared_ptr<PortWatch> watch_;
  std::uint32_t epoch_ = 0;
  std::string opened_port_, last_error_;
  std::unique_ptr<RtMidiOut> out_;
};

}  // namespace

bool alsa_usable() { return access("/dev/snd/seq", R_OK | W_OK) == 0; }

std::vector<std::string> alsa_inputs() {
  try {
    RtMidiOut out(RtMidi::LINUX_ALSA, "doodled-watch");
    out.setErrorCallback([](RtMidiError::Type, const std::string&, void*) {});
    return port_names(out);
  } catch (const RtMidiError&) {
    return {};
  }
}

std::unique_ptr<MidiOut> make_rtmidi_out(PortWish wish) {
  return std::make_unique<RtMidiPort>(std::move(wish));
}

}  // namespace doodled::midi

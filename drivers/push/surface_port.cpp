#include "drivers/push/surface_port.hpp"

#include <mutex>

#include "drivers/midi/midi_in.hpp"
#include "drivers/midi/midi_out.hpp"

namespace doodled::push {
namespace {

constexpr std::size_t most_heard = 4096;  // what a hand can't do between two looks

class MidiSurfacePort final : public SurfacePort {
 public:
  MidiSurfacePort(const midi::PortWish& wish, Bell& bell)
      : bell_(bell),
        out_(midi::make_rtmidi_out(wish)),
        in_(midi::make_rtmidi_in(wish, [this](Bytes message) { hear(message); })) {}
  ~MidiSurfacePort() override { close(); }

  std::optional<Model> open() override {
    try {
      out_->open();
      in_->open();
    } catch (const DeviceError& failure) {
      words_ = failure.what();
      close();
      return std::nullopt;
    }
    words_ = out_->describe();
    const auto port = port_named(words_);
    return port ? port->model : Model::push2;
  }

  void close() noexcept override {
    in_->close();
    out_->close();
  }

  bool alive() const noexcept override { return out_->alive() && in_->alive(); }

  bool send(Bytes message) noexcept override {
    try {
      out_->send(message);
      return true;
    } catch (const std::exception&) {
      return false;
    }
  }

  std::vector<Message> heard() override {
    const std::lock_guard lock(mutex_);
    return std::exchange(heard_, {});
  }

  std::string describe() const override { return words_; }

 private:
  void hear(Bytes message) {
    if (message.size() == 1) return;  // clock and its kind
    {
      const std::lock_guard lock(mutex_);
      if (heard_.size() < most_heard) heard_.emplace_back(message.begin(), message.end());
    }
    bell_.ring();
  }

  Bell& bell_;
  std::string words_ = "not looked for yet";
  std::mutex mutex_;  // of heard_, which the sound system's thread fills
  std::vector<Message> heard_;
  const std::unique_ptr<midi::MidiOut> out_;
  const std::unique_ptr<midi::MidiIn> in_;
};

}  // namespace

std::unique_ptr<SurfacePort> make_surface_port(const midi::PortWish& wish, Bell& bell) {
  return std::make_unique<MidiSurfacePort>(wish, bell);
}

}  // namespace doodled::push

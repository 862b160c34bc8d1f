#include "drivers/input/midi_listener.hpp"

#include <atomic>
#include <mutex>
#include <thread>

#include "core/base/bell.hpp"
#include "core/base/log.hpp"
#include "drivers/midi/midi_in.hpp"

namespace doodled {
namespace {

// What comes and goes is told by the ports; these are for what is not.
constexpr std::chrono::milliseconds missing_interval{1000}, open_interval{30'000};

class MidiListener final : public Listener {
 public:
  MidiListener(std::string id, midi::PortWish wish, Received received)
      : id_(std::move(id)),
        in_(midi::make_rtmidi_in(std::move(wish), [this, received = std::move(received)](Bytes message) {
          messages_.fetch_add(1, std::memory_order_relaxed);
          received(message);
        })) {
    in_->on_change([this] { bell_.ring(); });
    thread_ = std::jthread([this](std::stop_token stop) { work(stop); });
  }
  ~MidiListener() override {
    thread_.request_stop();
    bell_.ring();
    thread_.join();
  }

  ListenerState state() const override {
    const std::lock_guard lock(mutex_);
    return {id_, "midi", ready_, detail_, messages_.load(std::memory_order_relaxed)};
  }

 private:
  void work(std::stop_token stop) {
    bool open = false;
    for (auto heard = bell_.rung(); !stop.stop_requested(); heard = bell_.rung()) {
      if (open && !in_->alive()) {
        in_->close();
        open = false;
        set(false, "it was unplugged or its sound system has gone");
      }
      if (!open) open = try_to_open();
      const auto pause = open ? open_interval : missing_interval;
      bell_.wait_until(std::chrono::steady_clock::now().time_since_epoch() + pause, heard);
    }
    in_->close();
  }

  bool try_to_open() {
    try {
      in_->open();
      set(true, in_->describe());
      return true;
    } catch (const std::exception& reason) {
      in_->close();
      set(false, reason.what());
      return false;
    }
  }

  void set(bool ready, const std::string& detail) {
    const std::lock_guard lock(mutex_);
    if (ready_ != ready)
      log::info("inputs", ready ? "input ready" : "input gone", {{"input", id_}, {"detail", detail}});
    ready_ = ready;
    detail_ = detail;
  }

  const std::string id_;
  std::atomic<std::uint64_t> messages_{0};
  const std::unique_ptr<midi::MidiIn> in_;
  mutable std::mutex mutex_;
  bool ready_ = false;
  std::string detail_;
  Bell bell_;
  std::jthread thread_;  // last: it uses what is above
};

}  // namespace

std::unique_ptr<Listener> listen_to_midi(std::string id, midi::PortWish wish, Received received) {
  return std::make_unique<MidiListener>(std::move(id), std::move(wish), std::move(received));
}

}  // namespace doodled

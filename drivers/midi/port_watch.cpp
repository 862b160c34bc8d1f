#include "drivers/midi/port_watch.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include <jack/jack.h>
#include <jack/midiport.h>
#include <pthread.h>

#include "core/play/realtime.hpp"
#include "drivers/midi/port_place.hpp"

namespace doodled::midi {
namespace {

constexpr std::chrono::milliseconds interval{500};
// A JACK server that is there says what changes, but may list a port yet of which it says that it goes: after
// it has said something a second look follows. This is for what it might not have said.
constexpr std::chrono::milliseconds interval_when_told{30'000};

void say_nothing(const char*) {}

}  // namespace

struct PortWatch::Jack {
  jack_client_t* client = nullptr;
  std::atomic<bool> shut_down{false};
};

std::shared_ptr<PortWatch> PortWatch::of(Api api) {
  static std::mutex mutex;
  static std::map<Api, std::weak_ptr<PortWatch>> watches;
  const std::lock_guard lock(mutex);
  auto watch = watches[api].lock();
  if (!watch) {
    watch.reset(new PortWatch(api));
    watches[api] = watch;
  }
  return watch;
}

PortWatch::PortWatch(Api api) : api_(api), jack_(std::make_unique<Jack>()) {
  jack_set_error_function(&say_nothing);
  jack_set_info_function(&say_nothing);
  look();
  thread_ = std::thread([this] {
    leave_realtime(pthread_self());  // which a thread has from the one that starts it
    bool told = true;
    for (auto heard = bell_.rung(); !quit_.load();) {
      const auto pause = told || jack_->client == nullptr ? interval : interval_when_told;
      bell_.wait_until(std::chrono::steady_clock::now().time_since_epoch() + pause, heard);
      const auto rung = bell_.rung();
      told = rung != std::exchange(heard, rung);
      if (!quit_.load()) look();
    }
  });
}

PortWatch::~PortWatch() {
  quit_.store(true);
  bell_.ring();
  thread_.join();
  close_jack();
}

void PortWatch::look() {
  if (api_ == Api::jack) {
    look_at_jack();
  } else {
    look_at_alsa();
  }
}

void PortWatch::look_at_alsa() {
  const bool usable = alsa_usable();
  if (usable != (epoch_.load() != 0)) epoch_.store(usable ? ++epochs_ : 0);
  auto ports = usable ? alsa_ports() : std::vector<std::string>{};
  std::map<std::string, std::uint64_t> cards;
  for (const auto& port : ports)
    if (const auto card = card_entry(port); card != 0) cards[port] = card;
  publish(std::move(ports), std::move(cards));
}

void PortWatch::look_at_jack() {
  if (jack_->shut_down.exchange(false)) close_jack();
  if (jack_->client == nullptr) {
    jack_->client = jack_client_open("doodled-watch", JackNoStartServer, nullptr);
    if (jack_->client == nullptr) return publish({});
    const auto mark = [](void* watch) {
      static_cast<PortWatch*>(watch)->jack_->shut_down.store(true);
      static_cast<PortWatch*>(watch)->epoch_.store(0);
      static_cast<PortWatch*>(watch)->bell_.ring();
    };
    jack_on_shutdown(jack_->client, mark, this);
    const auto came = [](jack_port_id_t id, int registered, void* watch) {
      auto* self = static_cast<PortWatch*>(watch);
      const auto* port = jack_port_by_id(self->jack_->client, id);
      if (registered != 0 && port != nullptr) self->registered(jack_port_name(port));
      self->bell_.ring();
    };
    jack_set_port_registration_callback(jack_->client, came, this);
    jack_activate(jack_->client);
    epoch_.store(++epochs_);
  }
  std::vector<std::string> ports;
  const char** names = jack_get_ports(jack_->client, nullptr, JACK_DEFAULT_MIDI_TYPE, 0);
  for (const char** name = names; name != nullptr && *name != nullptr; ++name) ports.emplace_back(*name);
  jack_free(names);
  publish(std::move(ports));
}

void PortWatch::close_jack() {
  if (jack_->client == nullptr) return;
  jack_client_close(jack_->client);
  jack_->client = nullptr;
  epoch_.store(0);
}

void PortWatch::publish(std::vector<std::string> ports, std::map<std::string, std::uint64_t> cards) {
  if (take(std::move(ports), std::move(cards))) tell();
}

bool PortWatch::take(std::vector<std::string> ports, std::map<std::string, std::uint64_t> cards) {
  const std::lock_guard lock(mutex_);
  const bool other_cards = api_ != Api::jack && cards != generations_;
  const bool news =
      std::exchange(came_again_, false) || other_cards || ports != ports_ || epoch_ != told_epoch_;
  told_epoch_ = epoch_;
  ports_ = std::move(ports);
  if (api_ != Api::jack) generations_ = std::move(cards);
  return news;
}

void PortWatch::tell() {
  const std::lock_guard lock(listeners_mutex_);
  for (const auto& [number, changed] : listeners_) changed();
}

PortWatch::Listening PortWatch::listen(std::function<void()> changed) {
  const std::lock_guard lock(listeners_mutex_);
  const auto number = ++last_listener_;
  listeners_.emplace(number, std::move(changed));
  return {std::addressof(listeners_), [this, number](const void*) { forget(number); }};
}

void PortWatch::forget(std::uint64_t listener) {
  const std::lock_guard lock(listeners_mutex_);
  listeners_.erase(listener);
}

void PortWatch::registered(const char* port) {
  const std::lock_guard lock(mutex_);
  ++generations_[port];
  came_again_ = true;
}

std::uint64_t PortWatch::generation_locked(const std::string& port) const {
  const auto found = generations_.find(port);
  return found == generations_.end() ? 0 : found->second;
}

std::uint64_t PortWatch::generation(const std::string& port) const {
  const std::lock_guard lock(mutex_);
  return generation_locked(port);
}

std::vector<std::string> PortWatch::ports() const {
  const std::lock_guard lock(mutex_);
  return ports_;
}

bool PortWatch::has(const std::string& port, std::uint64_t generation) const noexcept {
  const std::unique_lock lock(mutex_, std::try_to_lock);
  return !lock || (std::find(ports_.begin(), ports_.end(), port) != ports_.end() &&
                   generation_locked(port) == generation);
}

}  // namespace doodled::midi

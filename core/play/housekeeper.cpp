// The rack's own thread: writes the log, notices what has changed and tells the listener.
#include <algorithm>
#include <array>
#include <chrono>

#include "core/base/log.hpp"
#include "core/play/device_rack_body.hpp"
#include "core/play/realtime.hpp"

namespace doodled {
namespace {

// Plays tell nobody how far they are, nor does a transport that somebody leads how fast it is.
constexpr Nanoseconds while_playing{20'000'000}, while_led{200'000'000};

template <class Call>
void outside(std::string_view what, Call call) {
  try {
    call();
  } catch (const std::exception& failure) {
    log::error("play", what, {{"reason", failure.what()}});
  }
}

bool same(const DeviceState& a, const DeviceState& b) {
  return a.status == b.status && a.detail == b.detail && a.enabled == b.enabled && a.driver == b.driver &&
         a.profile == b.profile;
}

// Whether no runner will look at the play again. A stuck one may, once its call returns.
bool is_released(const Performance& play) {
  return std::all_of(play.seats.begin(), play.seats.end(),
                     [&](const Seat& seat) { return !seat.begun || seat.runner->has_finished(play.serial); });
}

bool is_silent(const Performance& play) {
  return std::all_of(play.seats.begin(), play.seats.end(), [&](const Seat& seat) {
    return !seat.begun || seat.runner->has_finished(play.serial) || seat.runner->stuck();
  });
}

}  // namespace

void DeviceRack::Body::run_housekeeper() {
  block_signals();
  pthread_setname_np(pthread_self(), "housekeeper");
  for (auto heard = vigil_->begin(); !closed_.load(); heard = vigil_->begin()) {
    keep_house();
    vigil_->sleep(next_round(), heard, clock_);
  }
  stop_remaining();
  keep_house();
}

// When the house must be kept again, unless somebody rings before.
Nanoseconds DeviceRack::Body::next_round() const {
  const auto now = clock_.now();
  {
    const std::scoped_lock lock(mutex_, units_mutex_);
    if (!plays_.empty() || !held_.empty() || !leaving_.empty()) return now + while_playing;
  }
  const auto state = player_.transport().at(now);
  Nanoseconds next = state.playing || state.led ? now + while_led : Nanoseconds::max();
  for (const auto& unit : units()) next = std::min(next, unit->runner->stuck_from());
  return next;
}

// The player and the runners have left by now.
void DeviceRack::Body::stop_remaining() {
  const std::lock_guard lock(mutex_);
  for (const auto& play : plays_)
    if (!is_over(play->status.load())) play->status.store(PlayStatus::stopped);
}

// Plays that have ended are picked before the log is read: all they have sent is in it then.
void DeviceRack::Body::keep_house() {
  const auto ended = take_ended();
  write_log();
  see_off();
  log_splices();
  tell_devices();
  tell_plays();
  settle(ended);
  tell_transport();
  free_timelines();
}

Performances DeviceRack::Body::take_ended() {
  const std::lock_guard lock(mutex_);
  Performances ended;
  for (const auto& play : plays_)
    if (closed_.load() || (is_over(play->status.load()) && is_silent(*play))) ended.push_back(play);
  return ended;
}

void DeviceRack::Body::write_log() {
  for (const auto& unit : units())
    while (collect(*unit->runner) > 0) write_collected();
}

void DeviceRack::Body::write_collected() {
  std::vector<SentPacket> packets;
  for (const auto& item : written_)
    packets.push_back({.play_id = item.play->request.id,
                       .device_id = item.runner->id(),
                       .seq = item.header.seq,
                       .loop = item.header.loop,
                       .tick = item.header.tick,
                       .due = item.header.due,
                       .lateness = item.header.lateness,
                       .origin = item.header.origin,
                       .note = item.header.note,
                       .bytes = Bytes{written_bytes_}.subspan(item.begin, item.header.size)});
  if (config_.log != nullptr && !packets.empty())
    outside("the play log cannot be written", [&] { config_.log->write(packets); });
}

void DeviceRack::Body::log_splices() {
  struct Told {
    std::string play;
    Spliced spliced;
  };
  std::vector<Told> news;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& play : plays_)
      for (const Spliced* next = play->spliced.front(); next != nullptr; next = play->spliced.front()) {
        if (play->logged) news.push_back({play->request.id, *next});
        play->spliced.pop();
      }
  }
  for (const auto& [play, spliced] : news)
    if (config_.log != nullptr)
      outside("a change of a play cannot be written", [&, &play = play, &spliced = spliced] {
        config_.log->spliced(play, spliced.version, spliced.at);
      });
}

// Reads at most a thousand packets; how many there were.
std::size_t DeviceRack::Body::collect(Runner& runner) {
  written_.clear();
  written_bytes_.clear();
  std::array<std::uint8_t, Packets::capacity> packet;
  SentHeader header;
  std::size_t count = 0;
  const std::lock_guard lock(mutex_);
  while (count < 1000 && runner.sent().pop(header, packet.data())) {
    ++count;
    auto play = find_serial(header.play);
    if (play == nullptr) continue;
    ++play->packets_sent;
    if (!play->logged) continue;
    written_.push_back({header, written_bytes_.size(), std::move(play), &runner});
    written_bytes_.insert(written_bytes_.end(), packet.begin(), packet.begin() + header.size);
  }
  return count;
}

void DeviceRack::Body::settle(const Performances& ended) {
  for (const auto& play : ended) {
    PlayState state;
    std::uint64_t missed_packets = 0;
    {
      const std::lock_guard lock(mutex_);
      state = state_of(*play);
      state.status = play->status.load();
      if (state.status == PlayStatus::finished) state.tick = state.length;
      missed_packets = missed(*play);
      if (play->logged) remember(state);
      std::erase(plays_, play);
      if (!is_released(*play)) held_.push_back(play);
    }
    if (!play->logged) continue;
    if (config_.log != nullptr)
      outside("the end of a play cannot be written", [&] { config_.log->finished(state, missed_packets); });
    if (config_.listener.play_changed)
      outside("a listener failed", [&] { config_.listener.play_changed(state); });
  }
  const std::lock_guard lock(mutex_);
  std::erase_if(held_, [](const auto& play) { return is_released(*play); });
}

void DeviceRack::Body::tell_plays() {
  std::vector<PlayState> changed;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& play : plays_) {
      auto state = state_of(*play);
      if (play->stop_wanted) continue;  // told when it is silent
      const bool news =
          play->told.id.empty() || play->told.status != state.status || play->told.loop != state.loop;
      play->told = state;
      if (news && play->logged) changed.push_back(std::move(state));
    }
  }
  if (config_.listener.play_changed)
    for (const auto& state : changed)
      outside("a listener failed", [&] { config_.listener.play_changed(state); });
}

void DeviceRack::Body::tell_devices() {
  for (const auto& one : units()) {
    auto& unit = *one;
    auto state = device_state(unit);
    if (same(state, unit.told)) continue;
    if (state.status == DeviceStatus::stuck && !closed_.load()) {
      leave_realtime(unit.thread.native_handle());
      unit.runner->set_realtime(false);
    }
    log::info("play", "device " + std::string(to_string(state.status)),
              {{"device", state.id}, {"detail", state.detail}});
    unit.told = state;
    if (config_.listener.device_changed)
      outside("a listener failed", [&] { config_.listener.device_changed(state); });
  }
}

void DeviceRack::Body::tell_transport() {
  const auto state = transport();
  const bool news = state.playing != told_transport_.playing || state.tempo_bpm != told_transport_.tempo_bpm;
  told_transport_ = state;
  if (news && config_.listener.transport_changed)
    outside("a listener failed", [&] { config_.listener.transport_changed(state); });
}

// Timelines that every device of a play has left behind.
void DeviceRack::Body::free_timelines() {
  const std::lock_guard lock(mutex_);
  for (const auto& play : plays_) {
    auto needed = play->kept.back().version;
    for (const auto& seat : play->seats)
      if (!seat.runner->has_finished(play->serial)) needed = std::min(needed, seat.arrived.load());
    while (play->kept.front().version < needed) play->kept.pop_front();
  }
}

}  // namespace doodled

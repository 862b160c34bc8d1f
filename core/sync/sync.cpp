#include "core/sync/sync.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace doodled {
namespace {

constexpr std::chrono::milliseconds link_interval{20};
constexpr double link_quantum = 4;
constexpr std::string_view midi_prefix = "midi:";

enum : std::uint8_t { song_position = 0xf2, pulse = 0xf8, start = 0xfa, resume = 0xfb, stop = 0xfc };

}  // namespace

Sync::Sync(DeviceRack& rack, const Clock& clock, std::vector<std::string> inputs, SyncHooks hooks)
    : rack_(rack), clock_(clock), inputs_(std::move(inputs)), hooks_(std::move(hooks)) {}

Sync::~Sync() { leave_link(); }

std::vector<std::string> Sync::sources() const {
  std::vector<std::string> all{"internal"};
  for (const auto& input : inputs_) all.push_back(std::string(midi_prefix) + input);
  all.emplace_back("link");
  return all;
}

Error Sync::unknown(const std::string& source) const {
  std::string known;
  for (const auto& one : sources()) known += (known.empty() ? "" : ", ") + one;
  const std::string message = "\"" + source + "\" is no source; there are " + known;
  return {"invalid_sync", message, {{"/sync", message}}};
}

Result<void> Sync::use(const std::string& source) {
  const auto known = sources();
  if (std::ranges::find(known, source) == known.end()) return unknown(source);
  if (source == "link" && !link_available())
    return Error{"link_unavailable",
                 "this program was built without Ableton Link",
                 {{"/sync", "Ableton Link is not built in"}}};
  {
    const std::lock_guard lock(mutex_);
    if (source == source_) return {};
  }
  leave_link();
  const double tempo = rack_.transport().tempo_bpm;
  {
    const std::lock_guard lock(mutex_);
    source_ = source;
    follower_ = {};
    if (source == "link") {
      link_ = join_link(tempo, link_quantum);
      link_thread_ = std::jthread([this](std::stop_token stopping) { follow_link(stopping); });
    }
  }
  if (source.starts_with(midi_prefix)) rack_.follow({{clock_.now(), 0, tempo}, false, false});
  if (source == "internal") rack_.lead();
  tell();
  return {};
}

void Sync::leave_link() {
  std::jthread thread;
  {
    const std::lock_guard lock(mutex_);
    thread = std::move(link_thread_);
  }
  thread.request_stop();
  if (thread.joinable()) thread.join();
  const std::lock_guard lock(mutex_);
  link_.reset();
}

// Link has no callback for 'where are we', so it is asked; between two answers the line goes on straight.
void Sync::follow_link(std::stop_token stopping) {
  std::shared_ptr<LinkSession> link;
  {
    const std::lock_guard lock(mutex_);
    link = link_;
  }
  auto before = link->now();
  bool played = !rack_.sounding().empty();
  Bell bell;
  const std::stop_callback wake(stopping, [&] { bell.ring(); });
  while (!stopping.stop_requested()) {
    auto moment = link->now();
    const auto at = clock_.now();
    rack_.follow({{at, moment.beat * static_cast<double>(ticks_per_quarter), moment.tempo_bpm}, true, false});
    if (moment.playing && !before.playing && hooks_.started) hooks_.started(false);
    if (!moment.playing && before.playing) rack_.stop_all();
    // What peers began or ended comes back as a change here, and is then no news to them.
    const bool plays = !rack_.sounding().empty();
    if (moment.playing == before.playing && plays != played && plays != moment.playing)
      link->set_playing(moment.playing = plays);
    played = plays;
    if (moment.peers != before.peers) tell();
    before = moment;
    bell.wait_until(clock_.now() + link_interval, bell.rung());
  }
}

void Sync::midi(const std::string& input, Bytes message, Nanoseconds at) {
  if (message.empty() || message[0] < song_position) return;
  std::optional<LeadingLine> news;
  {
    const std::lock_guard lock(mutex_);
    if (source_.size() != midi_prefix.size() + input.size() || !source_.ends_with(input)) return;
    if (message[0] == pulse) news = follower_.pulse(at);
    if (message[0] == start) follower_.start();
    if (message[0] == resume) follower_.resume();
    if (message[0] == stop) news = follower_.stop(at);
    if (message[0] == song_position && message.size() == 3)
      follower_.position((message[1] & 127) | (message[2] & 127) << 7);
  }
  if (!news) return;
  rack_.follow(*news);
  if (news->started && hooks_.started && rack_.sounding().empty()) hooks_.started(true);
  if (news->started || !news->running) tell();
}

Result<TransportState> Sync::set_tempo(double tempo_bpm) {
  std::shared_ptr<LinkSession> link;
  {
    const std::lock_guard lock(mutex_);
    link = link_;
    if (source_.starts_with(midi_prefix))
      return Error{"tempo_led",
                   "the MIDI clock of " + source_.substr(midi_prefix.size()) + " sets the tempo",
                   {{"/tempo_bpm", "is the leader's while sync is " + source_}}};
  }
  if (!link) return rack_.set_tempo(tempo_bpm);
  if (!(tempo_bpm >= min_tempo_bpm && tempo_bpm <= max_tempo_bpm)) return rack_.set_tempo(tempo_bpm);
  link->set_tempo(tempo_bpm);
  auto state = rack_.transport();
  state.tempo_bpm = tempo_bpm;
  return state;
}

SyncState Sync::state() const {
  const std::lock_guard lock(mutex_);
  return state_locked();
}

SyncState Sync::state_locked() const {
  SyncState state;
  state.source = source_;
  if (link_) {
    const auto moment = link_->now();
    state.state = "following";
    state.tempo_bpm = moment.tempo_bpm;
    state.peers = moment.peers;
  } else if (source_.starts_with(midi_prefix)) {
    const bool silent = follower_.silent(clock_.now());
    state.tempo_bpm = follower_.tempo_bpm().value_or(0);
    state.jitter_ms = follower_.jitter_ms();
    if (follower_.running())
      state.state = silent ? "lost" : "following";
    else
      state.state = silent ? "waiting" : "standing";
  }
  return state;
}

void Sync::tell() {
  if (hooks_.changed) hooks_.changed(state());
}

Json to_json(const SyncState& state) {
  return {{"source", state.source},
          {"state", state.state},
          {"tempo_bpm", state.tempo_bpm > 0 ? Json(state.tempo_bpm) : Json()},
          {"jitter_ms", state.jitter_ms},
          {"peers", state.peers}};
}

}  // namespace doodled

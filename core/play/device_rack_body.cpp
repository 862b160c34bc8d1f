#include "core/play/device_rack_body.hpp"

#include <algorithm>

#include "core/base/turns.hpp"
#include "core/play/realtime.hpp"

namespace doodled {
namespace {

constexpr std::size_t history_length = 100;

Error unknown_play(const std::string& id) {
  const std::string message = "there is no play \"" + id + "\"";
  return {"unknown_play", message, {{"id", message}}};
}

Error busy() { return {"busy", "too many requests to the player at once; try again", {}}; }

}  // namespace

DeviceRack::Body::Body(RackConfig config, std::vector<DeviceSetup> devices, const Clock& clock)
    : config_(std::move(config)), clock_(clock), player_(clock) {
  player_.watched_by(*vigil_);
  view_->open(config_.heard, [this] { return player_.transport().at(clock_.now()); });
  for (auto& device : devices) add_device(std::move(device));
  set_margin();
  std::vector<Runner*> runners;
  for (const auto& unit : units()) runners.push_back(unit->runner.get());
  player_.use(std::move(runners));
  player_thread_ = std::thread([this] { run_player(); });
  housekeeper_thread_ = std::thread([this] { run_housekeeper(); });
}

void DeviceRack::Body::run_player() {
  block_signals();
  const auto grant = enter_realtime("player", 40, config_.realtime);
  {
    const std::lock_guard lock(mutex_);
    player_realtime_ = grant.granted;
    player_realtime_detail_ = grant.detail;
  }
  take_turns(
      clock_, player_.bell(), [this] { return quit_.load(); }, [this] { return player_.step(); });
}

// The player first, so that nothing is handed out any more; the housekeeper last, so that the log is
// complete.
DeviceRack::Body::~Body() {
  view_->close();
  quit_.store(true);
  player_.bell().ring();
  player_thread_.join();
  close_runners();
  closed_.store(true);
  vigil_->ring();
  housekeeper_thread_.join();
}

bool DeviceRack::Body::is_busy(const Runner& runner) const {
  const std::lock_guard lock(mutex_);
  for (const auto& play : plays_)
    for (const auto& seat : play->seats)
      if (seat.runner == &runner && seat.taken && !is_over(play->status.load())) return true;
  return false;
}

void DeviceRack::Body::leave_all(Runner& runner) {
  const std::lock_guard lock(mutex_);
  player_.leave(runner);
  vigil_->ring();
}

void DeviceRack::Body::set_tempo(double tempo_bpm) {
  {
    const std::lock_guard lock(mutex_);
    player_.set_tempo(tempo_bpm);
  }
  vigil_->ring();
}

void DeviceRack::Body::follow(const LeadingLine& leader) {
  const std::lock_guard lock(mutex_);
  player_.follow(leader);
}

void DeviceRack::Body::lead() {
  const std::lock_guard lock(mutex_);
  player_.lead();
}

Result<PlayState> DeviceRack::Body::play(PlayRequest request, bool logged) {
  auto play = std::make_shared<Performance>();
  play->logged = logged;
  for (const auto& id : request.devices) {
    const auto runner = find_device(id);
    const bool twice = std::any_of(play->seats.begin(), play->seats.end(),
                                   [&](const Seat& seat) { return seat.keeps == runner; });
    if (runner == nullptr || twice) continue;
    Seat& seat = play->seats.emplace_back();
    seat.runner = runner.get();
    seat.keeps = runner;
    seat.dropped_before = runner->events_dropped();
    seat.missed_before = runner->sent_missed();
  }
  play->kept.push_back({play->version, request.timeline});
  for (const auto& splice : request.splices)
    play->kept.push_back({play->kept.back().version + 1, splice.timeline});
  play->length.store(request.timeline->length);
  play->request = std::move(request);
  const std::lock_guard lock(mutex_);
  if (play_known(play->request.id))
    return Error{"duplicate_play", "there is already a play \"" + play->request.id + "\"", {}};
  if (plays_.size() >= Player::max_plays) return Error{"busy", "too many plays at once", {}};
  play->serial = ++last_serial_;
  if (!player_.start(*play)) return busy();
  plays_.push_back(play);
  vigil_->ring();
  return state_of(*play);
}

template <class Splice>
Result<PlayState> DeviceRack::Body::go_on_with(const std::string& id,
                                               std::shared_ptr<const Timeline> timeline, Splice splice) {
  const std::lock_guard lock(mutex_);
  Performance* play = find_play(id);
  if (play == nullptr) return unknown_play(id);
  const auto version = play->kept.back().version + 1;
  if (!splice(*play, version)) return busy();
  play->kept.push_back({version, std::move(timeline)});
  return state_of(*play);
}

Result<PlayState> DeviceRack::Body::swap(const std::string& id, std::shared_ptr<const Timeline> timeline,
                                         Quantise boundary) {
  const Timeline& next = *timeline;
  return go_on_with(id, std::move(timeline), [&](Performance& play, std::uint32_t version) {
    return player_.splice(play, next, version, boundary);
  });
}

Result<PlayState> DeviceRack::Body::swap_at(const std::string& id, std::shared_ptr<const Timeline> timeline,
                                            Tick at) {
  const Timeline& next = *timeline;
  return go_on_with(id, std::move(timeline), [&](Performance& play, std::uint32_t version) {
    return player_.splice_at(play, next, version, at);
  });
}

Result<PlayState> DeviceRack::Body::stop(const std::string& id) {
  {
    const std::lock_guard lock(mutex_);
    if (Performance* play = find_play(id)) {
      if (!player_.stop(*play)) return busy();
      play->stop_wanted = true;
      vigil_->ring();
      return state_of(*play);
    }
  }
  return play_state(id);
}

void DeviceRack::Body::stop_all() {
  const std::lock_guard lock(mutex_);
  for (const auto& play : plays_) play->stop_wanted = player_.stop(*play) || play->stop_wanted;
  vigil_->ring();
}

Result<void> DeviceRack::Body::touch(const std::string& id, std::span<const Touch> touches) {
  const std::lock_guard lock(mutex_);
  const Performance* play = find_play(id);
  if (play == nullptr || play->stop_wanted) return unknown_play(id);
  bool given = true;
  for (const auto& seat : play->seats)
    for (Touch touch : touches) {
      touch.play = play->serial;
      given = (!seat.taken || seat.runner->touch(touch)) && given;
    }
  if (!given) return busy();
  return {};
}

std::string DeviceRack::Body::sounding() const {
  const std::lock_guard lock(mutex_);
  for (auto play = plays_.rbegin(); play != plays_.rend(); ++play)
    if ((*play)->logged && !(*play)->stop_wanted && !is_over((*play)->status.load()))
      return (*play)->request.id;
  return {};
}

std::vector<PlayState> DeviceRack::Body::plays() const {
  const std::lock_guard lock(mutex_);
  std::vector<PlayState> states(history_.begin(), history_.end());
  for (const auto& play : plays_)
    if (play->logged) states.push_back(state_of(*play));
  return states;
}

Result<PlayState> DeviceRack::Body::play_state(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  if (const Performance* play = find_play(id)) return state_of(*play);
  const auto found =
      std::find_if(history_.begin(), history_.end(), [&](const PlayState& state) { return state.id == id; });
  if (found == history_.end()) return unknown_play(id);
  return *found;
}

bool DeviceRack::Body::play_known(const std::string& id) const {
  return find_play(id) != nullptr || std::any_of(history_.begin(), history_.end(),
                                                 [&](const PlayState& state) { return state.id == id; });
}

TransportState DeviceRack::Body::transport() const {
  auto state = player_.transport().at(clock_.now());
  const std::lock_guard lock(mutex_);
  state.realtime = player_realtime_;
  state.realtime_detail = player_realtime_detail_;
  return state;
}

Performance* DeviceRack::Body::find_play(const std::string& id) const {
  for (const auto& play : plays_)
    if (play->request.id == id) return play.get();
  return nullptr;
}

std::shared_ptr<Performance> DeviceRack::Body::find_serial(std::uint64_t serial) const {
  for (const auto& play : plays_)
    if (play->serial == serial) return play;
  return nullptr;
}

// The player is a little ahead of what is heard: a play that it has left counts as playing until its devices
// are silent too.
PlayState DeviceRack::Body::state_of(const Performance& play) const {
  PlayState state;
  state.id = play.request.id;
  state.status = play.status.load();
  if (is_over(state.status)) state.status = PlayStatus::playing;
  if (play.stop_wanted) state.status = PlayStatus::stopped;
  state.loops = play.request.loops;
  state.loop = static_cast<int>(play.loop.load());
  state.length = play.length.load();
  state.version = play.kept.back().version;
  const Tick position = player_.transport().at(clock_.now()).tick - play.published_loop_start.load();
  if (state.status != PlayStatus::waiting) state.tick = std::clamp<Tick>(position, 0, state.length);
  state.packets_sent = play.packets_sent;
  for (const auto& seat : play.seats) {
    state.devices.push_back(seat.runner->id());
    state.events_dropped += seat.runner->events_dropped() - seat.dropped_before;
  }
  return state;
}

void DeviceRack::Body::remember(PlayState state) {
  history_.push_back(std::move(state));
  if (history_.size() > history_length) history_.pop_front();
}

std::uint64_t DeviceRack::Body::missed(const Performance& play) const {
  std::uint64_t count = 0;
  for (const auto& seat : play.seats) count += seat.runner->sent_missed() - seat.missed_before;
  return count;
}

}  // namespace doodled

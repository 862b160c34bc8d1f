// The runner's side towards the device: opening, losing, looking, and what others may know of it.
#include "core/base/turns.hpp"
#include "core/play/realtime.hpp"
#include "core/play/runner.hpp"

namespace doodled {
namespace {

constexpr Nanoseconds longest_call = std::chrono::seconds{3};

std::int64_t latency_of(const DeviceSettings& settings) {
  return static_cast<std::int64_t>(settings.latency_ms * 1e6);
}

}  // namespace

Runner::Runner(DeviceSettings settings, std::unique_ptr<Driver> driver, const Clock& clock,
               RunnerOptions options, std::shared_ptr<RackView> view, std::shared_ptr<Vigil> vigil)
    : id_(settings.id),
      clock_(clock),
      options_(options),
      view_(std::move(view)),
      vigil_(std::move(vigil)),
      clock_out_(Nanoseconds{latency_of(settings)}),
      streams_(options.streams),
      pause_(options.first_pause),
      enabled_(settings.enabled),
      latency_(latency_of(settings)),
      status_(settings.enabled ? DeviceStatus::opening : DeviceStatus::disabled),
      settings_(std::move(settings)),
      driver_(std::move(driver)) {
  driver_->attach(*this);
}

void Runner::set_capabilities(Capabilities capabilities) {
  const std::lock_guard lock(detail_mutex_);
  capabilities_ = capabilities;
}

void Runner::replace(DeviceSettings settings, std::unique_ptr<Driver> driver, Capabilities capabilities,
                     StreamLimits streams) {
  {
    const std::lock_guard lock(detail_mutex_);
    capabilities_ = capabilities;
    next_settings_ = std::move(settings);
    next_driver_ = std::move(driver);
    next_streams_ = streams;
  }
  replaced_.store(true);
  bell_.ring();
}

void Runner::obey_replacement() {
  if (!replaced_.exchange(false)) return;
  end_notes();
  say_farewell();
  close();
  std::unique_ptr<Driver> gone;
  {
    const std::lock_guard lock(detail_mutex_);
    settings_ = *std::exchange(next_settings_, std::nullopt);
    gone = std::exchange(driver_, std::move(next_driver_));
    streams_.set_limits(next_streams_);
    latency_.store(latency_of(settings_));
    clock_out_.set_latency(latency());
    enabled_.store(settings_.enabled);
    status_.store(settings_.enabled ? DeviceStatus::opening : DeviceStatus::disabled);
    detail_.clear();
  }
  tell_housekeeper();
  gone.reset();
  driver_->attach(*this);
  if (timeline_ != nullptr) driver_->prepare(*timeline_);
  next_try_ = Nanoseconds{0};
  pause_ = options_.first_pause;
  connect();
}

void Runner::did(const DeviceInput& input) noexcept {
  if (view_) view_->did(id_, input);
}

void Runner::wake() noexcept {
  woken_.store(true);
  bell_.ring();
}

void Runner::changed() noexcept {
  changed_.store(true);
  wake();
}

TransportState Runner::transport() const { return view_ ? view_->transport() : TransportState{}; }
std::shared_ptr<const Scene> Runner::scene() const { return view_ ? view_->scene() : nullptr; }

// When the driver wants to be served next.
Nanoseconds Runner::serve() {
  if (!open_) return Nanoseconds::max();
  const auto now = clock_.now();
  if (!woken_.exchange(false) && now < next_service_) return next_service_;
  if (changed_.exchange(false)) set_status(DeviceStatus::ready, driver_->describe());
  packets_.clear();
  next_service_ = driver_->service(now, packets_);
  return send_unlogged() ? next_service_ : Nanoseconds::max();
}

bool Runner::send_unlogged() {
  for (std::size_t i = 0; i < packets_.size(); ++i)
    if (!guarded(std::chrono::seconds{1}, clock_.now(), [&] { driver_->send(packets_[i]); })) return false;
  return true;
}

void Runner::say_farewell() {
  if (!open_) return;
  packets_.clear();
  driver_->encode_farewell(packets_);
  send_unlogged();
}

void Runner::set_enabled(bool enabled) noexcept {
  enabled_.store(enabled);
  bell_.ring();
  tell_housekeeper();
}

void Runner::panic() noexcept {
  panics_.fetch_add(1);
  bell_.ring();
}

void Runner::quit() noexcept {
  quit_.store(true);
  bell_.ring();
}

void Runner::obey_enabled() {
  const bool wanted = enabled_.load();
  const bool disabled = status_.load(std::memory_order_relaxed) == DeviceStatus::disabled;
  if (wanted && disabled) {
    next_try_ = Nanoseconds{0};
    pause_ = options_.first_pause;
    set_status(DeviceStatus::opening, "");
    connect();
  } else if (!wanted && !disabled) {
    end_notes();
    say_farewell();
    close();
    set_status(DeviceStatus::disabled, "");
  }
}

// A driver that wakes us may know that its device has come or gone.
void Runner::connect() {
  if (!enabled_.load()) return;
  if (open_) {
    if (woken_.load() || clock_.now() >= look_due()) look();
    return;
  }
  const bool may_be_back = woken_.exchange(false) && status_.load() == DeviceStatus::missing;
  if (may_be_back || clock_.now() >= next_try_) open();
}

void Runner::look() {
  looked_ = clock_.now();
  if (!driver_->alive()) return lose(DeviceStatus::missing, "it was unplugged or its sound system has gone");
  forget_ended();
}

// Not at each look: who wakes us may know of a change before it can be seen that the device was away.
void Runner::forget_ended() {
  if (ended_lately_.sounding() + ended_before_.sounding() == 0) return;
  if (clock_.now() - forgot_ < options_.look_interval) return;
  forgot_ = clock_.now();
  ended_before_ = std::exchange(ended_lately_, {});
}

void Runner::open() {
  if (!guarded(longest_call, clock_.now(), [&] { driver_->open(); })) return;
  open_ = true;
  looked_ = clock_.now();
  next_service_ = Nanoseconds{0};
  set_status(DeviceStatus::ready, driver_->describe());
  end_again();
  end_notes();
  prepare();
  tell_parameters();
  clock_out_.introduce(clock_.now());
}

// What was ended shortly before; where this goes nowhere, too, it is done again at the next opening.
void Runner::end_again() {
  ended_lately_.release([&](std::uint16_t track, std::uint8_t pitch) {
    ended_before_.on(track, pitch);
    return true;
  });
  release(ended_before_);
}

// A device that comes back in the middle of a play knows nothing of what was sent before.
void Runner::tell_parameters() {
  if (!open_ || timeline_ == nullptr) return;
  const auto count = static_cast<std::uint16_t>(timeline_->tracks.size());
  for (std::uint16_t track = 0; track < count; ++track)
    for (const auto& parameter : all_parameters())
      if (const auto value = touched_.value(track, parameter.parameter); value && open_)
        send_event({tick_, track, ParameterChange{parameter.parameter, *value}}, clock_.now());
}

void Runner::close() {
  open_ = false;
  sounding_.store(0, std::memory_order_relaxed);
  call_begins(clock_.now() + longest_call);
  driver_->close();
  call_returned();
}

void Runner::lose(DeviceStatus status, const char* reason) {
  const std::string kept_reason = reason;
  close();
  next_try_ = clock_.now() + (status == DeviceStatus::missing ? options_.missing_pause : pause_);
  if (status == DeviceStatus::failed) {
    pause_ = std::min(2 * pause_, options_.longest_pause);
    errors_.fetch_add(1, std::memory_order_relaxed);
  }
  set_status(status, kept_reason);
}

Nanoseconds Runner::next_look() const noexcept {
  if (!enabled_.load()) return Nanoseconds::max();
  return open_ ? look_due() : next_try_;
}

Nanoseconds Runner::look_due() const noexcept {
  const bool plays = play_ != 0 || ended_lately_.sounding() + ended_before_.sounding() > 0;
  return looked_ + (plays ? options_.look_interval : options_.idle_interval);
}

void Runner::prepare() {
  if (!open_ || timeline_ == nullptr) return;
  guarded(longest_call, clock_.now(), [&] { driver_->prepare(*timeline_); });
}

void Runner::call_begins(Nanoseconds ends) noexcept {
  busy_until_.store(ends.count());
  if (vigil_) vigil_->call_until(ends);
}

void Runner::call_returned() {
  if (abandoned_.load()) throw Abandoned{};
  const bool was_stuck = stuck();
  busy_until_.store(0, std::memory_order_relaxed);
  if (was_stuck) tell_housekeeper();
}

void Runner::tell_housekeeper() noexcept {
  if (vigil_) vigil_->ring();
}

void Runner::set_status(DeviceStatus status, std::string detail) {
  {
    const std::lock_guard lock(detail_mutex_);
    if (status_.load() == status && detail_ == detail) return;
    status_.store(status);
    detail_ = std::move(detail);
  }
  tell_housekeeper();
}

bool Runner::stuck() const noexcept {
  const auto until = busy_until_.load(std::memory_order_relaxed);
  return until != 0 && clock_.now().count() > until;
}

Nanoseconds Runner::stuck_from() const noexcept {
  const Nanoseconds until{busy_until_.load()};
  return until == Nanoseconds::zero() || until < clock_.now() ? Nanoseconds::max() : until + Nanoseconds{1};
}

DeviceState Runner::state() const {
  DeviceState state;
  state.id = id_;
  {
    const std::lock_guard lock(detail_mutex_);
    state.driver = settings_.driver;
    state.profile = settings_.profile;
    state.capabilities = capabilities_;
    state.status = status_.load();
    state.detail = detail_;
  }
  if (stuck()) {
    state.status = DeviceStatus::stuck;
    state.detail = "a call to the device does not return";
  }
  state.enabled = enabled_.load();
  state.realtime = realtime_.load();
  state.sounding = sounding_.load(std::memory_order_relaxed);
  state.events_sent = events_sent_.load(std::memory_order_relaxed);
  state.packets_sent = packets_sent_.load(std::memory_order_relaxed);
  state.events_dropped = dropped_.load(std::memory_order_relaxed);
  state.errors = errors_.load(std::memory_order_relaxed);
  state.late_ms = lateness_.summary();
  state.lateness = lateness_.histogram();
  return state;
}

void Runner::run(bool realtime) {
  block_signals();
  const std::string name = "play " + id_;
  realtime_.store(enter_realtime(name.substr(0, 15).c_str(), 45, realtime).granted);
  try {
    take_turns(
        clock_, bell_, [this] { return quit_.load(); }, [this] { return step(); });
    finish();
  } catch (const Abandoned&) {
    finished_.store(UINT64_MAX);
  }
}

void Runner::abandon(std::vector<std::shared_ptr<const void>> keep) {
  kept_alive_ = std::move(keep);
  abandoned_.store(true);
}

void Runner::finish() {
  fall_silent();
  say_farewell();
  close();
  finished_.store(UINT64_MAX);
}

}  // namespace doodled

// Walks the timelines of all plays along one transport and hands their events to the runners a little ahead.
//
// A Player is the work without the thread: step() hands out what comes within the lookahead and says when it
// wants to be called again. It never allocates, locks or waits.
#pragma once
#include <array>
#include <bitset>
#include <span>

#include "core/play/performance.hpp"
#include "core/play/spsc_ring.hpp"
#include "core/play/tempo_line.hpp"
#include "core/play/vigil.hpp"

namespace doodled {

struct PlayerOptions {
  Nanoseconds lookahead{30'000'000};  // plus the margin
  Nanoseconds stride{10'000'000};     // between two steps while something plays
  Nanoseconds lead_in{2'000'000};     // before the first tick of a transport that stood; plus the margin
};

// What any thread may know of the transport, published by the player after each step.
class PublishedTransport {
 public:
  // `tempo_bpm` is what is shown; the line's own wavers while it follows another one.
  void publish(const TempoLine& line, double tempo_bpm, const Meter& meter, bool playing, bool led) noexcept;
  // A tempo that was asked for shows at once; answered, after publish(), when the player has obeyed it.
  void ask(double tempo_bpm) noexcept { asked_bpm_.store(tempo_bpm); }
  void answer(double tempo_bpm) noexcept { asked_bpm_.compare_exchange_strong(tempo_bpm, 0); }
  TransportState at(Nanoseconds now) const;

 private:
  mutable std::atomic<std::uint32_t> version_{0};  // odd while it is being written
  std::atomic<std::int64_t> time_{0};
  std::atomic<double> tick_{0}, line_bpm_{120}, tempo_bpm_{120};
  std::atomic<double> asked_bpm_{0};  // 0: none
  std::atomic<int> numerator_{4}, denominator_{4};
  std::atomic<bool> playing_{false}, led_{false};
};

class Player {
 public:
  static constexpr std::size_t max_plays = 64;  // waiting or playing; the rack starts no more

  explicit Player(const Clock& clock, PlayerOptions options = {});

  // The player's thread.
  Nanoseconds step();

  // One thread at a time (the rack's mutex). False when there is no room; nothing happens then.
  bool start(Performance& performance) noexcept;
  bool stop(Performance& performance) noexcept;
  bool leave(Runner& runner) noexcept;  // takes the device out of whatever plays or waits for it
  bool splice(Performance& performance, const Timeline& timeline, std::uint32_t version,
              Quantise boundary) noexcept;
  // At `at` ticks after the play began; when that is over, at the next bar.
  bool splice_at(Performance& performance, const Timeline& timeline, std::uint32_t version, Tick at) noexcept;
  bool set_tempo(double tempo_bpm) noexcept;
  // The transport follows from now on: starts and stops with the leader, and glides to where it is within
  // about a beat. Plays wait for it, and joining one never changes its tempo.
  bool follow(const LeadingLine& leader) noexcept;
  // Follows nobody any more; goes on as it is.
  bool lead() noexcept;
  // Before anything plays: everybody who is told where the transport is.
  void use(std::vector<Runner*> runners);
  // Before it steps: who is told that the transport has started or stopped, or is led, or has another tempo
  // of ours.
  void watched_by(Vigil& vigil) noexcept { vigil_ = &vigil; }
  // Others from the next step on; newcomers are told at once. The list stays the caller's and lives until
  // runners_version() is `version`; from then on it holds those of before.
  bool change_runners(std::vector<Runner*>& runners, std::uint32_t version) noexcept;

  // Any thread.
  // The largest latency of a device: events are handed out so much earlier.
  void set_margin(Nanoseconds latency) noexcept { margin_.store(latency.count()); }
  std::uint32_t runners_version() const noexcept { return runners_version_.load(); }
  Bell& bell() noexcept { return bell_; }
  const PublishedTransport& transport() const noexcept { return published_; }

 private:
  Nanoseconds margin() const noexcept { return Nanoseconds{margin_.load(std::memory_order_relaxed)}; }

  struct Command {
    enum class Kind : std::uint8_t { start, stop, leave, splice, set_tempo, follow, lead, runners } kind;
    Quantise boundary = Quantise::none;
    Performance* performance = nullptr;  // to start
    std::uint64_t serial = 0;            // of a play that may be over by now
    Runner* runner = nullptr;
    const Timeline* timeline = nullptr;
    std::uint32_t version = 0;
    std::optional<Tick> at = {};  // of a splice at a known place
    double tempo_bpm = 0;
    LeadingLine leader = {};
    std::vector<Runner*>* runners = nullptr;
  };

  bool give(const Command& command) noexcept;
  void obey(const Command& command) noexcept;
  void enlist(Performance& performance) noexcept;
  void give_up_seats(Performance& performance, const Performance& successor) noexcept;
  void call_off(const Performance& waiting) noexcept;
  Performance* find(std::uint64_t serial) noexcept;
  void stop_now(std::uint64_t serial) noexcept;
  void vacate(Runner& runner) noexcept;
  void plan_splice(const Command& command) noexcept;
  void change_tempo(double tempo_bpm) noexcept;
  void tell_tempo(double tempo_bpm) noexcept;

  void obey_leader(const LeadingLine& leader) noexcept;
  void start_with(const LeadingLine& leader) noexcept;
  void stop_with(const LeadingLine& leader) noexcept;
  void steer(const TempoLine& leader) noexcept;
  void shift(Tick by) noexcept;
  // Everybody is told of `line_`.
  void tell_line(LineChange::Kind kind, Nanoseconds from, Tick shift = 0) noexcept;
  void follow_nobody() noexcept;
  void adopt_runners(std::vector<Runner*>& runners, std::uint32_t version) noexcept;

  void start_transport(const Performance& first) noexcept;
  void stop_transport_when_idle() noexcept;
  Tick boundary_after(Tick earliest, Quantise quantise, Tick origin, const Meter& meter) const noexcept;
  Tick earliest_tick() const noexcept;

  // turn_over() and do_splice() answer false when the play ended there; it must not be touched any more.
  void hand_out(Performance& performance, Nanoseconds horizon) noexcept;
  void begin_due(Nanoseconds horizon) noexcept;
  void begin(Performance& performance) noexcept;
  void take_over(Performance& performance) noexcept;
  bool turn_over(Performance& performance) noexcept;
  bool do_splice(Performance& performance) noexcept;
  void plan_next(Performance& performance) noexcept;
  void hold(Performance& performance, const Timeline& next, Tick position, Tick at,
            Handout::Kind kind) noexcept;
  void begin_inside(Performance& performance) noexcept;
  void chase(Performance& performance, Tick position) noexcept;
  bool chase_first(const TimelineEvent& event) noexcept;
  void finish(Performance& performance, Tick at, PlayStatus status) noexcept;
  void retire(Performance& performance, PlayStatus status) noexcept;
  void emit(Performance& performance, const TimelineEvent& event, Tick at) noexcept;
  void emit_all(Performance& performance, const Handout& handout, Tick at) noexcept;
  void emit_to(Performance& performance, Seat& seat, Handout handout, Tick at) noexcept;
  bool begin_seat(Performance& performance, Seat& seat) noexcept;
  void end_seat(Performance& performance, Seat& seat, Tick at) noexcept;
  void compact() noexcept;
  void tell_watcher() noexcept;
  void ring_later(Runner& runner) noexcept;
  void ring_runners() noexcept;

  const Clock& clock_;
  const PlayerOptions options_;
  SpscRing<Command> commands_{256};
  Bell bell_;
  PublishedTransport published_;
  std::atomic<std::int64_t> margin_{0};
  std::atomic<std::uint32_t> runners_version_{0};

  // The player's thread only.
  std::array<Performance*, max_plays> plays_{};  // waiting or playing, in the order they came
  std::size_t play_count_ = 0;
  std::array<Runner*, max_plays> to_ring_{};
  std::size_t to_ring_count_ = 0;
  std::vector<Runner*> runners_;
  bool running_ = false;
  bool led_ = false;  // somebody else's transport leads
  // What the watcher was told last.
  Vigil* vigil_ = nullptr;
  bool told_running_ = false, told_led_ = false;
  double watched_tempo_ = 120;
  double told_tempo_ = 120;  // shown, and sent to devices
  double obeyed_tempo_ = 0;  // asked for, not answered yet; 0: none
  double stopped_tick_ = 0;  // where the transport stands
  Nanoseconds ended_at_{};   // when the play that was finished last is over
  TempoLine line_;
  Meter meter_;
  Tick bar_origin_ = 0;
  Nanoseconds now_{}, handed_until_{};
  std::bitset<max_timeline_tracks * parameter_count> chased_parameters_;
  std::bitset<max_timeline_tracks * 128> chased_controllers_;
};

}  // namespace doodled

// Live without Max: the remote script AbletonOSC writes a play's clips into the session view, and Live plays
// them on its own clock. There are no single notes in its address space, so a play's notes are never sent one
// by one.
#include <array>

#include "core/play/driver_host.hpp"
#include "core/play/driver_keys.hpp"
#include "drivers/abletonosc/conversation.hpp"
#include "drivers/abletonosc/socket.hpp"

namespace doodled {
namespace {

using namespace ableton_osc;

constexpr std::chrono::milliseconds turn{25};
constexpr int most_heard_a_turn = 32;
constexpr std::size_t most_said_a_turn = 32;  // of what Live reads ten times a second

class AbletonOscDriver final : public Driver {
 public:
  AbletonOscDriver(std::string host, int port, int reply_port, ConversationOptions options)
      : socket_(std::move(host), port, reply_port), conversation_(options) {}

  void open() override {
    socket_.open();
    conversation_.forget();
    waiting_.clear();
  }
  void close() noexcept override { socket_.close(); }
  void prepare(const Timeline& timeline) override {
    conversation_.use(std::make_shared<const ClipSet>(clips_of(timeline)));
  }

  void encode(const TimelineEvent& event, Packets&) noexcept override {
    if (const auto* change = std::get_if<ParameterChange>(&event.body))
      conversation_.set_parameter(event.track, change->parameter, change->value);
    if (const auto* transport = std::get_if<TransportChange>(&event.body)) follow(*transport);
  }

  void encode_panic(Packets& packets) noexcept override {
    conversation_.stop();
    say_at_once({"/live/song/stop_all_clips", {}}, packets);
  }

  Nanoseconds service(Nanoseconds now, Packets& packets) noexcept override {
    try {
      for (int i = 0; i < most_heard_a_turn; ++i) {
        const auto datagram = socket_.receive();
        if (datagram.empty()) break;
        if (const auto message = osc_wire::decode(datagram)) conversation_.hear(*message, now);
      }
      for (auto& message : conversation_.speak(now)) waiting_.push_back(std::move(message));
      say_some(packets);
    } catch (const std::exception&) {
      // Out of memory: what was to be said is said at the next turn.
    }
    return now + turn;
  }

  void encode_farewell(Packets& packets) noexcept override {
    waiting_.clear();
    for (const auto& message : conversation_.goodbye()) say_at_once(message, packets);
  }

  void send(Bytes packet) override { socket_.send(packet); }

  std::string describe() const override {
    return socket_.describe() + (socket_.complaint().empty() ? "" : "; " + socket_.complaint());
  }

 private:
  void follow(const TransportChange& transport) {
    const bool goes_on = std::exchange(playing_, transport.playing) && transport.playing;
    if (goes_on)
      conversation_.set_tempo(static_cast<double>(transport.tempo_bpm));
    else if (playing_)
      conversation_.start(static_cast<double>(transport.tempo_bpm));
    else
      conversation_.stop();
  }

  static void say_at_once(const Message& message, Packets& packets) noexcept {
    try {
      const auto datagram = osc_wire::encode(message);
      if (!datagram.empty()) packets.add(datagram);
    } catch (const std::bad_alloc&) {
    }
  }

  // A long set is many datagrams; a few at a time, so that none is lost in a full buffer.
  void say_some(Packets& packets) {
    const auto count = std::min(waiting_.size(), most_said_a_turn);
    std::size_t said = 0;
    for (; said < count; ++said) {
      const auto datagram = osc_wire::encode(waiting_[said]);
      if (!datagram.empty() && !packets.add(datagram)) break;
    }
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(said));
  }

  Socket socket_;
  Conversation conversation_;
  std::vector<Message> waiting_;
  bool playing_ = false;
};

Result<std::unique_ptr<Driver>> create(const DeviceSettings& settings, const DeviceProfile&) {
  DriverKeys keys(settings);
  const auto host = keys.text("host", "127.0.0.1");
  const int port = keys.integer("port", 11000, 1, 65535);
  const int reply_port = keys.integer("reply_port", 11001, 1, 65535);
  ConversationOptions options;
  options.first_track = keys.integer("first_track", 1, 1, 1000) - 1;
  options.slot = keys.integer("slot", 1, 1, 1000) - 1;
  options.device = keys.integer("device", 1, 1, 100) - 1;
  if (host.empty()) keys.complain("host", "host must not be empty");
  if (auto error = keys.error()) return *error;
  return std::unique_ptr<Driver>(std::make_unique<AbletonOscDriver>(host, port, reply_port, options));
}

constexpr std::array<SetupStep, 3> setup{
    {{"The remote script",
      "Put AbletonOSC into Live's User Library, folder Remote Scripts, and choose it as a Control Surface in "
      "Preferences > Link, Tempo & MIDI. Live then says that it listens on port 11000.",
      true},
     {"Answers",
      "AbletonOSC answers to port 11001 of the machine that asked, so only one program of a machine can use "
      "it.",
      true},
     {"Where clips go",
      "From `first_track` on, into the slot `slot` of each track, in place of what is there. Missing tracks "
      "are made; each needs an instrument, whose parameters are those of its device number `device`.",
      true}}};

}  // namespace

extern const DriverPlugin abletonosc_plugin{
    .name = "abletonosc",
    .summary = "Ableton Live by the remote script AbletonOSC: clips, parameters, tempo",
    .default_profile = "live",
    .capabilities = {Capability::notes, Capability::osc},
    .create = &create,
    .setup = setup};

}  // namespace doodled

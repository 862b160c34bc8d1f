// The Max for Live companion: everything that the osc driver sends, and beside it the conversation of
// PROTOCOL.md, so that a lost datagram, a restarted Live or a restarted box changes nothing for long.
#include <array>
#include <random>

#include "core/play/driver_host.hpp"
#include "core/play/driver_keys.hpp"
#include "drivers/max/conversation.hpp"
#include "drivers/max/link.hpp"
#include "drivers/osc/encoder.hpp"
#include "drivers/osc/udp_sender.hpp"

namespace doodled {
namespace {

using max_link::Conversation;
using max_link::Hand;
using max_link::Link;

struct Keys {
  std::string host;
  int port = 9000, reply_port = 9002;
  bool compat = false;
};

std::int32_t new_epoch() { return static_cast<std::int32_t>(std::random_device{}() >> 2) + 1; }

bool belongs_to(const Session& session, const Timeline& timeline) {
  return session.title == timeline.title && session.tracks.size() == timeline.tracks.size();
}

class MaxDriver final : public Driver {
 public:
  explicit MaxDriver(const Keys& keys)
      : reply_port_(keys.reply_port),
        sender_(keys.host, keys.port),
        encoder_(keys.compat),
        conversation_(new_epoch(), [this](const Hand& hand) { hand_over(hand); }),
        link_(keys.host, keys.reply_port, [this] {
          if (host_ != nullptr) host_->wake();
        }) {}

  void attach(DriverHost& host) override { host_ = &host; }
  void open() override {
    sender_.open();
    link_.open();
  }
  void close() noexcept override {
    link_.close();
    sender_.close();
  }
  void prepare(const Timeline& timeline) override;
  void encode(const TimelineEvent& event, Packets& packets) noexcept override {
    encoder_.encode(event, packets);
    state_.record(event);
  }
  void encode_panic(Packets& packets) noexcept override {
    encode({0, 0, TransportChange{false, 0}}, packets);
  }
  Nanoseconds service(Nanoseconds now, Packets& packets) noexcept override;
  void encode_farewell(Packets& packets) noexcept override { conversation_.farewell(packets); }
  void send(Bytes packet) override { sender_.send(packet); }
  std::string describe() const override {
    const auto& complaint = link_.complaint();
    return sender_.describe() + ", " +
           (complaint.empty() ? conversation_.describe() + " at port " + std::to_string(reply_port_)
                              : complaint);
  }

 private:
  void look_at_scene();
  void hand_over(const Hand& hand);

  const int reply_port_;
  DriverHost* host_ = nullptr;
  osc_out::UdpSender sender_;
  osc_out::Encoder encoder_;
  max_link::StateTable state_;
  Conversation conversation_;
  Link link_;
  std::string described_;
  std::shared_ptr<const Timeline> timeline_;
  std::shared_ptr<const Session> session_;
};

// A timeline without sections is no session but a test tone.
void MaxDriver::prepare(const Timeline& timeline) {
  encoder_.prepare(timeline);
  if (timeline.markers.empty()) return;
  timeline_ = std::make_shared<const Timeline>(timeline);
  session_.reset();
  look_at_scene();
  if (!session_) link_.describe(timeline_, nullptr);
}

// The session behind the timeline knows which notes sound only sometimes.
void MaxDriver::look_at_scene() {
  const auto scene = host_ != nullptr && timeline_ ? host_->scene() : nullptr;
  if (!scene || !scene->session || scene->session == session_ || !belongs_to(*scene->session, *timeline_))
    return;
  session_ = scene->session;
  link_.describe(timeline_, session_);
}

Nanoseconds MaxDriver::service(Nanoseconds now, Packets& packets) noexcept {
  auto news = link_.take();
  for (const auto& message : news.messages) conversation_.receive(message, now);
  if (news.document) conversation_.publish(std::move(*news.document));
  look_at_scene();
  const auto next = conversation_.speak(now, state_, packets);
  if (auto words = conversation_.describe(); words != described_) {
    described_ = std::move(words);
    if (host_ != nullptr) host_->changed();
  }
  return next;
}

void MaxDriver::hand_over(const Hand& hand) {
  if (host_ == nullptr) return;
  DeviceInput input;
  input.kind = hand.kind == Hand::Kind::macro ? DeviceInput::Kind::macro : DeviceInput::Kind::panic;
  input.number = static_cast<std::uint8_t>(hand.number);
  input.value = hand.value;
  input.at = host_->now();
  host_->did(input);
}

Result<std::unique_ptr<Driver>> create(const DeviceSettings& settings, const DeviceProfile&) {
  DriverKeys reader(settings);
  Keys keys;
  keys.host = reader.text("host", "127.0.0.1");
  keys.port = reader.integer("port", 9000, 1, 65535);
  keys.reply_port = reader.integer("reply_port", 9002, 1, 65535);
  keys.compat = reader.flag("compat", settings.id == "max");
  if (keys.host.empty()) reader.complain("host", "host must not be empty");
  if (auto error = reader.error()) return *error;
  return std::unique_ptr<Driver>(std::make_unique<MaxDriver>(keys));
}

constexpr std::array<SetupStep, 4> setup{
    {{"The device",
      "Download doodled-one-file.amxd (page, Devices; or GET /api/v1/companion) and drop it onto a MIDI "
      "track of Live 11 or newer with Max for Live, before the instrument that is to play.",
      false},
     {"The way there",
      "`host` is the machine with Live, `port` the number that the device shows (9000). Live's machine must "
      "let UDP to that port pass.",
      true},
     {"The way back",
      "The device answers to UDP `reply_port` (9002) of this machine; its firewall must let that pass. "
      "Without answers music is sent all the same, and nothing is known of what arrived.",
      true},
     {"Keep it",
      "Save the set: the device keeps its port. What it has bound is let go when the device is removed or "
      "off.",
      false}}};

}  // namespace

extern const DriverPlugin max_plugin{
    .name = "max",
    .summary = "The Max for Live companion: OSC over UDP with answers, sessions and clips in Live",
    .default_profile = "generic",
    .capabilities = {Capability::notes, Capability::osc, Capability::input},
    .create = &create,
    .setup = setup};

}  // namespace doodled

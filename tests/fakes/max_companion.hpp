// The companion's end of drivers/max/PROTOCOL.md, as small as it can be, behind a network that loses, repeats
// and delays. Virtual time. The real one, in JavaScript, is in tests/max_device.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/base/random.hpp"
#include "drivers/max/conversation.hpp"
#include "drivers/max/crc32.hpp"

namespace doodled::fakes {

class MaxCompanion {
 public:
  explicit MaxCompanion(std::int32_t own_nonce) : nonce(own_nonce) {}

  std::vector<std::vector<std::uint8_t>> take() { return std::exchange(out_, {}); }
  // Once a second.
  void tick() {
    if (epoch == 0)
      say("/doodled/max/hello", {version, 15, nonce, 9000});
    else
      say("/doodled/max/alive", {nonce, revision, max_link::crc32(std::span<const std::int32_t>(state))});
  }
  void hear(Bytes datagram) {
    const auto message = max_link::decode(datagram);
    if (!message) return;
    const auto& w = message->words;
    if (message->address == "/doodled/max/welcome" && w[2] == nonce) welcomed(w);
    if (message->address == "/doodled/max/begin") begin(w);
    if (message->address == "/doodled/max/part") part(w);
    if (message->address == "/doodled/max/state") snapshot(w);
    if (message->address == "/doodled/max/alive") alive(w);
    if (message->address == "/doodled/max/bye") epoch = 0;
  }

  std::int32_t nonce, version = 1, epoch = 0, revision = 0, answered_version = 0;
  std::vector<std::int32_t> state;
  std::map<std::int32_t, std::string> documents;  // by kind
  std::map<std::int32_t, int> deliveries;         // by transfer
  int parts_heard = 0;

 private:
  void say(const char* address, std::initializer_list<std::int32_t> words) {
    out_.push_back(max_link::encode(address, words));
  }
  void welcomed(const std::vector<std::int32_t>& w) {
    answered_version = w[0];
    if (w[0] == version) epoch = w[3];
  }
  void begin(const std::vector<std::int32_t>& w) {
    if (deliveries.contains(w[0])) return say("/doodled/max/done", {w[0], 0});
    if (head_.empty() || head_[0] != w[0]) head_ = w, parts_.clear();
    acknowledge();
  }
  void acknowledge() {
    std::int32_t next = 0, mask = 0;
    while (parts_.contains(next)) ++next;
    for (int i = 0; i < 31; ++i)
      if (parts_.contains(next + 1 + i)) mask |= 1 << i;
    say("/doodled/max/ack", {head_[0], next, mask});
  }
  void part(const std::vector<std::int32_t>& w) {
    ++parts_heard;
    if (deliveries.contains(w[0])) return say("/doodled/max/done", {w[0], 0});
    if (head_.empty() || head_[0] != w[0]) return;
    parts_[w[1]] = {w.begin() + 3, w.end()};
    if (static_cast<std::int32_t>(parts_.size()) < head_[4]) return acknowledge();
    finish();
  }
  void finish() {
    std::string text;
    for (const auto& [index, words] : parts_)
      for (const auto word : words)
        for (int i = 0; i < 4; ++i)
          text += static_cast<char>(static_cast<std::uint32_t>(word) >> (24 - 8 * i) & 255);
    text.resize(static_cast<std::size_t>(head_[3]));
    documents[head_[1]] = text;
    if (head_[1] == 1) revision = head_[2];
    ++deliveries[head_[0]];
    say("/doodled/max/done", {head_[0], 0});
  }
  void snapshot(const std::vector<std::int32_t>& w) {
    if (w[1] != serial_) serial_ = w[1], pieces_.clear();
    pieces_[w[2]] = {w.begin() + 4, w.end()};
    if (static_cast<std::int32_t>(pieces_.size()) != w[3]) return;
    state.clear();
    for (const auto& [index, words] : pieces_) state.insert(state.end(), words.begin(), words.end());
  }
  void alive(const std::vector<std::int32_t>& w) {
    if (w[0] != epoch) {
      epoch = 0;
      return;
    }
    if (w[1] != revision) say("/doodled/max/want", {nonce, 2});
    if (w[2] != max_link::crc32(std::span<const std::int32_t>(state))) say("/doodled/max/want", {nonce, 1});
  }

  std::vector<std::vector<std::uint8_t>> out_;
  std::vector<std::int32_t> head_;
  std::map<std::int32_t, std::vector<std::int32_t>> parts_, pieces_;
  std::int32_t serial_ = 0;
};

// Both ends and what is between them, step by step.
class MaxNetwork {
 public:
  MaxNetwork(max_link::Conversation& box, MaxCompanion& companion, double loss, std::uint64_t seed)
      : box_(box), companion_(companion), loss_(loss), random_(seed) {}

  // `milliseconds` of 10 ms each.
  void run(int milliseconds) {
    for (int i = 0; i < milliseconds; i += 10) step();
  }
  void set_loss(double loss) { loss_ = loss; }

  Nanoseconds now{0};
  max_link::StateTable state;
  std::vector<std::size_t> sizes;  // of what the box sent

 private:
  struct Flying {
    Nanoseconds lands;
    bool to_box;
    std::vector<std::uint8_t> datagram;
  };

  void step() {
    now += std::chrono::milliseconds{10};
    if (now.count() % 1'000'000'000 == 0) companion_.tick();
    land();
    Packets packets;
    if (now >= next_) next_ = box_.speak(now, state, packets);
    for (std::size_t i = 0; i < packets.size(); ++i) {
      sizes.push_back(packets[i].size());
      launch(false, {packets[i].begin(), packets[i].end()});
    }
    for (auto& datagram : companion_.take()) launch(true, std::move(datagram));
  }
  void launch(bool to_box, std::vector<std::uint8_t> datagram) {
    if (random_.unit() < loss_) return;
    const int copies = random_.unit() < loss_ ? 2 : 1;
    for (int i = 0; i < copies; ++i) {
      const double delay = random_.unit() < loss_ ? random_.unit() * 200 : 0;
      flying_.push_back({now + std::chrono::milliseconds{static_cast<int>(delay)}, to_box, datagram});
    }
  }
  void land() {
    auto flying = std::exchange(flying_, {});
    for (auto& one : flying) {
      if (one.lands > now) {
        flying_.push_back(std::move(one));
      } else if (one.to_box) {
        if (const auto message = max_link::decode(one.datagram)) box_.receive(*message, now), next_ = now;
      } else {
        companion_.hear(one.datagram);
      }
    }
  }

  max_link::Conversation& box_;
  MaxCompanion& companion_;
  double loss_;
  Random random_;
  Nanoseconds next_{0};
  std::vector<Flying> flying_;
};

}  // namespace doodled::fakes

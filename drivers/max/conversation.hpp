// The box's end of PROTOCOL.md: handshake, keep-alive, documents, the whole state again when the companion
// comes back or has lost something. Pure: datagrams in, datagrams out, times are the caller's. One thread.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/play/driver.hpp"
#include "drivers/max/message.hpp"
#include "drivers/max/state_table.hpp"
#include "drivers/max/transfer.hpp"

namespace doodled::max_link {

inline constexpr std::int32_t protocol_version = 1;
inline constexpr std::int32_t all_features = 15;  // 1 clips, 2 Live's clock, 4 bindings, 8 hands back
inline constexpr Nanoseconds keep_alive = std::chrono::seconds{1};
inline constexpr Nanoseconds silence = std::chrono::milliseconds{3500};  // then the other end has gone

// What somebody did at the companion.
struct Hand {
  enum class Kind { macro, panic };
  Kind kind = Kind::macro;
  int number = 0;  // macro 1..9
  float value = 0;
};

class Conversation {
 public:
  // `epoch` tells this run of the box from others; not 0. `hand` is called from receive().
  Conversation(std::int32_t epoch, std::function<void(const Hand&)> hand);

  // The session that the companion has to hold from now on.
  void publish(std::string document);

  void receive(const Message& message, Nanoseconds now);
  // Says what is due; returns when there is more to say.
  Nanoseconds speak(Nanoseconds now, const StateTable& state, Packets& packets);
  void farewell(Packets& packets) const;

  bool connected() const { return nonce_ != 0; }
  // 'companion connected', 'no companion yet', and what went wrong with the last document.
  std::string describe() const;

 private:
  using Handler = void (Conversation::*)(const Message&, Nanoseconds);
  void hello(const Message& message, Nanoseconds now);
  void alive(const Message& message, Nanoseconds now);
  void acknowledged(const Message& message, Nanoseconds now);
  void done(const Message& message, Nanoseconds now);
  void wanted(const Message& message, Nanoseconds now);
  void turned(const Message& message, Nanoseconds now);
  void panicked(const Message& message, Nanoseconds now);
  static const std::pair<const char*, std::pair<Handler, std::size_t>>* handler_of(
      const std::string& address);

  void start_session();
  bool say_welcome(Packets& packets);
  bool say_state(const StateTable& state, Packets& packets);
  void say_unknown(const StateTable& state, Packets& packets);
  void say_alive(Nanoseconds now, const StateTable& state, Packets& packets);
  void lose();

  const std::int32_t epoch_;
  const std::function<void(const Hand&)> hand_;
  std::int32_t nonce_ = 0, refused_nonce_ = 0, transfers_ = 0, revision_ = 0, snapshots_ = 0;
  bool owes_welcome_ = false, owes_state_ = false, owes_unknown_ = false;
  std::vector<std::int32_t> snapshot_;  // what is said of the state, and how much of it was
  std::size_t pieces_said_ = 0;
  Nanoseconds heard_{0}, next_alive_ = Nanoseconds::max();
  std::string session_;
  std::optional<Transfer> transfer_;
  std::string trouble_;
};

}  // namespace doodled::max_link

// The open connections of one I/O thread and their deadlines. One timer for all of them: it sleeps until the
// earliest deadline it knows, so moving a deadline back, which every request does, costs one store.
#pragma once
#include <chrono>
#include <functional>
#include <string>
#include <unordered_set>

#include <boost/asio/steady_timer.hpp>

#include "server/http/net.hpp"

namespace doodled::http {

// One connection. Everything here runs on its I/O thread.
class Peer {
 public:
  virtual ~Peer() = default;
  // Its deadline has passed; none is set any more.
  virtual void deadline_passed() = 0;
  // The server is being stopped: end soon, after what is under way.
  virtual void server_stops() = 0;
  // End now.
  virtual void cut() = 0;
  // The token was revoked: end if it is this one's.
  virtual void token_revoked(const std::string& /*token_id*/) {}

 private:
  friend class Peers;
  TimePoint deadline_ = TimePoint::max();
};

class Peers {
 public:
  explicit Peers(const Executor& executor) : timer_(executor) {}

  void add(Peer& peer) { all_.insert(&peer); }
  void remove(Peer& peer);
  void set_deadline(Peer& peer, TimePoint deadline);
  void set_deadline(Peer& peer, std::chrono::milliseconds from_now) {
    set_deadline(peer, std::chrono::steady_clock::now() + from_now);
  }

  // Tells every peer to end, cuts those that are there after `grace`, and calls `ended` when none is left.
  void stop(std::chrono::milliseconds grace, std::function<void()> ended);
  bool stopping() const { return stopping_; }
  void token_revoked(const std::string& token_id);

 private:
  void sleep_until(TimePoint when);
  void wake();
  void end_if_empty();

  using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                           asio::wait_traits<std::chrono::steady_clock>, Executor>;

  Timer timer_;
  TimePoint wake_at_ = TimePoint::max();
  TimePoint cut_at_ = TimePoint::max();
  std::unordered_set<Peer*> all_;
  bool stopping_ = false;
  std::function<void()> ended_;
};

}  // namespace doodled::http

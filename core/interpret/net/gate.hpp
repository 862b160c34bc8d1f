// How many may ask one interpreter at once. Others wait in a line, without a thread.
#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

#include "core/base/clock.hpp"
#include "core/interpret/net/transport.hpp"

namespace doodled {

// Thread-safe. Places outlive the gate's owner as long as they are held.
class Gate : public std::enable_shared_from_this<Gate> {
 public:
  // A place inside; the next one in the line is let in when it is destroyed.
  using Place = std::shared_ptr<void>;
  using Enter = std::function<void(Place)>;

  // `transport` is only asked for timers, and outlives all places.
  Gate(int places, Transport& transport, const Clock& clock)
      : places_(places), transport_(transport), clock_(clock) {}

  // When nobody is before us and there is a place: that. Null: queue.
  Place enter_at_once();
  // Calls `enter` once, now or later, on this or another thread, when it is this one's turn. Returns a
  // ticket.
  std::uint64_t queue(Enter enter);
  // Out of the line. False when it was let in before.
  bool leave(std::uint64_t ticket);
  // Nobody is let in for so long; those inside are not touched.
  void pause(std::chrono::milliseconds time);

  int inside() const;
  int waiting() const;
  std::chrono::milliseconds paused() const;

 private:
  struct Waiting {
    std::uint64_t ticket;
    Enter enter;
  };
  void let_in();
  std::optional<Enter> next();
  bool is_open_locked() const;
  Place new_place();

  const int places_;
  Transport& transport_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  int inside_ = 0;
  std::uint64_t last_ticket_ = 0;
  std::deque<Waiting> line_;
  Nanoseconds paused_until_{0};
};

}  // namespace doodled

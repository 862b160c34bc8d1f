// One question to a reader process and its answer, with a deadline and a way out.
#pragma once
#include <chrono>
#include <stop_token>
#include <string_view>

#include <poll.h>

#include "core/base/clock.hpp"
#include "core/base/descriptor.hpp"
#include "core/base/ids.hpp"
#include "core/reader/protocol/frame.hpp"

namespace doodled::reader {

// Readable once `stop` is requested, so that poll() notices it.
class StopSignal {
 public:
  explicit StopSignal(const std::stop_token& stop);
  int descriptor() const { return event_.get(); }

 private:
  struct Ring {
    const Descriptor* event;
    void operator()() const noexcept;
  };
  Descriptor event_;  // outlives the callback
  std::stop_callback<Ring> callback_;
};

// Errors: "reader_timed_out" past the deadline, "cancelled" when stop was signalled, "reader_crashed" when
// the other end is closed, "bad_frame".
class Conversation {
 public:
  // `socket` is non-blocking and outlives this.
  Conversation(int socket, const StopSignal& stop, Nanoseconds timeout, const Clock& clock);

  Result<void> send(std::string_view text, Bytes bytes);
  Result<Frame> receive(const FrameLimits& limits);

 private:
  Result<void> send_beside(int descriptor, std::string_view head);
  Result<void> send_all(const void* from, std::size_t size);
  Result<void> receive_all(void* to, std::size_t size);
  Result<void> wait_for(short events);

  int socket_;
  int stop_;
  Nanoseconds deadline_;
  const Clock& clock_;
};

}  // namespace doodled::reader

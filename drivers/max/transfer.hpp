// One document on its way to the companion: in parts, each with a checksum, sent again until it has arrived.
// Pure; the times are the caller's.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/play/driver.hpp"

namespace doodled::max_link {

// What the companion says at the end.
enum class Outcome : std::int32_t { ok = 0, wrong_checksum = 1, not_understood = 2, too_large = 3 };

struct TransferHead {
  std::int32_t number = 0;  // grows from transfer to transfer
  std::int32_t revision = 0;
};

class Transfer {
 public:
  static constexpr std::size_t words_a_part = 256;
  static constexpr std::size_t window = 10;  // parts under way: what fits into Packets beside other messages
  static constexpr Nanoseconds patience = std::chrono::milliseconds{150};  // then it is sent again
  static constexpr Nanoseconds forgotten = std::chrono::seconds{1};        // without an answer: begun anew

  Transfer(TransferHead head, const std::string& text);

  // What is due: the beginning until it is answered, then missing parts, a window at a time. Stops when
  // `packets` is full; what did not fit is due at once.
  void send_due(Nanoseconds now, Packets& packets);
  Nanoseconds next_due() const;

  // All parts below `next` have arrived, and next + 1 + i for each bit i of `mask`. Nonsense is ignored.
  void acknowledge(std::int32_t next, std::int32_t mask);
  void finish(Outcome outcome) { outcome_ = outcome, finished_ = true; }

  const TransferHead& head() const { return head_; }
  bool finished() const { return finished_; }
  Outcome outcome() const { return outcome_; }
  std::size_t parts() const { return parts_.size(); }
  std::size_t arrived() const;

 private:
  struct Part {
    bool arrived = false;
    Nanoseconds again{0};  // when it is due
  };
  void arrive(std::size_t index);
  std::size_t window_end() const;
  void look_for_answers(Nanoseconds now);
  void forget_answers();
  bool send_begin(Nanoseconds now, Packets& packets);
  bool send_part(std::size_t index, Nanoseconds now, Packets& packets);

  TransferHead head_;
  std::int32_t bytes_, crc_;
  std::vector<std::int32_t> words_;
  std::vector<Part> parts_;
  std::size_t first_missing_ = 0;
  bool begun_ = false, finished_ = false, answered_ = false;
  Nanoseconds begin_again_{0}, last_answer_{0};
  Outcome outcome_ = Outcome::ok;
};

}  // namespace doodled::max_link

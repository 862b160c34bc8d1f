// One question to a reader process, until the last of its answers is there.
#pragma once
#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/reader/client/conversation.hpp"
#include "core/reader/client/process_pool.hpp"
#include "core/reader/protocol/messages.hpp"

namespace doodled::reader {

struct Answer {
  Reply reply;
  std::vector<std::uint8_t> bytes;
};

// One thread at a time. Ended before its last answer, it gives the process up.
class Visit {
 public:
  // `process`, of the pool, has greeted; `pool` and `clock` outlive this. `timeout` is for all answers
  // together; a stop request ends any wait.
  Visit(ProcessPool& pool, ReaderProcess process, const std::stop_token& stop, Nanoseconds timeout,
        const Clock& clock);
  ~Visit();
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;

  // The bytes have left when it returns. Errors: those of Conversation.
  Result<void> ask(const Request& request, Bytes bytes);
  // A refusal is always the last answer. Errors: those of Conversation, of reply_from, and the refusal.
  Result<Answer> first_of_two() { return answer(false); }
  Result<Answer> last() { return answer(true); }

 private:
  Result<Answer> answer(bool last);
  Result<Answer> received();
  Error given_up(Error error);
  void give_back();

  ProcessPool& pool_;
  std::optional<ReaderProcess> process_;
  StopSignal signal_;
  Conversation conversation_;
};

}  // namespace doodled::reader

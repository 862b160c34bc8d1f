#include "core/reader/client/visit.hpp"

#include <utility>

#include "core/base/log.hpp"

namespace doodled::reader {
namespace {

constexpr std::uint64_t max_picture_bytes = 16 * 1024 * 1024;  // thumbnails and drawings, with the reading

// Names how the process ended, for people and for the log.
Error with_ending(Error error, const std::string& how) {
  if (error.code != "reader_crashed") return error;
  log::warning("reader", "a reader process ended while it read a picture", {{"how", how}});
  error.message = "The reader ended while it read the picture (" + how + ").";
  return error;
}

}  // namespace

Visit::Visit(ProcessPool& pool, ReaderProcess process, const std::stop_token& stop, Nanoseconds timeout,
             const Clock& clock)
    : pool_(pool),
      process_(std::move(process)),
      signal_(stop),
      conversation_(process_->socket(), signal_, timeout, clock) {}

Visit::~Visit() {
  if (process_) pool_.give_up(std::move(*process_));
}

Result<void> Visit::ask(const Request& request, Bytes bytes) {
  const auto sent = conversation_.send(to_text(request), bytes);
  if (!sent) return given_up(sent.error());
  return {};
}

Result<Answer> Visit::answer(bool last) {
  auto answer = received();
  if (!answer) return given_up(answer.error());
  if (last || answer->reply.error) give_back();
  if (answer->reply.error) return std::move(*answer->reply.error);
  return answer;
}

Result<Answer> Visit::received() {
  auto frame = conversation_.receive({.bytes = max_picture_bytes});
  if (!frame) return frame.error();
  auto reply = reply_from(frame->text, frame->bytes);
  if (!reply) return reply.error();
  return Answer{std::move(*reply), std::move(frame->bytes)};
}

Error Visit::given_up(Error error) {
  auto process = std::exchange(process_, std::nullopt);
  return with_ending(std::move(error), pool_.give_up(std::move(*process)));
}

void Visit::give_back() {
  auto process = std::exchange(process_, std::nullopt);
  process->count_picture();
  pool_.give_back(std::move(*process));
}

}  // namespace doodled::reader

#include "drivers/max/transfer.hpp"

#include <algorithm>
#include <utility>

#include "drivers/max/crc32.hpp"
#include "drivers/max/message.hpp"

namespace doodled::max_link {
namespace {

constexpr std::int32_t kind_session = 1;

}  // namespace

Transfer::Transfer(TransferHead head, const std::string& text)
    : head_(head),
      bytes_(static_cast<std::int32_t>(text.size())),
      crc_(crc32(as_bytes(text))),
      words_(to_words(text)),
      parts_((words_.size() + words_a_part - 1) / words_a_part) {}

std::size_t Transfer::window_end() const { return std::min(parts_.size(), first_missing_ + window); }

void Transfer::send_due(Nanoseconds now, Packets& packets) {
  if (finished_) return;
  look_for_answers(now);
  if (!begun_) {
    if (now >= begin_again_) send_begin(now, packets);
    return;
  }
  for (std::size_t i = first_missing_; i < window_end(); ++i)
    if (!parts_[i].arrived && now >= parts_[i].again && !send_part(i, now, packets)) return;
}

// Parts of a transfer whose beginning the other end does not remember are not answered.
void Transfer::look_for_answers(Nanoseconds now) {
  if (std::exchange(answered_, false)) last_answer_ = now;
  if (begun_ && now - last_answer_ > forgotten) begun_ = false;
}

bool Transfer::send_begin(Nanoseconds now, Packets& packets) {
  const auto datagram = encode("/doodled/max/begin", {head_.number, kind_session, head_.revision, bytes_,
                                                      static_cast<std::int32_t>(parts_.size()), crc_});
  if (!packets.add(datagram)) return false;
  begin_again_ = now + patience;
  return true;
}

bool Transfer::send_part(std::size_t index, Nanoseconds now, Packets& packets) {
  const auto from = index * words_a_part;
  const auto words = std::span(words_).subspan(from, std::min(words_a_part, words_.size() - from));
  const auto datagram =
      encode("/doodled/max/part", {head_.number, static_cast<std::int32_t>(index), crc32(words)}, words);
  if (!packets.add(datagram)) return false;
  parts_[index].again = now + patience;
  return true;
}

Nanoseconds Transfer::next_due() const {
  if (finished_) return Nanoseconds::max();
  if (!begun_) return begin_again_;
  auto due = Nanoseconds::max();
  for (std::size_t i = first_missing_; i < window_end(); ++i)
    if (!parts_[i].arrived) due = std::min(due, parts_[i].again);
  return due;
}

void Transfer::acknowledge(std::int32_t next, std::int32_t mask) {
  if (next < 0 || static_cast<std::size_t>(next) > parts_.size()) return;
  if (!begun_) forget_answers();
  begun_ = answered_ = true;
  const auto begin = static_cast<std::size_t>(next);
  for (std::size_t i = first_missing_; i < begin; ++i) arrive(i);
  for (std::size_t i = 0; i < 31; ++i)
    if ((mask >> i & 1) != 0) arrive(begin + 1 + i);
  while (first_missing_ < parts_.size() && parts_[first_missing_].arrived) ++first_missing_;
}

// The first answer to a beginning is the whole truth: the other end may have lost what it once had.
void Transfer::forget_answers() {
  std::ranges::fill(parts_, Part{});
  first_missing_ = 0;
}

void Transfer::arrive(std::size_t index) {
  if (index < parts_.size()) parts_[index].arrived = true;
}

std::size_t Transfer::arrived() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(parts_, [](const Part& part) { return part.arrived; }));
}

}  // namespace doodled::max_link

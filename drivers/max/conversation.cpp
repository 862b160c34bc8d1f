#include "drivers/max/conversation.hpp"

#include <algorithm>
#include <array>

#include "drivers/max/crc32.hpp"

namespace doodled::max_link {
namespace {

constexpr std::int32_t want_state = 1, want_session = 2;
constexpr std::size_t state_words = 240;  // a message: 80 parameters

std::string words_for(Outcome outcome) {
  switch (outcome) {
    case Outcome::ok:
      return "";
    case Outcome::wrong_checksum:
      return "a document arrived damaged";
    case Outcome::not_understood:
      return "the companion could not use a document; is it of this version?";
    case Outcome::too_large:
      return "a session is too large for the companion";
  }
  return "";
}

}  // namespace

Conversation::Conversation(std::int32_t epoch, std::function<void(const Hand&)> hand)
    : epoch_(epoch), hand_(std::move(hand)) {}

void Conversation::publish(std::string document) {
  if (document == session_) return;
  session_ = std::move(document);
  ++revision_;
  if (connected()) start_session();
}

void Conversation::start_session() {
  if (!session_.empty()) transfer_.emplace(TransferHead{++transfers_, revision_}, session_);
}

const std::pair<const char*, std::pair<Conversation::Handler, std::size_t>>* Conversation::handler_of(
    const std::string& address) {
  static constexpr std::array<std::pair<const char*, std::pair<Handler, std::size_t>>, 7> handlers{{
      {"/doodled/max/hello", {&Conversation::hello, 4}},
      {"/doodled/max/alive", {&Conversation::alive, 3}},
      {"/doodled/max/ack", {&Conversation::acknowledged, 3}},
      {"/doodled/max/done", {&Conversation::done, 2}},
      {"/doodled/max/want", {&Conversation::wanted, 2}},
      {"/doodled/max/macro", {&Conversation::turned, 3}},
      {"/doodled/max/panic", {&Conversation::panicked, 1}},
  }};
  const auto* found =
      std::ranges::find_if(handlers, [&](const auto& handler) { return address == handler.first; });
  return found == handlers.end() ? nullptr : found;
}

void Conversation::receive(const Message& message, Nanoseconds now) {
  const auto* found = handler_of(message.address);
  if (found == nullptr || message.words.size() < found->second.second) return;
  (this->*found->second.first)(message, now);
}

// Also from one that knows us already: it has lost us, so it gets everything again.
void Conversation::hello(const Message& message, Nanoseconds now) {
  const auto version = message.words[0], nonce = message.words[2];
  if (nonce == 0) return;
  owes_welcome_ = true;
  if (version != protocol_version) {
    refused_nonce_ = nonce;
    trouble_ = "a companion of version " + std::to_string(version) + " asked; this box speaks version " +
               std::to_string(protocol_version);
    return;
  }
  const bool goes_on = nonce == nonce_ && transfer_ && !transfer_->finished();
  refused_nonce_ = 0;
  nonce_ = nonce;
  heard_ = now;
  next_alive_ = now + keep_alive;
  owes_state_ = true;
  pieces_said_ = 0;
  trouble_.clear();
  if (!goes_on) start_session();
}

void Conversation::alive(const Message& message, Nanoseconds now) {
  if (message.words[0] == nonce_ && connected())
    heard_ = now;
  else
    owes_unknown_ = true;
}

void Conversation::acknowledged(const Message& message, Nanoseconds now) {
  heard_ = now;
  if (transfer_ && transfer_->head().number == message.words[0])
    transfer_->acknowledge(message.words[1], message.words[2]);
}

void Conversation::done(const Message& message, Nanoseconds now) {
  heard_ = now;
  if (!transfer_ || transfer_->head().number != message.words[0]) return;
  const auto outcome = static_cast<Outcome>(std::clamp(message.words[1], 0, 3));
  transfer_->finish(outcome);
  trouble_ = words_for(outcome);
}

void Conversation::wanted(const Message& message, Nanoseconds now) {
  if (message.words[0] != nonce_) return;
  heard_ = now;
  if (message.words[1] == want_state) owes_state_ = true;
  const bool under_way = transfer_ && !transfer_->finished();
  const bool refused =
      transfer_ && transfer_->outcome() != Outcome::ok && transfer_->head().revision == revision_;
  if (message.words[1] == want_session && !under_way && !refused) start_session();
}

void Conversation::turned(const Message& message, Nanoseconds now) {
  if (message.words[0] != nonce_) return;
  heard_ = now;
  const auto number = message.words[1];
  if (number >= 1 && number <= 9)
    hand_({Hand::Kind::macro, number, static_cast<float>(std::clamp(message.words[2], 0, 65535)) / 65535.0F});
}

void Conversation::panicked(const Message& message, Nanoseconds) {
  if (message.words[0] == nonce_) hand_({Hand::Kind::panic});
}

void Conversation::lose() {
  nonce_ = 0;
  next_alive_ = Nanoseconds::max();
  transfer_.reset();
}

Nanoseconds Conversation::speak(Nanoseconds now, const StateTable& state, Packets& packets) {
  if (owes_welcome_) owes_welcome_ = !say_welcome(packets);
  if (std::exchange(owes_unknown_, false)) say_unknown(state, packets);
  if (connected() && now - heard_ > silence) lose();
  if (now >= next_alive_) say_alive(now, state, packets);
  if (!connected()) return next_alive_;
  if (owes_state_) owes_state_ = !say_state(state, packets);
  auto due = std::min(next_alive_, heard_ + silence);
  if (transfer_) {
    transfer_->send_due(now, packets);
    due = std::min(due, transfer_->next_due());
  }
  return owes_state_ ? now : std::max(due, now);
}

bool Conversation::say_welcome(Packets& packets) {
  const auto nonce = refused_nonce_ != 0 ? refused_nonce_ : nonce_;
  return packets.add(encode("/doodled/max/welcome", {protocol_version, all_features, nonce, epoch_, 1000}));
}

// A whole snapshot may be longer than fits at once: then the rest of the same one comes next.
bool Conversation::say_state(const StateTable& state, Packets& packets) {
  if (pieces_said_ == 0) snapshot_ = state.words(revision_), ++snapshots_;
  const auto count = (snapshot_.size() + state_words - 1) / state_words;
  for (; pieces_said_ < count; ++pieces_said_) {
    const auto from = pieces_said_ * state_words;
    const auto piece = std::span(snapshot_).subspan(from, std::min(state_words, snapshot_.size() - from));
    const std::initializer_list<std::int32_t> head = {
        epoch_, snapshots_, static_cast<std::int32_t>(pieces_said_), static_cast<std::int32_t>(count)};
    if (!packets.add(encode("/doodled/max/state", head, piece))) return false;
  }
  pieces_said_ = 0;
  return true;
}

// One that we do not know: if it means a box before this one, it sees another epoch; if it means us, who had
// lost it, it hears that we have gone. Either way it says hello.
void Conversation::say_unknown(const StateTable& state, Packets& packets) {
  packets.add(encode("/doodled/max/alive", {epoch_, revision_, crc32(state.words(revision_))}));
  packets.add(encode("/doodled/max/bye", {epoch_}));
}

void Conversation::say_alive(Nanoseconds now, const StateTable& state, Packets& packets) {
  packets.add(encode("/doodled/max/alive", {epoch_, revision_, crc32(state.words(revision_))}));
  next_alive_ = now + keep_alive;
}

void Conversation::farewell(Packets& packets) const {
  if (connected()) packets.add(encode("/doodled/max/bye", {epoch_}));
}

std::string Conversation::describe() const {
  const std::string who = connected() ? "companion connected" : "no companion yet";
  return trouble_.empty() ? who : who + "; " + trouble_;
}

}  // namespace doodled::max_link

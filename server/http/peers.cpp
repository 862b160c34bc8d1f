#include "server/http/peers.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace doodled::http {

void Peers::remove(Peer& peer) {
  all_.erase(&peer);
  end_if_empty();
}

void Peers::set_deadline(Peer& peer, TimePoint deadline) {
  peer.deadline_ = deadline;
  if (deadline < wake_at_) sleep_until(deadline);
}

void Peers::stop(std::chrono::milliseconds grace, std::function<void()> ended) {
  stopping_ = true;
  ended_ = std::move(ended);
  cut_at_ = std::chrono::steady_clock::now() + grace;
  sleep_until(std::min(wake_at_, cut_at_));
  const std::vector<Peer*> now_open(all_.begin(), all_.end());
  for (auto* peer : now_open) peer->server_stops();
  end_if_empty();
}

void Peers::token_revoked(const std::string& token_id) {
  for (auto* peer : all_) peer->token_revoked(token_id);
}

void Peers::sleep_until(TimePoint when) {
  wake_at_ = when;
  timer_.expires_at(when);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) wake();
  });
}

void Peers::wake() {
  const auto now = std::chrono::steady_clock::now();
  wake_at_ = TimePoint::max();
  if (cut_at_ <= now) {
    cut_at_ = TimePoint::max();
    for (auto* peer : all_) peer->cut();
  }
  std::vector<Peer*> due;
  auto next = cut_at_;
  for (auto* peer : all_) {
    if (peer->deadline_ <= now)
      due.push_back(peer);
    else
      next = std::min(next, peer->deadline_);
  }
  if (next != TimePoint::max()) sleep_until(next);
  for (auto* peer : due) {
    peer->deadline_ = TimePoint::max();
    peer->deadline_passed();
  }
}

void Peers::end_if_empty() {
  if (!stopping_ || !all_.empty() || !ended_) return;
  timer_.cancel();
  wake_at_ = TimePoint::max();  // a connection that another loop was handing over may still come
  std::exchange(ended_, nullptr)();
}

}  // namespace doodled::http

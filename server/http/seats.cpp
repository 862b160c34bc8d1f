#include "server/http/seats.hpp"

namespace doodled::http {

std::unique_ptr<Seats::Seat> Seats::take(const std::string& client) {
  const std::lock_guard lock(mutex_);
  if (taken_ >= most_) return nullptr;
  if (!client.empty()) {
    int& mine = of_clients_[client];
    if (mine >= most_each_) return nullptr;
    ++mine;
  }
  ++taken_;
  return std::make_unique<Seat>(*this, client);
}

int Seats::taken() const {
  const std::lock_guard lock(mutex_);
  return taken_;
}

Seats::Seat::~Seat() { seats_.give_back(client_); }

void Seats::give_back(const std::string& client) {
  const std::lock_guard lock(mutex_);
  --taken_;
  const auto mine = of_clients_.find(client);
  if (mine != of_clients_.end() && --mine->second == 0) of_clients_.erase(mine);
}

}  // namespace doodled::http

#include "server/http/seats.hpp"

namespace doodled::http {

std::unique_ptr<Seats::Seat> Seats::take(const std::string& client) {
  if (!client.empty()) {
    int& taken = taken_[client];
    if (taken >= most_each_) return nullptr;
    ++taken;
  }
  return std::make_unique<Seat>(*this, client);
}

Seats::Seat::~Seat() {
  const auto mine = seats_.taken_.find(client_);
  if (mine != seats_.taken_.end() && --mine->second == 0) seats_.taken_.erase(mine);
}

}  // namespace doodled::http

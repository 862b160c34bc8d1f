// How many connections each client has open. One thread.
#pragma once
#include <memory>
#include <string>
#include <unordered_map>

namespace doodled::http {

class Seats {
 public:
  // One connection's; gives it back at its end. The Seats outlive it.
  class Seat {
   public:
    Seat(Seats& seats, std::string client) : seats_(seats), client_(std::move(client)) {}
    ~Seat();
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;

   private:
    Seats& seats_;
    std::string client_;
  };

  explicit Seats(int most_each) : most_each_(most_each) {}

  // Null where this client has as many as it may. An empty client is not counted.
  std::unique_ptr<Seat> take(const std::string& client);

 private:
  int most_each_;
  std::unordered_map<std::string, int> taken_;
};

}  // namespace doodled::http

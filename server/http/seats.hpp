// How many connections there are, and how many each client has. Thread-safe.
#pragma once
#include <memory>
#include <mutex>
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

  Seats(int most, int most_each) : most_(most), most_each_(most_each) {}

  // Null where all are taken, or as many as this client may have. An empty client is not counted as one.
  std::unique_ptr<Seat> take(const std::string& client);
  int taken() const;

 private:
  void give_back(const std::string& client);

  const int most_, most_each_;
  mutable std::mutex mutex_;
  int taken_ = 0;
  std::unordered_map<std::string, int> of_clients_;
};

}  // namespace doodled::http

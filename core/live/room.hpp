// All live drawings. A drawing outlives a connection that breaks; its client comes back by the drawing's id.
#pragma once
#include <map>
#include <mutex>

#include "core/live/drawing.hpp"

namespace doodled::live {

class Room {
 public:
  Room(Services services, Limits limits = {}) : services_(std::move(services)), limits_(limits) {}
  // Every drawing is kept and its client let go.
  ~Room();

  // A new drawing, or the one that `open` names, if it is still there. Never waits for a reading. Error:
  // 'too_many_drawings'.
  Result<std::shared_ptr<Drawing>> open(const Open& open, std::shared_ptr<Peer> peer);

 private:
  void sweep();

  const Services services_;
  const Limits limits_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Drawing>> drawings_;
};

}  // namespace doodled::live

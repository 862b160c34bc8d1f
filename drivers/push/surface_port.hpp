// The User port of a Push, both ways; tests put their own in its place.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/base/bell.hpp"
#include "drivers/midi/port_choice.hpp"
#include "drivers/push/surface/sysex.hpp"

namespace doodled::push {

// Used by one thread. Nothing throws: that no Push is there is a state.
class SurfacePort {
 public:
  virtual ~SurfacePort() = default;
  // Which Push it is by its name; nothing when none is there. May block for a moment.
  virtual std::optional<Model> open() = 0;
  virtual void close() noexcept = 0;
  virtual bool alive() const noexcept = 0;
  // False when it has gone.
  virtual bool send(Bytes message) noexcept = 0;
  // What came since the last call, in order, whole messages. The bell is rung when something comes.
  virtual std::vector<Message> heard() = 0;
  virtual std::string describe() const = 0;
};

// `bell` outlives it. A port whose name says no model is taken for a Push 2.
std::unique_ptr<SurfacePort> make_surface_port(const midi::PortWish& wish, Bell& bell);

}  // namespace doodled::push

// What a driver may ask of the program that runs it, and where it says what was done at its device.
#pragma once
#include <memory>

#include "core/play/device_input.hpp"
#include "core/play/play.hpp"
#include "core/play/scene.hpp"

namespace doodled {

// All functions may be called on any thread, and never wait for a device, a socket or the disk. Given to the
// driver before its first open(), outlives it.
class DriverHost {
 public:
  virtual ~DriverHost() = default;
  // Something was done at the device. Handled on the caller's thread: a knob is as fast as the caller is.
  virtual void did(const DeviceInput& input) noexcept = 0;
  // Has Driver::alive() asked and service() called soon; where the device is missing, open().
  virtual void wake() noexcept = 0;
  // Driver::describe() says something else by now; it is asked again soon.
  virtual void changed() noexcept {}
  // Where the music is now.
  virtual TransportState transport() const = 0;
  // What there is to show, or null. A new one is announced by a call of service().
  virtual std::shared_ptr<const Scene> scene() const = 0;
  // The clock of service() and of DeviceInput::at.
  virtual Nanoseconds now() const noexcept = 0;
};

}  // namespace doodled

// Where frames go: the display of a Push on USB; tests put their own in its place.
#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "core/base/ids.hpp"
#include "drivers/push/surface/model.hpp"

namespace doodled::push {

enum class SinkState : std::uint8_t { open, absent, refused };

// Used by one thread at a time. Nothing here throws: that no Push is there is a state.
class UsbSink {
 public:
  virtual ~UsbSink() = default;
  // Finds and claims a display: of `wanted`, or of the first Push there is. May block for a moment.
  virtual SinkState open(std::optional<Model> wanted) = 0;
  virtual void close() noexcept = 0;
  // One bulk transfer after the other to endpoint 1: the header, then the frame in pieces of 16 KiB. False
  // when the device has gone or does not take them within a second; the sink is closed then.
  virtual bool send(Bytes header, Bytes frame) noexcept = 0;
  // Of the open one.
  virtual std::optional<Model> model() const = 0;
  // Which Push it is, or why it can't be used, in words.
  virtual std::string describe() const = 0;
};

// By libusb. Only interface 0 is ever claimed, and no driver is detached from any.
std::unique_ptr<UsbSink> make_libusb_sink();

}  // namespace doodled::push

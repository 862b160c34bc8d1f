// What stands between devices and their rack: a driver whose call never returned may outlive it.
#pragma once
#include <functional>
#include <memory>
#include <shared_mutex>
#include <string>

#include "core/play/device_input.hpp"
#include "core/play/play.hpp"
#include "core/play/scene.hpp"

namespace doodled {

using InputListener = std::function<void(const std::string& device_id, const DeviceInput&)>;

// Thread-safe.
class RackView {
 public:
  // Before, nothing is passed on.
  void open(InputListener heard, std::function<TransportState()> transport) {
    const std::unique_lock lock(mutex_);
    heard_ = std::move(heard);
    transport_ = std::move(transport);
  }
  void did(const std::string& device_id, const DeviceInput& input) {
    const std::shared_lock lock(mutex_);
    if (heard_) heard_(device_id, input);
  }
  TransportState transport() const {
    const std::shared_lock lock(mutex_);
    return transport_ ? transport_() : TransportState{};
  }
  std::shared_ptr<const Scene> scene() const {
    const std::shared_lock lock(mutex_);
    return scene_;
  }
  void show(std::shared_ptr<const Scene> scene) {
    const std::unique_lock lock(mutex_);
    scene_ = std::move(scene);
  }
  // The rack goes. Waits for the calls under way; afterwards nobody is called any more.
  void close() {
    const std::unique_lock lock(mutex_);
    heard_ = nullptr;
    transport_ = nullptr;
  }

 private:
  mutable std::shared_mutex mutex_;
  InputListener heard_;
  std::function<TransportState()> transport_;
  std::shared_ptr<const Scene> scene_;
};

}  // namespace doodled

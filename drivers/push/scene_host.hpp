// Between a surface and the program: the scene as a score, the transport as a place in it, wishes as device
// inputs.
#pragma once
#include <atomic>
#include <mutex>

#include "core/play/driver_host.hpp"
#include "drivers/push/surface.hpp"

namespace doodled::push {

class SceneHost final : public SurfaceHost {
 public:
  explicit SceneHost(DriverHost& host) : host_(host) {}

  // Any thread. An event of the play was at `tick` of its timeline just now; lock-free.
  void came_to(Tick tick) noexcept;
  // Any thread. The device is wanted until this time of DriverHost::now(): for ever while its sound has a
  // port, a while after each look for one, and no longer once it was disabled.
  void want_until(Nanoseconds time) noexcept { wanted_until_.store(time.count()); }

  // The surface's thread.
  bool enabled() const override { return host_.now().count() < wanted_until_.load(); }
  std::shared_ptr<const Score> score() override;
  Now now() override;
  void wish(const Wish& wish) override;
  void state_changed() override { host_.changed(); }

 private:
  Tick place(const TransportState& transport) const;

  DriverHost& host_;
  std::atomic<std::int64_t> wanted_until_{0};
  std::atomic<Tick> tick_{-1};  // of the last event
  std::atomic<std::int64_t> tick_at_{0};
  std::string notice_;  // what was just asked for
  Nanoseconds notice_until_{};
  std::shared_ptr<const Scene> scene_;
  std::shared_ptr<const Score> score_ = std::make_shared<const Score>();
};

// What a wish is in the words of all devices; nothing for one that none has.
std::optional<DeviceInput> input_of(const Wish& wish, Nanoseconds at);

}  // namespace doodled::push

// A Push as the hands and the eyes of a session: lights and display follow what plays, hands change it.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "core/base/clock.hpp"
#include "drivers/push/display/display.hpp"
#include "drivers/push/surface/greeting.hpp"
#include "drivers/push/surface/hands.hpp"
#include "drivers/push/surface/light_ledger.hpp"
#include "drivers/push/surface_port.hpp"

namespace doodled::push {

// The rest of the program as a surface sees it. Called on the surface's thread; wish() may take its time, the
// others answer at once.
class SurfaceHost {
 public:
  virtual ~SurfaceHost() = default;
  virtual bool enabled() const = 0;                  // false: the Push is given back
  virtual std::shared_ptr<const Score> score() = 0;  // never null
  virtual Now now() = 0;
  virtual void wish(const Wish& wish) = 0;
  virtual void state_changed() {}  // SurfaceWork::state() but for `lit` and the count of frames
};

struct SurfaceOptions {
  GreetingOptions greeting;
  ControlMap changed_controls = no_changes();  // -1: as the model has it
  Nanoseconds look{500'000'000};               // between two looks for the port
  Nanoseconds stride{20'000'000};              // between two looks at what plays
  static ControlMap no_changes() {
    ControlMap map;
    map.controller.fill(-1);
    return map;
  }
};

enum class SurfaceStatus : std::uint8_t { absent, greeting, ours, aside, disabled };  // aside: Live has it
std::string_view to_string(SurfaceStatus status);

struct SurfaceState {
  SurfaceStatus status = SurfaceStatus::absent;
  std::string detail;  // port, model and version
  int lit = 0;         // pads and buttons
  DisplayState display;
};

// The work without the thread: tests call step() themselves.
class SurfaceWork {
 public:
  // `display` may be null. All that is not owned outlives it.
  SurfaceWork(SurfacePort& port, Display* display, SurfaceHost& host, const Clock& clock,
              SurfaceOptions options);

  // The surface's thread: does what is due and answers when it wants to be called again.
  Nanoseconds step();
  // The surface's thread, last: everything dark and as it was, Live's mode, the port closed.
  void finish();
  SurfaceState state() const;  // any thread
  // Nobody waits for its thread any more, and the host may be gone when a send returns: Abandoned is thrown
  // then.
  void abandon() noexcept { abandoned_.store(true); }
  struct Abandoned {};

 private:
  void connect();
  void lose();
  void listen();
  void hear(Bytes message);
  void handle(const HandEvent& event);
  void give_back();
  void show();
  bool send(const std::vector<Message>& messages);
  void say(SurfaceStatus status);
  bool greeted() const { return greeting_.stage() == Greeting::Stage::done; }

  SurfacePort& port_;
  Display* const display_;
  SurfaceHost& host_;
  const Clock& clock_;
  const SurfaceOptions options_;

  Greeting greeting_;
  ControlMap map_;
  std::unique_ptr<LightLedger> ledger_;  // while the port is open
  std::size_t remembered_ = 0;
  Hands hands_;
  std::string shown_session_;
  std::optional<Model> model_;
  bool aside_ = false;
  Nanoseconds next_look_{};
  Canvas canvas_;
  std::atomic<bool> abandoned_{false};

  mutable std::mutex mutex_;  // of state_
  SurfaceState state_;
};

class Surface {
 public:
  // `make_port` is given the bell that input rings.
  Surface(std::function<std::unique_ptr<SurfacePort>(Bell&)> make_port, std::unique_ptr<Display> display,
          SurfaceHost& host, const Clock& clock, SurfaceOptions options, const std::string& thread_name);
  // The Push is dark afterwards. Takes at most two seconds, whatever the port does.
  ~Surface();
  void wake() noexcept;
  SurfaceState state() const;

 private:
  struct Body;
  std::shared_ptr<Body> body_;  // a thread that hangs keeps it
  std::thread thread_;
};

}  // namespace doodled::push

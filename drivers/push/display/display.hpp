// The display: takes drawn pages from any thread and sends them on one of its own, at most so many a second,
// and only when they changed, but often enough that the device does not go dark. One that is not there is
// looked for.
#pragma once
#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/base/clock.hpp"
#include "drivers/push/display/frame.hpp"
#include "drivers/push/display/usb_sink.hpp"

namespace doodled::push {

struct DisplayOptions {
  int frames_per_second = 30;  // at most
  // The same again after so long: a Push 2 is dark after two seconds, a Push 3 shows a screen of its own
  // meanwhile.
  Nanoseconds refresh{1'000'000'000}, refresh_push3{50'000'000};
  Nanoseconds look{2'000'000'000};  // between two looks for a display
  std::optional<Model> model;
};

struct DisplayState {
  SinkState sink = SinkState::absent;
  std::string detail;
  std::uint64_t frames = 0;  // sent
};

// The work without the thread: tests call step() themselves.
class DisplayWork {
 public:
  DisplayWork(std::unique_ptr<UsbSink> sink, const Clock& clock, DisplayOptions options);

  // Any thread. The page that is sent next; one that nobody saw is replaced.
  void show(const Canvas& canvas);
  // Any thread. Not wanted, it is dark and let go, so that Live can have it.
  void want(bool wanted);
  DisplayState state() const;
  Bell& bell() { return bell_; }

  // The display's thread. Sends what is due; answers when it wants to be called again.
  Nanoseconds step();
  // The display's thread, last: a black frame, and the device is let go.
  void finish();

 private:
  bool take_page();
  void look();
  void send();
  void say(SinkState state);
  Nanoseconds due() const;

  const std::unique_ptr<UsbSink> sink_;
  const Clock& clock_;
  const DisplayOptions options_;
  Bell bell_;
  std::atomic<bool> wanted_{true};

  mutable std::mutex mutex_;  // of the next two
  std::optional<Canvas> next_;
  DisplayState state_;

  // The thread's own.
  Canvas shown_;
  std::vector<std::uint8_t> frame_;
  bool open_ = false, changed_ = false;
  Nanoseconds next_look_{}, sent_at_{};
};

class Display {
 public:
  Display(std::unique_ptr<UsbSink> sink, const Clock& clock, DisplayOptions options = {});
  ~Display();  // dark; within about a second
  void show(const Canvas& canvas) { work_.show(canvas); }
  void want(bool wanted) { work_.want(wanted); }
  DisplayState state() const { return work_.state(); }

 private:
  DisplayWork work_;
  const Clock& clock_;
  std::atomic<bool> quit_{false};
  std::thread thread_;
};

}  // namespace doodled::push

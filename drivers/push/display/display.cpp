#include "drivers/push/display/display.hpp"

#include "core/base/turns.hpp"
#include "core/play/realtime.hpp"

namespace doodled::push {

DisplayWork::DisplayWork(std::unique_ptr<UsbSink> sink, const Clock& clock, DisplayOptions options)
    : sink_(std::move(sink)), clock_(clock), options_(options), shown_(display_width, display_height) {}

void DisplayWork::show(const Canvas& canvas) {
  {
    const std::lock_guard lock(mutex_);
    next_ = canvas;
  }
  bell_.ring();
}

void DisplayWork::want(bool wanted) {
  if (wanted_.exchange(wanted) != wanted) bell_.ring();
}

DisplayState DisplayWork::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

bool DisplayWork::take_page() {
  const std::lock_guard lock(mutex_);
  if (!next_) return false;
  const bool differs = !(*next_ == shown_);
  if (differs) shown_ = std::move(*next_);
  next_.reset();
  return differs;
}

void DisplayWork::say(SinkState state) {
  const std::lock_guard lock(mutex_);
  state_.sink = state;
  state_.detail = sink_->describe();
}

void DisplayWork::look() {
  const auto state = sink_->open(options_.model);
  open_ = state == SinkState::open;
  changed_ = changed_ || open_;
  next_look_ = clock_.now() + options_.look;
  say(state);
}

void DisplayWork::send() {
  if (changed_ || frame_.empty()) encode_frame(shown_, frame_);
  changed_ = false;
  sent_at_ = clock_.now();
  open_ = sink_->send(frame_header, frame_);
  if (!open_) {
    next_look_ = sent_at_ + options_.look;
    return say(SinkState::absent);
  }
  const std::lock_guard lock(mutex_);
  ++state_.frames;
}

Nanoseconds DisplayWork::due() const {
  const Nanoseconds second = std::chrono::seconds(1);
  if (changed_) return sent_at_ + second / options_.frames_per_second;
  return sent_at_ + (sink_->model() == Model::push3 ? options_.refresh_push3 : options_.refresh);
}

Nanoseconds DisplayWork::step() {
  if (!wanted_.load()) {
    finish();
    return Nanoseconds::max();
  }
  changed_ = take_page() || changed_;
  if (!open_ && clock_.now() >= next_look_) look();
  if (open_ && clock_.now() >= due()) send();
  return open_ ? due() : next_look_;
}

void DisplayWork::finish() {
  if (!open_) return;
  shown_.clear();
  changed_ = true;
  send();
  sink_->close();
  open_ = false;
  say(SinkState::absent);
}

Display::Display(std::unique_ptr<UsbSink> sink, const Clock& clock, DisplayOptions options)
    : work_(std::move(sink), clock, options), clock_(clock) {
  thread_ = std::thread([this] {
    leave_realtime(pthread_self());  // which a thread has from the one that starts it
    take_turns(
        clock_, work_.bell(), [this] { return quit_.load(); }, [this] { return work_.step(); });
    work_.finish();
  });
}

Display::~Display() {
  quit_.store(true);
  work_.bell().ring();
  thread_.join();
}

}  // namespace doodled::push

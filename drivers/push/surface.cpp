#include "drivers/push/surface.hpp"

#include <algorithm>
#include <future>

#include <pthread.h>

#include "core/base/log.hpp"
#include "core/base/turns.hpp"
#include "core/play/realtime.hpp"
#include "drivers/push/display/page.hpp"

namespace doodled::push {

std::string_view to_string(SurfaceStatus status) {
  constexpr std::array<std::string_view, 5> names{"absent", "greeting", "ours", "aside", "disabled"};
  return names[static_cast<std::size_t>(status)];
}

SurfaceWork::SurfaceWork(SurfacePort& port, Display* display, SurfaceHost& host, const Clock& clock,
                         SurfaceOptions options)
    : port_(port),
      display_(display),
      host_(host),
      clock_(clock),
      options_(options),
      greeting_(options_.greeting),
      canvas_(display_width, display_height) {}

SurfaceState SurfaceWork::state() const {
  SurfaceState state;
  {
    const std::lock_guard lock(mutex_);
    state = state_;
  }
  if (display_ != nullptr) state.display = display_->state();
  return state;
}

void SurfaceWork::say(SurfaceStatus status) {
  std::string detail = port_.describe();
  if (const auto& identity = greeting_.identity(); model_ && identity)
    detail += ", firmware " + identity->version();
  const auto display = display_ == nullptr ? DisplayState{} : display_->state();
  bool differs = false;
  {
    const std::lock_guard lock(mutex_);
    differs = state_.status != status || state_.detail != detail || state_.display.sink != display.sink ||
              state_.display.detail != display.detail;
    state_ = {status, std::move(detail), ledger_ ? ledger_->lit() : 0, display};
  }
  if (differs) host_.state_changed();
}

bool SurfaceWork::send(const std::vector<Message>& messages) {
  for (const auto& message : messages) {
    const bool sent = port_.send(message);
    if (abandoned_.load()) throw Abandoned{};
    if (!sent) return false;
  }
  return true;
}

void SurfaceWork::connect() {
  next_look_ = clock_.now() + options_.look;
  model_ = port_.open();
  if (!model_) return say(SurfaceStatus::absent);
  map_ = controls_of(*model_);
  for (std::size_t i = 0; i < map_.controller.size(); ++i)
    if (options_.changed_controls.controller[i] >= 0)
      map_.controller[i] = options_.changed_controls.controller[i];
  ledger_ = std::make_unique<LightLedger>(map_);
  remembered_ = 0;
  aside_ = false;
  if (!send(greeting_.begin(clock_.now()))) return lose();
  say(SurfaceStatus::greeting);
}

// Nothing more can be said to it; what it shows it has lost with its power.
void SurfaceWork::lose() {
  port_.close();
  ledger_.reset();
  model_.reset();
  hands_.touched.fill(false);
  hands_.shift = hands_.remove = false;
  next_look_ = clock_.now() + options_.look;
  say(SurfaceStatus::absent);
}

void SurfaceWork::hear(Bytes message) {
  if (!greeted()) {
    send(greeting_.heard(message, clock_.now()));
    return;
  }
  if (const auto mode = midi_mode_from(message)) {
    const bool aside = *mode == MidiMode::live;
    if (aside != aside_) ledger_->forget();
    aside_ = aside;
  } else if (const auto event = hand_event(message, map_)) {
    handle(*event);
  }
}

// The user button is heard in all modes and changes sides.
void SurfaceWork::handle(const HandEvent& event) {
  if (const auto* press = std::get_if<ButtonPress>(&event); press && press->button == Button::user) {
    if (!press->pressed) return;
    if (aside_)
      send({set_midi_mode(options_.greeting.mode)});
    else
      give_back();
    return;
  }
  if (aside_) return;
  const auto score = host_.score();
  for (const auto& wish : react(hands_, event, *score, host_.now())) host_.wish(wish);
}

void SurfaceWork::listen() {
  // What is answered may be answered again at once; a flood is left for the next turn.
  constexpr int most_rounds = 256;
  auto heard = port_.heard();
  for (int round = 0; round < most_rounds && !heard.empty(); ++round, heard = port_.heard())
    for (const auto& message : heard) hear(message);
  if (!greeted()) send(greeting_.waited(clock_.now()));
  for (const auto& palette = greeting_.palette(); remembered_ < palette.size(); ++remembered_)
    ledger_->remember(palette[remembered_].index, palette[remembered_].entry);
}

void SurfaceWork::give_back() {
  if (!ledger_) return;
  if (!aside_) {
    send(ledger_->release());
    send({set_touch_strip(TouchStrip::pitch_bend), set_aftertouch(Aftertouch::channel),
          set_midi_mode(MidiMode::live)});
  }
  aside_ = true;
}

void SurfaceWork::show() {
  const auto score = host_.score();
  const auto now = host_.now();
  if (score->session_id != shown_session_) {
    hands_.page = hands_.evidence = -1;
    hands_.track = hands_.first_track = 0;
    shown_session_ = score->session_id;
  }
  if (ledger_ && greeted() && !aside_ && !send(ledger_->show(lights_of(hands_, *score, now)))) return lose();
  if (display_ == nullptr) return;
  display_->want(!aside_);
  draw_page(canvas_, hands_, *score, now);
  display_->show(canvas_);
}

Nanoseconds SurfaceWork::step() {
  if (!host_.enabled()) {
    if (ledger_) finish();
    if (display_ != nullptr) display_->want(false);
    say(SurfaceStatus::disabled);
    return clock_.now() + options_.look;
  }
  if (ledger_ && !port_.alive()) lose();
  if (!ledger_ && clock_.now() >= next_look_) connect();
  if (ledger_) listen();
  show();
  if (ledger_)
    say(!greeted() ? SurfaceStatus::greeting : aside_ ? SurfaceStatus::aside : SurfaceStatus::ours);
  return std::min(clock_.now() + options_.stride, greeting_.deadline());
}

void SurfaceWork::finish() {
  give_back();
  lose();
}

struct Surface::Body {
  Bell bell;
  std::unique_ptr<SurfacePort> port;
  std::unique_ptr<Display> display;
  std::unique_ptr<SurfaceWork> work;
  std::atomic<bool> quit{false};
  std::promise<void> left;
};

Surface::Surface(std::function<std::unique_ptr<SurfacePort>(Bell&)> make_port,
                 std::unique_ptr<Display> display, SurfaceHost& host, const Clock& clock,
                 SurfaceOptions options, const std::string& thread_name)
    : body_(std::make_shared<Body>()) {
  body_->port = make_port(body_->bell);
  body_->display = std::move(display);
  body_->work = std::make_unique<SurfaceWork>(*body_->port, body_->display.get(), host, clock, options);
  thread_ = std::thread([body = body_, &clock, thread_name] {
    leave_realtime(pthread_self());  // which a thread has from the one that starts it
    pthread_setname_np(pthread_self(), thread_name.substr(0, 15).c_str());
    try {
      take_turns(
          clock, body->bell, [&] { return body->quit.load(); }, [&] { return body->work->step(); });
      body->work->finish();
    } catch (const SurfaceWork::Abandoned&) {
      return;
    } catch (const std::exception& failure) {
      log::error("push", failure.what());
    }
    body->left.set_value();
  });
}

Surface::~Surface() {
  body_->quit.store(true);
  body_->bell.ring();
  if (body_->left.get_future().wait_for(std::chrono::seconds(2)) == std::future_status::ready) {
    thread_.join();
  } else {
    body_->work->abandon();
    thread_.detach();
  }
}

void Surface::wake() noexcept { body_->bell.ring(); }

SurfaceState Surface::state() const { return body_->work->state(); }

}  // namespace doodled::push

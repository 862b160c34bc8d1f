// A driver that writes down what it is told, and fails where the test says so.
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/play/driver.hpp"
#include "core/play/driver_host.hpp"

namespace doodled::fakes {

// What a RecordingDriver has seen; outlives it.
struct Recording {
  struct Sent {
    Nanoseconds at{};
    std::string
        text;  // 'on 0 60', 'off 0 60', 'param 0 cutoff', 'cc 0 20', 'start 1', 'play', 'stop', 'panic'
  };
  const Clock* clock = nullptr;
  std::vector<Sent> sent;
  int opened = 0, closed = 0, prepared = 0;
  bool missing = false;  // open() finds nothing
  bool gone = false;     // alive() says so
  int sends_until_failure = -1;
  std::string words = "a recording";  // describe()
  std::vector<Nanoseconds> served;    // when service() was called
  Nanoseconds serve_every = Nanoseconds::max();
  bool speaks_aside = false;  // service() and encode_farewell() send 'lights' and 'farewell'
  DriverHost* host = nullptr;

  std::vector<std::string> texts() const {
    std::vector<std::string> all;
    for (const auto& one : sent) all.push_back(one.text);
    return all;
  }
  // Notes that were started and not ended.
  int hanging() const {
    std::vector<std::string> on;
    for (const auto& one : sent) {
      if (one.text.rfind("on ", 0) == 0) on.push_back(one.text.substr(3));
      if (one.text.rfind("off ", 0) == 0)
        if (const auto found = std::find(on.begin(), on.end(), one.text.substr(4)); found != on.end())
          on.erase(found);
    }
    return static_cast<int>(on.size());
  }
};

class RecordingDriver final : public Driver {
 public:
  explicit RecordingDriver(Recording& recording) : recording_(recording) {}

  void attach(DriverHost& host) override { recording_.host = &host; }
  void open() override {
    if (recording_.missing) throw DeviceMissing("not there");
    ++recording_.opened;
  }
  void close() noexcept override { ++recording_.closed; }
  bool alive() const noexcept override { return !recording_.gone; }
  void prepare(const Timeline&) override { ++recording_.prepared; }
  void encode(const TimelineEvent& event, Packets& packets) noexcept override {
    const auto text = to_text(event);
    packets.add(as_bytes(text));
  }
  void encode_panic(Packets& packets) noexcept override { packets.add(as_bytes("panic")); }
  Nanoseconds service(Nanoseconds now, Packets& packets) noexcept override {
    recording_.served.push_back(now);
    if (recording_.speaks_aside) packets.add(as_bytes("lights"));
    return recording_.serve_every == Nanoseconds::max() ? Nanoseconds::max() : now + recording_.serve_every;
  }
  void encode_farewell(Packets& packets) noexcept override {
    if (recording_.speaks_aside) packets.add(as_bytes("farewell"));
  }
  void send(Bytes packet) override {
    if (recording_.sends_until_failure >= 0 && recording_.sends_until_failure-- == 0)
      throw DeviceError("it broke");
    recording_.sent.push_back({recording_.clock->now(), std::string(packet.begin(), packet.end())});
  }
  std::string describe() const override { return recording_.words; }

 private:
  static std::string to_text(const TimelineEvent& event) {
    const auto track = std::to_string(event.track);
    if (const auto* on = std::get_if<NoteOn>(&event.body))
      return "on " + track + " " + std::to_string(on->pitch);
    if (const auto* off = std::get_if<NoteOff>(&event.body))
      return "off " + track + " " + std::to_string(off->pitch);
    if (const auto* change = std::get_if<ParameterChange>(&event.body))
      return "param " + track + " " + std::string(info(change->parameter).name);
    if (const auto* change = std::get_if<ControllerChange>(&event.body))
      return "cc " + track + " " + std::to_string(change->controller);
    if (const auto* change = std::get_if<NoteExpression>(&event.body))
      return std::string(doodled::to_string(change->dimension)) + " " + track + " " +
             std::to_string(change->pitch);
    if (const auto* start = std::get_if<SessionStart>(&event.body))
      return "start " + std::to_string(start->number);
    return std::get<TransportChange>(event.body).playing ? "play" : "stop";
  }

  Recording& recording_;
};

}  // namespace doodled::fakes

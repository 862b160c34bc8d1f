#include "core/play/timeline.hpp"

#include <cstdarg>
#include <cstdio>

#include "core/base/overloaded.hpp"

namespace doodled {
namespace {

std::string printed(const char* format, ...) __attribute__((format(printf, 1, 2)));

std::string printed(const char* format, ...) {
  char line[200];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  return line;
}

std::string position(Tick tick, const Meter& meter) {
  const Tick bar = tick / meter.bar(), inside = tick % meter.bar();
  return printed("%3lld.%02lld.%03lld", static_cast<long long>(bar) + 1,
                 static_cast<long long>(inside / meter.step()) + 1,
                 static_cast<long long>(inside % meter.step()));
}

std::string describe(const EventBody& body, MiddleC middle_c) {
  const auto name = [&](int pitch) { return pitch_name(pitch, middle_c); };
  return std::visit(
      Overloaded{[&](const NoteOn& e) {
                   return printed("note on  %-4s velocity %3d for %lld", name(e.pitch).c_str(), e.velocity,
                                  static_cast<long long>(e.duration));
                 },
                 [&](const NoteOff& e) { return printed("note off %s", name(e.pitch).c_str()); },
                 [&](const NoteExpression& e) {
                   return printed("%-8s %-4s %.4f", std::string(to_string(e.dimension)).c_str(),
                                  name(e.pitch).c_str(), static_cast<double>(e.value));
                 },
                 [](const ParameterChange& e) {
                   return printed("%.*s = %.4f", static_cast<int>(info(e.parameter).name.size()),
                                  info(e.parameter).name.data(), static_cast<double>(e.value));
                 },
                 [](const ControllerChange& e) {
                   return printed("cc %d = %.4f", e.controller, static_cast<double>(e.value));
                 },
                 [](const TransportChange& e) {
                   return printed("%s at %.3f bpm", e.playing ? "playing" : "stopped",
                                  static_cast<double>(e.tempo_bpm));
                 },
                 [](const SessionStart& e) { return printed("session %d", e.number); }},
      body);
}

}  // namespace

std::string to_text(const Timeline& timeline, MiddleC middle_c) {
  std::string text =
      printed("%s, %.3f bpm, %d/%d, %lld ticks\n", timeline.title.substr(0, 100).c_str(), timeline.tempo_bpm,
              timeline.meter.numerator, timeline.meter.denominator, static_cast<long long>(timeline.length));
  for (const auto& event : timeline.events)
    text += position(event.tick, timeline.meter) + "  " + timeline.tracks[event.track].id + "  " +
            describe(event.body, middle_c) + "\n";
  return text;
}

}  // namespace doodled

// What took how long: stretches of one piece of work, each with its parts, for traces.
#pragma once
#include <string>
#include <vector>

#include "core/base/clock.hpp"

namespace doodled {

struct Span {
  std::string name;
  Nanoseconds begun{}, ended{};  // on Clock::now()
  std::string facts = "{}";      // a JSON object
  std::vector<Span> parts = {};
};

// Follows one piece of work whose parts come one after the other. One thread at a time.
class SpanWatch {
 public:
  SpanWatch(std::string name, const Clock& clock) : SpanWatch(std::move(name), clock, clock.now()) {}
  SpanWatch(std::string name, const Clock& clock, Nanoseconds begun)
      : clock_(clock), span_{std::move(name), begun, begun} {}

  // What was done since the last part ended, or since it began; `parts` are those within.
  void part(std::string name, std::string facts = "{}", std::vector<Span> parts = {}) {
    part_until(clock_.now(), std::move(name), std::move(facts), std::move(parts));
  }
  void part_until(Nanoseconds end, std::string name, std::string facts = "{}", std::vector<Span> parts = {}) {
    span_.parts.push_back({std::move(name), span_.ended, end, std::move(facts), std::move(parts)});
    span_.ended = end;
  }
  // The whole, up to the end of its last part.
  Span finish(std::string facts = "{}") {
    span_.facts = std::move(facts);
    return std::move(span_);
  }

 private:
  const Clock& clock_;
  Span span_;
};

}  // namespace doodled

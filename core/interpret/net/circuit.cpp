#include "core/interpret/net/circuit.hpp"

#include <algorithm>

#include "core/base/enum_names.hpp"

namespace doodled {
namespace {

using std::chrono::milliseconds;

constexpr EnumNames<CircuitState, 3> names{{"closed", "open", "half_open"}};

}  // namespace

std::string_view to_string(CircuitState state) { return names.name(state); }

bool Circuit::admit(Nanoseconds now) {
  if (!open_) return true;
  if (now < until_ || trying_) return false;
  return trying_ = true;
}

void Circuit::succeeded() {
  failures_ = openings_ = 0;
  open_ = trying_ = false;
}

void Circuit::failed(Nanoseconds now) {
  ++failures_;
  if (open_ && !trying_) return;  // admitted before it opened
  if (!open_ && failures_ < options_.failures) return;
  const auto doubled = options_.first_wait * (std::int64_t{1} << std::min(openings_, 20));
  trip(now, std::min(doubled, options_.longest_wait));
}

void Circuit::trip(Nanoseconds now, milliseconds wait) {
  open_ = true;
  trying_ = false;
  ++openings_;
  until_ = std::max(until_, now + wait);
}

CircuitState Circuit::state(Nanoseconds now) const {
  if (!open_) return CircuitState::closed;
  return now < until_ && !trying_ ? CircuitState::open : CircuitState::half_open;
}

milliseconds Circuit::wait(Nanoseconds now) const {
  if (!open_ || now >= until_) return milliseconds{0};
  return std::chrono::ceil<milliseconds>(until_ - now);
}

}  // namespace doodled

// For std::visit with one lambda a case.
#pragma once

namespace doodled {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

}  // namespace doodled

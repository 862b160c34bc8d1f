// For std::visit with one lambda a case.
#pragma once

namespace doodled {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;  // which clang 14 does not find by itself

}  // namespace doodled

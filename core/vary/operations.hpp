// The operations behind vary(): each changes a session in place, within a scope.
#pragma once
#include <functional>
#include <span>
#include <string_view>

#include "core/base/random.hpp"
#include "core/rules/patterns.hpp"
#include "core/vary/variation.hpp"

namespace doodled {

namespace varying {

// Where an operation may work, and its random numbers.
struct Scope {
  const Operation& operation;
  const PointerSet& locks;
  std::uint64_t seed;  // of this operation

  // Random numbers of one place, so that drawing for one part leaves the others as they were.
  Random random(std::string_view place) const { return Random(part_seed(seed, place)); }
  bool is_open(std::string_view place) const { return !locks.covers(place); }
};

}  // namespace varying

struct OperationKind {
  std::string_view name;
  std::string_view summary;
  bool of_session;  // takes no part
  bool takes_key;
  bool may_evolve;  // makes sense while it plays
  std::span<const OperationParameter> parameters;
  void (*apply)(Session& session, const varying::Scope& scope);
};

std::span<const OperationKind> all_operations();
const OperationKind* find_operation(std::string_view name);

namespace varying {

// operations_notes.cpp
void mutate(Session& session, const Scope& scope);
void reroll(Session& session, const Scope& scope);
void thin(Session& session, const Scope& scope);
void thicken(Session& session, const Scope& scope);
void humanise(Session& session, const Scope& scope);

// operations_pitch.cpp
void transpose(Session& session, const Scope& scope);
void invert(Session& session, const Scope& scope);
void retrograde(Session& session, const Scope& scope);
void reharmonise(Session& session, const Scope& scope);
void change_key(Session& session, const Scope& scope);

// operations_frame.cpp
void swing(Session& session, const Scope& scope);
void tempo(Session& session, const Scope& scope);
void bars(Session& session, const Scope& scope);

}  // namespace varying
}  // namespace doodled

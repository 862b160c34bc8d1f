// Changing the notes of a pattern so that locked ones stay, notes stay sorted, and evidence follows them.
#pragma once
#include <cstddef>
#include <vector>

#include "core/vary/operations.hpp"

namespace doodled::varying {

// A note on its way through an operation.
struct Moving {
  Note note;
  std::size_t from = added;  // its index before
  static constexpr std::size_t added = ~std::size_t{0};
};

struct Line {
  const rules::Place& place;
  const Session& session;
  std::vector<Moving> notes;
  bool free;                 // notes may come, go and change their order
  std::vector<bool> locked;  // by `from`

  bool is_drums() const { return place.is_drums(); }
  bool is_locked(const Moving& moving) const { return moving.from != Moving::added && locked[moving.from]; }
};

// The patterns that the scope's part names and no lock covers.
std::vector<rules::Place> open_patterns(Session& session, const Scope& scope);

// Calls change(line) and writes the result back. What is locked is as before, whatever `change` did; where
// anything is locked the number of notes and their order stay too, or nothing changes at all.
template <class Change>
void edit(Session& session, const Scope& scope, const rules::Place& place, Change change);

Line line_of(const Session& session, const Scope& scope, const rules::Place& place);
void write_back(Session& session, const rules::Place& place, Line line);

template <class Change>
void edit(Session& session, const Scope& scope, const rules::Place& place, Change change) {
  Line line = line_of(session, scope, place);
  change(line);
  write_back(session, place, std::move(line));
}

// Every open pattern in turn, each with random numbers of its own.
template <class Change>
void edit_all(Session& session, const Scope& scope, Change change) {
  for (const auto& place : open_patterns(session, scope)) {
    Random random = scope.random(place.pointer());
    edit(session, scope, place, [&](Line& line) { change(line, random); });
  }
}

}  // namespace doodled::varying

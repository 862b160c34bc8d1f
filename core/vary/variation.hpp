// Variations: new sessions made of a given one by seeded operations, with parts of it locked. Pure: the same
// parent, wish and rules give the same session.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/interpret/accept.hpp"

namespace doodled {

// One number that an operation takes.
struct OperationParameter {
  std::string_view name;
  std::string_view summary;
  double minimum, maximum, standard;
  bool whole;  // no fractions
};

struct OperationKind;

struct Operation {
  const OperationKind* kind = nullptr;
  std::map<std::string, double, std::less<>> numbers;  // every parameter of its kind
  std::optional<Key> key;                              // for the kind that takes one
  std::string part;  // JSON Pointer of a track or a pattern; empty: everything

  double number(std::string_view name) const { return numbers.find(name)->second; }
  int whole(std::string_view name) const { return static_cast<int>(number(name)); }
};

struct VariationWish {
  std::uint64_t seed = 1;  // below 2^53
  int count = 1;           // candidates; the n-th, from 0, is what seed + n gives
  std::vector<Operation> operations;
  // JSON Pointers into the parent; what is there stays byte for byte. So does what the parent's own `locks`
  // name.
  std::vector<std::string> locks;
  std::string parent_id = {};  // for the provenance; no part of what is read and written
};

inline constexpr int most_candidates = 16, most_operations = 32, most_locks = 256;
inline constexpr std::uint64_t largest_seed = (std::uint64_t{1} << 53) - 1;

// Every operation with its parameters, for people and programs.
Json operations_json();

// {"seed": 7, "count": 4, "operations": [{"op": "mutate", "steps": 2, "part": "/tracks/0"}], "locks":
// ["/tracks/1"]}. Errors: 'invalid_variation' with every mistake and its pointer. Without operations it is
// one 'mutate'.
Result<VariationWish> variation_wish(const Json& json);
// As it would be written, with every parameter: the way back of variation_wish.
Json to_json(const VariationWish& wish);
// 'mutate steps=2 part=/tracks/0'
std::string to_text(const Operation& operation);

// One variation, with wish.seed. The result passed the rules; those of taste that the parent itself does not
// keep are not imposed on it. `transform` is what its provenance says of it, by default operations, seed and
// locks. Errors: 'invalid_variation' for a part or a lock that the parent does not have; 'lock_conflict' when
// the rules can't be kept without touching what is locked; those of accept().
Result<Accepted> vary(const Session& parent, const VariationWish& wish, const RuleOptions& rules = {},
                      const std::string& transform = {});

// `session` with the places named brought back to what they are in `earlier`. Errors as for vary().
struct Revert {
  std::vector<std::string> places;  // JSON Pointers into the earlier session
  std::string parent_id;            // of the result
  std::string transform;
};
Result<Accepted> brought_back(const Session& session, const Session& earlier, const Revert& revert,
                              const RuleOptions& rules = {});

}  // namespace doodled

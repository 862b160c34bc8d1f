// A play that changes by itself: every so many bars it goes on with the next form, a variation of the one
// before. Which forms come, and where, follows from session and wish alone.
#pragma once
#include <cstdint>
#include <string>

#include "core/vary/variation.hpp"

namespace doodled {

struct EvolveWish {
  int every_bars = 4;       // 1..1024
  bool drift = true;        // each form varies the one before; false: each varies the session itself
  VariationWish variation;  // seed, operations and locks; `count` is not used
  // Each form is the session itself with another seed: only what is left to chance comes out otherwise.
  bool redraw = false;
};

// How a session with notes of a probability repeats: drawn anew each time, from its own seed.
EvolveWish redraw_wish(const Session& session);

// {"every_bars": 4, "seed": 7, "drift": true, "operations": [...], "locks": [...]}, everything optional.
// Errors: 'invalid_play' with pointers under /evolve.
Result<EvolveWish> evolve_wish(const Json& json);
// As it would be written, with every value: the way back.
Json to_json(const EvolveWish& wish);

// Ticks from the play's start to form `number`; the session itself is form 0.
Tick place_of_form(const Session& session, const EvolveWish& wish, int number);

// Form `number`, from 1. `before` is form `number` - 1. Pure. Errors: those of vary().
Result<Accepted> next_form(const Session& session, const Session& before, const EvolveWish& wish, int number,
                           const RuleOptions& rules);

}  // namespace doodled

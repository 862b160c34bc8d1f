// Generated pages that hold what a musician draws.
#pragma once
#include "tests/bench/reading/page.hpp"

namespace doodled::bench {

// One of four kinds by its seed: a line over figures, modules joined by an arrow, nested and shaded figures,
// a step grid.
Page musicians_page(std::uint64_t seed);

}  // namespace doodled::bench

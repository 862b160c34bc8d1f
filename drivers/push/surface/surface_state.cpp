#include "drivers/push/surface/surface_state.hpp"

#include <algorithm>

namespace doodled::push {

int step_now(const Score& score, const Now& now) {
  if (now.playing != Playing::playing || score.steps == 0) return -1;
  return static_cast<int>(now.tick / score_step) % score.steps;
}

int page_shown(const Hands& hands, const Score& score, const Now& now) {
  const int steps = page_steps(hands.view);
  const int last = std::max(0, (score.steps - 1) / steps);
  if (hands.page >= 0) return std::min(hands.page, last);
  return std::max(0, step_now(score, now)) / steps;
}

}  // namespace doodled::push

#include "core/music/tuning.hpp"

#include <cstddef>

namespace doodled {

double tuned_pitch(const Tuning& tuning, int key) {
  if (tuning.cents.empty()) return key;
  const int size = static_cast<int>(tuning.cents.size());
  const int steps = key - tuning.root;
  const int degree = ((steps % size) + size) % size;
  const int repetitions = (steps - degree) / size;
  const double inside = degree == 0 ? 0 : tuning.cents[static_cast<std::size_t>(degree - 1)];
  return tuning.root + (repetitions * tuning.cents.back() + inside) / 100;
}

}  // namespace doodled

#include "core/play/lateness.hpp"

#include <numeric>

#include <doctest/doctest.h>

using namespace doodled;
using namespace std::chrono_literals;

TEST_CASE("each packet is counted in the bucket whose bound it does not pass") {
  Lateness lateness;
  for (const auto late : {Nanoseconds{-5ms}, Nanoseconds{50us}, Nanoseconds{51us}, Nanoseconds{50ms},
                          Nanoseconds{51ms}, Nanoseconds{2s}})
    lateness.add(late);

  const auto histogram = lateness.histogram();

  CHECK(histogram.counts.front() == 2);
  CHECK(histogram.counts[1] == 1);
  CHECK(histogram.counts[histogram.bounds_ms.size() - 1] == 1);
  CHECK(histogram.counts.back() == 2);
  CHECK(histogram.sum_ms == doctest::Approx(0.05 + 0.051 + 50 + 51 + 2000));
}

TEST_CASE("what has been counted stays when the summary begins anew, so that it only grows") {
  Lateness lateness;
  lateness.add(1ms);
  lateness.clear();
  lateness.add(2ms);

  const auto counts = lateness.histogram().counts;

  CHECK(lateness.summary().count == 1);
  CHECK(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}) == 2);
}

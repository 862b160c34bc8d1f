#include "core/base/errand.hpp"

#include <atomic>
#include <future>

#include <doctest/doctest.h>

using namespace doodled;

TEST_CASE("an errand is run each time it is asked for, and not by itself") {
  std::atomic<int> runs = 0;
  {
    Errand errand([&] {
      ++runs;
      runs.notify_all();
    });
    CHECK(runs == 0);
    errand.ask();
    runs.wait(0);
  }
  CHECK(runs == 1);
}

TEST_CASE("whoever asks while an errand is run is not heard") {
  std::promise<void> begun, may_end;
  std::atomic<int> runs = 0;
  {
    Errand errand([&] {
      if (++runs > 1) return;
      begun.set_value();
      may_end.get_future().wait();
    });
    errand.ask();
    begun.get_future().wait();
    errand.ask();
    may_end.set_value();
  }
  CHECK(runs == 1);
}
